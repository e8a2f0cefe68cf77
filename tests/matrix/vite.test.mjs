// Vite, as it serves a page while it is written, and as it builds it.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Post, pages, site } from "./pages.mjs";
import { places, run, versionOf } from "./place.mjs";

const version = async () => `Vite ${await versionOf("vite")}`;

pages("Vite, dev server", {
  fixture: "vite",
  version,
  async start(root) {
    const { createServer } = await import(pathToFileURL(createRequire(join(places, "package.json")).resolve("vite")).href);
    const post = new Post();
    const plugin = {
      name: "post",
      configureServer({ middlewares }) {
        middlewares.use((request, response, next) => post.take(request, response) || next());
      },
    };
    const server = await createServer({ root, logLevel: "warn", server: { host: "127.0.0.1" }, plugins: [plugin] });
    await server.listen();
    return { url: server.resolvedUrls.local[0], post, close: () => server.close() };
  },
});

pages("Vite, build", {
  fixture: "vite",
  version,
  async start(folder) {
    await run("vite", ["build"], folder);
    return await site(join(folder, "dist"));
  },
});
