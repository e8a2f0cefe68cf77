// The page: static files that work from any path.

import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Writes the page to a folder, which is emptied first. */
export async function build(outdir) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  for (const file of ["index.html", "style.css", "icon.svg"]) {
    await cp(join(here, file), join(outdir, file));
  }
  await esbuild.build({
    entryPoints: [join(here, "page.ts")],
    outdir,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    sourcemap: true,
    // An example is shown as it is written in its file.
    loader: { ".json": "text" },
    logLevel: "warning",
  });
}
