// webpack, in its production mode.

import { pages, site } from "./pages.mjs";
import { run, versionOf } from "./place.mjs";

pages("webpack", {
  fixture: "webpack",
  version: async () => `webpack ${await versionOf("webpack")}`,
  async start(folder) {
    await run("node", ["build.js"], folder);
    return await site(folder);
  },
});
