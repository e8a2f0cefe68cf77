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
  plugins: [{ name: "help", setup: help }],
};

/** The rules of the frame; each part has its own, loaded with it. */
const STYLES = ["style.css", "form.css", "json.css", "batch.css", "domain.css", "api.css"];

/** Writes the page to a folder, which is emptied first. */
export async function build(outdir) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  for (const file of ["index.html", "icon.svg"]) await cp(join(here, file), join(outdir, file));
  for (const file of STYLES) {
    const { code } = await esbuild.transform(await readFile(join(here, file), "utf8"), { loader: "css", minify: true, target: "es2022" });
    await writeFile(join(outdir, file), code);
  }
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

/**
 * `prewash-help`: what the API documents say for people, which the package leaves out to be small. Each
 * operation's is a module of its own, loaded when its form is shown.
 */
function help(build) {
  build.onResolve({ filter: /^prewash-help/ }, ({ path }) => ({ path, namespace: "help" }));
  build.onLoad({ filter: /.*/, namespace: "help" }, async ({ path }) => {
    const folder = join(here, "../apis");
    const files = (await readdir(folder)).filter((file) => file.endsWith(".json"));
    const all = await Promise.all(files.map(async (file) => helpOf(file.replace(/\.json$/, ""), JSON.parse(await readFile(join(folder, file), "utf8")))));
    const operations = Object.assign({}, ...all);
    const [, name] = path.split("/");
    if (name) return { contents: JSON.stringify(operations[name]), loader: "json" };
    const loaders = Object.keys(operations).map((name) => `${JSON.stringify(name)}: () => import("prewash-help/${name}")`);
    return { contents: `export default { ${loaders.join(", ")} };`, loader: "js" };
  });
}

/** The descriptions in an API document, by operation and place. */
function helpOf(vendor, document) {
  const found = (schema) => (schema.$ref ? schema.$ref.slice(2).split("/").reduce((at, step) => at[step], document) : schema);
  const describe = (into, at, given) => {
    const schema = found(given);
    if (schema.description) into[at] = schema.description;
    for (const [key, member] of Object.entries(schema.properties ?? {})) describe(into, `${at}/${key}`, member);
    if (schema.items) describe(into, `${at}/*`, schema.items);
    return into;
  };
  const header = Object.values(document.components.securitySchemes ?? {}).find((scheme) => scheme.in === "header")?.name;
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  return Object.fromEntries(
    operations.map(({ operationId, summary, parameters = [], requestBody }) => {
      const { "": _, ...body } = describe({}, "", requestBody.content["application/json"].schema);
      const inPath = parameters.map(found).filter((parameter) => parameter.in === "path");
      const path = Object.fromEntries(inPath.map(({ name, description, example }) => [name, { description, example }]));
      return [`${vendor}.${operationId}`, { header, summary, body, path }];
    }),
  );
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
