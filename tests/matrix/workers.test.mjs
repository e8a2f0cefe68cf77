// Workers: one that a bundler built, and one between the page and the network, whose modules are the
// files of the installed package.

import { join } from "node:path";
import { pages, site } from "./pages.mjs";
import { run, versionOf } from "./place.mjs";

pages("Web Worker", {
  fixture: "web-worker",
  version: async () => `Vite ${await versionOf("vite")}`,
  async start(folder) {
    await run("vite", ["build"], folder);
    return await site(join(folder, "dist"));
  },
});

pages("Service Worker", { fixture: "service-worker", start: (folder) => site(folder) });
