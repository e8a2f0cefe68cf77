// Rollup, with the plugin that finds packages.

import { pages, site } from "./pages.mjs";
import { run, versionOf } from "./place.mjs";

pages("Rollup", {
  fixture: "rollup",
  version: async () => `Rollup ${await versionOf("rollup")}`,
  async start(folder) {
    await run("rollup", ["--config"], folder);
    return await site(folder);
  },
});
