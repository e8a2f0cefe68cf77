// Builds the page in www/ with the npm package that it shows: pkg/dist, then www/dist.

import { join } from "node:path";
import { main, root } from "./command.mjs";
import { refresh } from "./fresh.mjs";
import { build } from "./build.mjs";

export async function page() {
  await build();
  const inputs = ["www", "examples", "pkg/dist", "package-lock.json"];
  await refresh("page", { inputs, outputs: ["www/dist"] }, async () => {
    console.log("    Building www/dist");
    const { build } = await import("../www/build.mjs");
    await build(join(root, "www/dist"));
  });
}

await main(import.meta.url, page);
