// Parcel, which builds from the page itself.

import { join } from "node:path";
import { pages, site } from "./pages.mjs";
import { run, versionOf } from "./place.mjs";

pages("Parcel", {
  fixture: "parcel",
  version: async () => `Parcel ${await versionOf("parcel")}`,
  async start(folder) {
    await run("parcel", ["build", "index.html", "--no-cache"], folder);
    return await site(join(folder, "dist"));
  },
});
