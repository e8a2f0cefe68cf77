// The page: static files that work from any path.

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

const OPTIONS = {
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: true,
  // An example is shown as it is written in its file.
  loader: { ".json": "text" },
  // For the command line's modules too, which the worker of batches shares: in them `prewash` is the package
  // as it is built, and not its sources, as their own tsconfig.json has it.
  tsconfig: join(here, "tsconfig.json"),
  logLevel: "warning",
};

/** The rules of all parts, in one file: the frame's first. */
const STYLES = ["style.css", "form.css", "json.css", "batch.css"];

/** Writes the page to a folder, which is emptied first. */
export async function build(outdir) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  for (const file of ["index.html", "icon.svg"]) await cp(join(here, file), join(outdir, file));
  const styles = await Promise.all(STYLES.map((file) => readFile(join(here, file), "utf8")));
  const { code } = await esbuild.transform(styles.join("\n"), { loader: "css", minify: true, target: "es2022" });
  await writeFile(join(outdir, "style.css"), code);
  await esbuild.build({
    ...OPTIONS,
    // The worker of batches shares its code with the page, and is loaded with the part that has it.
    entryPoints: [{ in: join(here, "page.ts"), out: "page" }, { in: join(here, "workers/batch-worker.ts"), out: "batch-worker" }],
    outdir,
    splitting: true,
    chunkNames: "parts/[name]-[hash]",
  });
  await serviceWorker(outdir);
}

/** The worker that keeps the files, with their list. */
async function serviceWorker(outdir) {
  const names = (await readdir(outdir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && !entry.name.endsWith(".map"));
  const paths = names.map((entry) => join(entry.parentPath, entry.name)).sort();
  const hash = createHash("sha256");
  for (const path of paths) hash.update(await readFile(path));
  const files = ["./", ...paths.map((path) => path.slice(outdir.length + 1))];
  await esbuild.build({
    ...OPTIONS,
    entryPoints: [join(here, "workers/service-worker.ts")],
    outdir,
    define: { FILES: JSON.stringify(files), BUILD: JSON.stringify(hash.digest("hex").slice(0, 12)) },
  });
}
