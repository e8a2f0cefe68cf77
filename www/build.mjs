// The page: static files that work from any path.

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

const OPTIONS = {
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  // An example is shown as it is written in its file.
  loader: { ".json": "text" },
  // For the command line's modules too, which the worker of batches shares: in them `prewash` is the package
  // as it is built, and not its sources, as their own tsconfig.json has it.
  tsconfig: join(here, "tsconfig.json"),
  logLevel: "warning",
  plugins: [{ name: "help", setup: help }],
};

/** The rules that the first load needs: the frame's, and those of the part that is shown first. */
const FIRST_STYLES = ["style.css", "form.css"];

/** The other parts, each with rules in a file of its own, which is loaded with the part. */
const STYLED = ["json", "batch", "domain", "api"];

/** Writes the page to a folder, which is emptied first. */
export async function build(outdir) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  for (const file of ["icon.svg", "manifest.webmanifest"]) await cp(join(here, file), join(outdir, file));
  await style(outdir, "style.css", FIRST_STYLES);
  for (const part of STYLED) await style(outdir, `${part}.css`, [`${part}.css`]);
  const { metafile } = await esbuild.build({
    ...OPTIONS,
    metafile: true,
    // The worker of batches shares its code with the page, and is loaded with the part that has it.
    entryPoints: [{ in: join(here, "page.ts"), out: "page" }, { in: join(here, "workers/batch-worker.ts"), out: "batch-worker" }],
    outdir,
    splitting: true,
    chunkNames: "parts/[name]-[hash]",
  });
  const html = await readFile(join(here, "index.html"), "utf8");
  await writeFile(join(outdir, "index.html"), html.replace(/^ *<!-- preloads: .* -->$/m, preloads(metafile)));
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

/** Writes rules of several files to one; a part may have none. */
async function style(outdir, name, files) {
  const styles = await Promise.all(files.map((file) => readFile(join(here, file), "utf8").catch(() => "")));
  const { code } = await esbuild.transform(styles.join("\n"), { loader: "css", minify: true, target: "es2022" });
  await writeFile(join(outdir, name), code);
}

/**
 * Links by which the browser asks at once for what every part needs and page.js itself does not have: the
 * package, that is, which would be asked for only when page.js and the part are there.
 */
function preloads({ outputs }) {
  const packaged = Object.entries(outputs).filter(([path, { inputs }]) => path.endsWith(".js") && Object.keys(inputs).some((input) => input.endsWith("pkg/dist/browser.js")));
  if (packaged.length !== 1) throw new Error(`the package is in ${packaged.length} files of the page, not in one`);
  return `  <link rel="modulepreload" href="parts/${basename(packaged[0][0])}">`;
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
