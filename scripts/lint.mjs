// npm run lint: what a reviewer should not have to say.

import { main, run } from "./command.mjs";
import * as setup from "./setup.mjs";

await main(import.meta.url, async () => {
  await setup.rust();
  // A lock file that lags behind Cargo.toml would be mended silently by the next build.
  await run("cargo", "fetch", "--locked");
  await run("cargo", "fmt", "--all", "--check");
  await run("cargo", "clippy", "--workspace", "--all-targets", "--", "-D", "warnings");
  // src/wasm.rs exists only for this target.
  await run("cargo", "clippy", "--lib", "--target=wasm32-unknown-unknown", "--", "-D", "warnings");
  console.log("\nlint: all clean");
});
