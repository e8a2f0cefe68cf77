// npm run lint: what a reviewer should not have to say.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { main, root, run } from "./command.mjs";
import * as setup from "./setup.mjs";

await main(import.meta.url, async () => {
  await setup.rust();
  await run("cargo", "fmt", "--all", "--check");
  // Modules that a macro declares are not found by cargo fmt.
  const declared = ["src/formats", "src/keywords"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).filter((name) => name.endsWith(".rs")).map((name) => join(folder, name)),
  );
  await run("rustfmt", "--edition=2024", "--check", ...declared);
  // A lock file that lags behind Cargo.toml would be mended silently by the next build. The benches
  // bring many crates to compile, and are left out; `npm run bench -- native` builds them.
  await run("cargo", "clippy", "--locked", "--all-targets", "--", "-D", "warnings");
  // src/wasm.rs exists only for this target, and the browsers' core is without these features.
  for (const features of [[], ["--no-default-features"]]) {
    await run("cargo", "clippy", "--package=prewash", "--lib", "--target=wasm32-unknown-unknown", ...features, "--", "-D", "warnings");
  }
  console.log("\nlint: all clean");
});
