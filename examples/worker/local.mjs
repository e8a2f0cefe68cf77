// Runs the Worker on this machine, as wrangler would: bundled by esbuild, in workerd by miniflare.
// CRM_URL says where it sends to, PORT where it listens; 0 takes any port that is free.

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

const folder = fileURLToPath(new URL(".", import.meta.url));
const { main, compatibility_date: compatibilityDate, vars } = JSON.parse(await readFile(join(folder, "wrangler.json"), "utf8"));
const modules = [];
const { outputFiles } = await build({
  entryPoints: [join(folder, main)],
  bundle: true,
  write: false,
  format: "esm",
  conditions: ["workerd", "worker", "browser"],
  plugins: [
    {
      name: "wasm",
      setup({ onResolve }) {
        onResolve({ filter: /\.wasm$/ }, async ({ path, resolveDir }) => {
          const contents = await readFile(join(resolveDir, path));
          modules.push({ type: "CompiledWasm", path: join(folder, basename(path)), contents });
          return { path: `./${basename(path)}`, external: true };
        });
      },
    },
  ],
});
modules.unshift({ type: "ESModule", path: join(folder, "worker.js"), contents: outputFiles[0].text });

const worker = new Miniflare({
  modules,
  modulesRoot: folder,
  compatibilityDate,
  bindings: { ...vars, ...(process.env.CRM_URL && { CRM_URL: process.env.CRM_URL }) },
  host: "127.0.0.1",
  port: Number(process.env.PORT ?? 8787),
  // Else miniflare fetches a sample of what Cloudflare tells of a request.
  cf: false,
});
console.log((await worker.ready).href);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void worker.dispose().then(() => process.exit()));
