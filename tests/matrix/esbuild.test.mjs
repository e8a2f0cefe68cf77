// esbuild, from its command line.

import { pages, site } from "./pages.mjs";
import { run, versionOf } from "./place.mjs";

pages("esbuild", {
  fixture: "esbuild",
  version: async () => `esbuild ${await versionOf("esbuild")}`,
  async start(folder) {
    await run("esbuild", ["main.js", "--bundle", "--minify", "--outdir=dist"], folder);
    return await site(folder);
  },
});
