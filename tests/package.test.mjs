// The package as it is published: its entries, its files, and what a bundler can leave out.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap, createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as prewash from "prewash";
import * as slim from "prewash/slim";
import * as browser from "../pkg/dist/browser.js";
import { ascii } from "../pkg/build/ascii.mjs";
import { internal } from "./internal.mjs";

const root = fileURLToPath(new URL("../pkg/", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const require = createRequire(import.meta.url);

const EXPORTS = [
  ...["cleanDomain", "cleanDomains", "info", "init", "mergeCustomFields", "monaco", "openapi", "recotap", "reply"],
  ...["schema", "splitCustomFields", "toProblem"],
];

/** What the inlined wasm begins with: in base64, and as the text that the browsers' is. */
const BASE64 = /"AGFzbQ/;
const ASCII = /"[01]{256}/;

describe("entries", () => {
  test("export the contract and nothing else", () => {
    for (const entry of [prewash, browser, slim, ...["prewash", "prewash/slim"].map(require)]) {
      assert.deepEqual(Object.keys(entry).filter((name) => name !== "default").sort(), EXPORTS);
    }
  });
  test("of import and require give the same", () => {
    const required = require("prewash");
    assert.deepEqual(required.cleanDomain("www.acme.com"), prewash.cleanDomain("www.acme.com"));
    assert.equal(required.recotap.pushAccounts.batch.plan({ accounts: [{ domain: "a.com", name: "A" }] }).ok, true);
  });
  test("of browsers give the same as the one of Node", () => {
    const accounts = { accounts: [{ domain: "https://www.Acme.com/foo", name: " A" }, { domain: "localhost", name: "B" }] };
    for (const input of ["https://www.Acme.com/foo", "Bücher.example", "a b.com", "xn--a.com"]) assert.deepEqual(browser.cleanDomain(input), prewash.cleanDomain(input));
    assert.deepEqual(browser.recotap.pushAccounts.body.check(accounts), prewash.recotap.pushAccounts.body.check(accounts));
  });
  test("are files that exist, types first", () => {
    const walk = (value) => {
      if (typeof value === "string") return assert.ok(existsSync(join(root, value)), value);
      assert.ok(!("types" in value) || Object.keys(value)[0] === "types");
      Object.values(value).forEach(walk);
    };
    walk(manifest.exports);
    for (const value of [manifest.main, manifest.module, manifest.types, manifest.bin.prewash]) walk(value);
    assert.deepEqual(Object.keys(manifest.exports["."]), ["workerd", "edge-light", "browser", "node", "module", "import", "require"]);
  });
  test("of edge runtimes import the file beside them, and hold no copy of it", () => {
    for (const [entry, specifier] of [["workerd.js", "./prewash.wasm"], ["edge-light.js", "./prewash.wasm?module"]]) {
      const code = readFileSync(join(root, "dist", entry), "utf8");
      assert.ok(code.includes(`from "${specifier}"`), entry);
      assert.doesNotMatch(code, BASE64, entry);
      assert.doesNotMatch(code, ASCII, entry);
      assert.ok(code.length < 150_000);
    }
  });
  test("reach for no file, no network and no eval", () => {
    for (const entry of ["index.js", "index.cjs", "core-base64.cjs", "browser.js", "workerd.js", "edge-light.js", "slim.js", "slim.cjs"]) {
      const code = readFileSync(join(root, "dist", entry), "utf8");
      assert.doesNotMatch(code, /import\.meta|\bfetch\(|\beval\(|new Function|node:|\bimport\(/, entry);
      assert.doesNotMatch(code, /^await /m, entry);
    }
  });
  test("for Node reach for the wasm's file alone", () => {
    const code = (name) => readFileSync(join(root, "dist", name), "utf8");
    assert.deepEqual(code("node.js").match(/import\.meta\S*|\bfetch\(|\beval\(|new Function|node:\w+|\bimport\(|"\.\/.*"/g), ['"./core.cjs"', "node:module", "import.meta.url)(\"./core.cjs\");"]);
    assert.deepEqual(code("core.cjs").match(/(node:\w+|"\.?\/?core-\w+\.cjs)"/g), ['"./core-base64.cjs"', 'node:fs"', 'node:path"', '"core-base64.cjs"']);
  });
});

/** A part of the text that browsers' modules are; each byte is one or two characters, after 256 that say how. */
const inAscii = (bytes, start, end) => ascii(bytes).slice(256 + start, 256 + end);

/** The line and column of a text, from 0. */
function placeOf(text, mark) {
  const before = text.slice(0, text.indexOf(mark)).split("\n");
  return [before.length - 1, before.at(-1).length];
}

describe("the tarball", () => {
  const { stdout, status, stderr } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: root, encoding: "utf8" });
  const read = (path) => readFileSync(join(root, path), "utf8");
  const paths = JSON.parse(stdout)[0].files.map(({ path }) => path);
  const maps = paths.filter((path) => path.endsWith(".map"));
  const mapOf = (path) => JSON.parse(read(path));
  /** The path in the tarball of a source that a map names. */
  const sourceOf = (path, source) => relative(root, join(root, dirname(path), mapOf(path).sourceRoot ?? "", source));

  test("holds what is needed and no more", () => {
    assert.equal(status, 0, stderr);
    const code = ["browser.js", "cli-core.js", "cli.js", "edge-light.js", "index.cjs", "index.js", "node.js", "slim.cjs", "slim.js", "workerd.js"];
    const own = ["LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-LICENSES.txt", "core-base64.cjs", "core.cjs", "prewash.wasm", "prewash.wasm.d.cts", "prewash.wasm.d.ts", ...code, ...code.map((name) => `${name}.map`)];
    const types = paths.filter((path) => path.startsWith("dist/types/"));
    const sources = paths.filter((path) => path.startsWith("src/"));
    assert.deepEqual(paths.filter((path) => ![...types, ...sources].includes(path)).sort(), ["README.md", ...own.map((name) => `dist/${name}`), "package.json"].sort());
    for (const path of types) assert.match(path, /\.d\.c?ts(\.map)?$/);
    // The sources are those that the maps name.
    const named = new Set(maps.flatMap((path) => mapOf(path).sources.map((source) => sourceOf(path, source))));
    assert.deepEqual(sources.sort(), [...named].filter((path) => path.startsWith("src/")).sort());
  });
  test("holds each wasm once", () => {
    const wasm = { whole: "core-base64.cjs", edge: "prewash.wasm", browser: "browser.js" };
    // A part of the code of each, in every form that a file may hold it in: the tables are in several.
    for (const [core, file] of Object.entries(wasm)) {
      const bytes = readFileSync(fileURLToPath(new URL(`../target/bindgen/${core}/prewash.wasm`, import.meta.url)));
      const place = Math.floor(bytes.length / 12) * 3;
      const part = bytes.subarray(place, place + 300);
      const holds = (path) => {
        const content = readFileSync(join(root, path));
        return content.includes(part) || content.includes(part.toString("base64")) || content.includes(inAscii(bytes, place, place + 300));
      };
      assert.deepEqual(paths.filter(holds), [`dist/${file}`], core);
    }
  });
  test("has source maps that resolve", () => {
    const mapped = paths.filter((path) => /\.(c?js|d\.c?ts)$/.test(path) && path.startsWith("dist/") && !/core(-base64)?\.cjs$|\.wasm\.d\.c?ts$/.test(path));
    for (const path of mapped) {
      const [, url] = read(path).match(/\n\/\/# sourceMappingURL=(\S+)\s*$/) ?? assert.fail(`${path} names no map`);
      const map = join(dirname(path), url);
      assert.ok(paths.includes(map), map);
      const { file, version, sources, sourcesContent } = mapOf(map);
      assert.equal(version, 3);
      if (file !== undefined) assert.equal(file, path.split("/").at(-1));
      sources.forEach((source, at) => {
        // csv-parse, which the command has in it, is not part of the tarball, and so within the map.
        const within = typeof sourcesContent?.[at] === "string";
        assert.equal(within, source.includes("/node_modules/"), source);
        assert.ok(within || paths.includes(sourceOf(map, source)), `${map}: ${source}`);
      });
    }
    assert.deepEqual(maps.toSorted(), mapped.map((path) => `${path}.map`).sort(), "no map is of no file");
  });
  test("has source maps that lead back to where something was written", () => {
    const MARK = "is not JSON text, which is a string or bytes";
    for (const path of ["dist/index.js", "dist/index.cjs", "dist/browser.js", "dist/workerd.js", "dist/slim.js"]) {
      const [line, column] = placeOf(read(path), MARK);
      const { originalSource, originalLine } = new SourceMap(mapOf(`${path}.map`)).findEntry(line, column);
      assert.equal(sourceOf(`${path}.map`, originalSource), "src/issue.ts");
      assert.equal(originalLine, placeOf(read("src/issue.ts"), MARK)[0]);
    }
    for (const path of ["dist/types/domain.d.ts", "dist/types/domain.d.cts"]) {
      const [line, column] = placeOf(read(path), "cleanDomains");
      const { originalSource, originalLine } = new SourceMap(mapOf(`${path}.map`)).findEntry(line, column);
      assert.equal(sourceOf(`${path}.map`, originalSource), "src/domain.ts");
      assert.match(read("src/domain.ts").split("\n")[originalLine], /export function cleanDomains/);
    }
  });
  test("has no dependencies, and runs nothing when installed", () => {
    for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) assert.equal(field in manifest, false, field);
    assert.deepEqual([manifest.sideEffects, manifest.type, manifest.license], [false, "module", "MIT OR Apache-2.0"]);
  });
  test("has types that lead to one another and no further", () => {
    const seen = new Set();
    const follow = (file) => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(file, "utf8");
      assert.doesNotMatch(text, /Instance|Glue/, file);
      for (const [, specifier] of text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
        assert.match(specifier, /^\.\.?\//, `${file} needs ${specifier}`);
        follow(join(dirname(file), specifier.replace(/\.js$/, ".d.ts").replace(/\.cjs$/, ".d.cts")));
      }
    };
    for (const entry of ["default.d.ts", "default.d.cts", "module.d.ts", "slim.d.ts", "slim.d.cts"]) follow(join(root, "dist/types/entry", entry));
  });
});

describe("a bundler", () => {
  const built = (code, options = {}) =>
    esbuild.build({
      stdin: { contents: code, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
      bundle: true,
      write: false,
      minify: true,
      format: "esm",
      logLevel: "error",
      ...options,
    });
  const bundle = async (code, options) => (await built(code, options)).outputFiles[0].text;
  const holds = (code) => ({ monaco: code.includes("upsertContact"), reply: code.includes("updateContactAccount"), recotap: code.includes("pushAccounts"), wasm: ASCII.test(code) });
  test("takes the documents of the APIs that are used", async () => {
    assert.deepEqual(holds(await bundle(`import { monaco } from "prewash"; console.log(monaco);`)), { monaco: true, reply: false, recotap: false, wasm: true });
    assert.deepEqual(holds(await bundle(`import { recotap } from "prewash"; console.log(recotap);`)), { monaco: false, reply: false, recotap: true, wasm: true });
    assert.deepEqual(holds(await bundle(`import { cleanDomain } from "prewash"; console.log(cleanDomain);`)), { monaco: false, reply: false, recotap: false, wasm: true });
  });
  test("leaves the core out where no call needs it", async () => {
    assert.ok((await bundle(`import { splitCustomFields, toProblem } from "prewash"; console.log(splitCustomFields, toProblem);`)).length < 4000);
    assert.equal(await bundle(`import "prewash";`), "");
  });
  test("for Node takes the wasm with the tables, in base64", async () => {
    const code = await bundle(`import { cleanDomain } from "prewash"; console.log(cleanDomain);`, { platform: "node" });
    assert.deepEqual([BASE64.test(code), ASCII.test(code)], [true, false]);
    assert.equal(code.split("AGFzbQ").length, 2, "once");
  });
});

describe("a runtime or bundler gets its entry", () => {
  const taken = async (code, conditions, platform = "neutral") => {
    const { metafile } = await esbuild.build({
      stdin: { contents: code, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
      bundle: true,
      write: false,
      format: "esm",
      metafile: true,
      logLevel: "error",
      external: ["*.wasm", "*.wasm?module", "node:*"],
      platform,
      // `import` or `require` is a condition as well, by what the code says.
      conditions,
    });
    return Object.keys(metafile.inputs).flatMap((file) => file.match(/dist\/(.*)/)?.[1] ?? []).sort();
  };
  const [imported, required] = ['import "prewash"; import { info } from "prewash"; info();', 'console.log(require("prewash"));'];
  const NODE = ["index.js", "index.cjs"].map((entry) => [entry, "core.cjs", "core-base64.cjs"]);
  // It is not to be bundled, and can be all the same.
  const OWN = ["node.js", "core.cjs", "core-base64.cjs"];
  const ENTRIES = [
    ["Vite", ["module", "browser", "development"], ["browser.js"], ["browser.js"]],
    ["webpack, and Next.js for its pages", ["webpack", "module", "browser"], ["browser.js"], ["browser.js"]],
    ["Rollup for browsers", ["module", "browser", "production"], ["browser.js"], ["browser.js"]],
    // It knows no CommonJS on its own, and need not.
    ["Rollup for it does not say what", ["module", "production"], ["browser.js"], ["browser.js"]],
    ["Parcel", ["browser", "module"], ["browser.js"], ["browser.js"]],
    ["Jest with jsdom", ["browser", "default"], ["browser.js"], NODE[1]],
    ["Wrangler, and Vite for workerd", ["workerd", "worker", "module", "browser"], ["workerd.js"], ["workerd.js"]],
    ["Next.js at the edge", ["edge-light", "worker", "browser"], ["edge-light.js"], ["edge-light.js"]],
    ["Rollup for Node, and Vite for servers", ["node", "module", "production"], ...NODE],
    ["Jest", ["node", "node-addons"], OWN, NODE[1]],
    ["Deno", ["deno", "node"], ...NODE],
    ["Bun", ["bun", "node"], ...NODE],
    ["who knows import and require alone", [], ...NODE],
  ];
  for (const [name, conditions, ofImport, ofRequire] of ENTRIES) {
    test(name, async () => {
      assert.deepEqual(await taken(imported, conditions), ofImport.toSorted());
      assert.deepEqual(await taken(required, conditions), ofRequire.toSorted());
    });
  }
  test("esbuild, by its platform", async () => {
    assert.deepEqual(await taken(imported, undefined, "browser"), ["browser.js"]);
    assert.deepEqual(await taken(imported, undefined, "node"), NODE[0].toSorted());
  });
  test("Node itself", () => {
    assert.match(import.meta.resolve("prewash"), /\/dist\/node\.js$/);
    assert.match(require.resolve("prewash"), /\/dist\/index\.cjs$/);
  });
});

describe("the wasm within is read", () => {
  /** A verdict in a process of its own, after `before` has hidden or put there what decodes; tells what decoded. */
  const verdict = (entry, before) => {
    const code = `
      const { cleanDomain } = await import(${JSON.stringify(new URL(`../pkg/dist/${entry}`, import.meta.url).href)});
      const { Buffer, atob } = globalThis;
      const used = [];
      delete Uint8Array.fromBase64;
      ${before}
      const { value } = cleanDomain("www.acme.com");
      process.stdout.write([value, ...used].join());`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const fromBase64 = `Uint8Array.fromBase64 = (text) => { used.push("fromBase64"); return new Uint8Array(Buffer.from(text, "base64")); };`;
  const noBuffer = "delete globalThis.Buffer;";
  const counted = `globalThis.atob = (text) => { used.push("atob"); return atob(text); };`;
  test("by Uint8Array.fromBase64", () => assert.equal(verdict("index.js", fromBase64 + noBuffer + counted), "acme.com,fromBase64"));
  test("by Buffer", () => assert.equal(verdict("index.js", counted), "acme.com"));
  test("by atob", () => assert.equal(verdict("index.js", noBuffer + counted), "acme.com,atob"));
  test("of a file that another took the place of, by running it", () => {
    const folder = mkdtempSync(join(tmpdir(), "prewash-core-"));
    try {
      for (const name of ["core.cjs", "core-base64.cjs"]) copyFileSync(join(root, "dist", name), join(folder, name));
      const loaded = () => require.cache[join(folder, "core-base64.cjs")];
      const { base64 } = require(join(folder, "core.cjs"));
      assert.equal(base64(), require(join(root, "dist/core-base64.cjs")));
      assert.equal(loaded(), undefined, "it was read");
      writeFileSync(join(folder, "core-base64.cjs"), 'module.exports = "another";');
      assert.equal(base64(), "another");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  test("where Node's own entry was bundled, by the text within the bundle; without, it says what to do", async () => {
    const folder = mkdtempSync(join(tmpdir(), "prewash-bundled-"));
    try {
      const outfile = join(folder, "app.mjs");
      const contents = 'import { cleanDomain } from "prewash"; console.log(cleanDomain("www.acme.com").value);';
      const made = (conditions, external = []) =>
        esbuild.build({ stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) }, outfile, bundle: true, format: "esm", platform: "node", conditions, external, logLevel: "error", metafile: true });
      const ran = () => spawnSync(process.execPath, [outfile], { encoding: "utf8" });
      for (const [conditions, entry] of [[["module"], "index.js"], [[], "node.js"]]) {
        const { metafile } = await made(conditions);
        assert.ok(Object.keys(metafile.inputs).some((file) => file.endsWith(`dist/${entry}`)), entry);
        assert.equal(ran().stdout, "acme.com\n", ran().stderr);
      }
      await made([], ["./core.cjs"]);
      assert.match(ran().stderr, /core\.cjs is not there; a bundler that sets the condition `node` must set `module` as well/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  test("in browsers, by none of these", () => assert.equal(verdict("browser.js", `${noBuffer} delete globalThis.atob;`), "acme.com"));
  test("as the bytes that were written", async () => {
    const { fromAscii } = await internal('export { fromAscii } from "./wasm/ascii.js";');
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const many = Uint8Array.from({ length: 5000 }, (_, at) => (at * at * 31 + (at >> 3)) & (at % 3 === 0 ? 255 : 63));
    for (const bytes of [new Uint8Array(0), all, many, all.toReversed()]) {
      const text = ascii(bytes);
      assert.match(text, /^[ -~]*$/);
      assert.doesNotMatch(text, /["'`$\\<]/);
      assert.deepEqual(fromAscii(text), bytes);
    }
  });
});
