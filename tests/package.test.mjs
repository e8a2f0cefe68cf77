// The package as it is published: its entries, its files, and what a bundler can leave out.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as prewash from "prewash";
import * as slim from "prewash/slim";

const root = fileURLToPath(new URL("../pkg/", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const require = createRequire(import.meta.url);

const EXPORTS = [
  ...["cleanDomain", "cleanDomains", "info", "init", "mergeCustomFields", "monaco", "openapi", "recotap", "reply"],
  ...["schema", "splitCustomFields", "toProblem"],
];

describe("entries", () => {
  test("export the contract and nothing else", () => {
    for (const entry of [prewash, slim, require("prewash"), require("prewash/slim")]) {
      assert.deepEqual(Object.keys(entry).filter((name) => name !== "default").sort(), EXPORTS);
    }
  });
  test("of import and require give the same", () => {
    const required = require("prewash");
    assert.deepEqual(required.cleanDomain("www.acme.com"), prewash.cleanDomain("www.acme.com"));
    assert.equal(required.recotap.pushAccounts.batch.plan({ accounts: [{ domain: "a.com", name: "A" }] }).ok, true);
  });
  test("are files that exist, types first", () => {
    const walk = (value) => {
      if (typeof value === "string") return assert.ok(existsSync(join(root, value)), value);
      assert.ok(!("types" in value) || Object.keys(value)[0] === "types");
      Object.values(value).forEach(walk);
    };
    walk(manifest.exports);
    for (const value of [manifest.main, manifest.module, manifest.types, manifest.bin.prewash]) walk(value);
    assert.deepEqual(Object.keys(manifest.exports["."]), ["workerd", "edge-light", "import", "require"]);
  });
  test("of edge runtimes import the file beside them, and hold no copy of it", () => {
    for (const [entry, specifier] of [["workerd.js", "./prewash.wasm"], ["edge-light.js", "./prewash.wasm?module"]]) {
      const code = readFileSync(join(root, "dist", entry), "utf8");
      assert.ok(code.includes(`from "${specifier}"`), entry);
      assert.ok(!code.includes("AGFzbQ"), "no inlined wasm");
      assert.ok(code.length < 150_000);
    }
  });
  test("reach for no file, no network and no eval", () => {
    for (const entry of ["index.js", "index.cjs", "workerd.js", "edge-light.js", "slim.js", "slim.cjs"]) {
      const code = readFileSync(join(root, "dist", entry), "utf8");
      assert.doesNotMatch(code, /import\.meta|\bfetch\(|\beval\(|new Function|node:|\bimport\(/, entry);
      assert.doesNotMatch(code, /^await /m, entry);
    }
  });
});

describe("the tarball", () => {
  const { stdout, status, stderr } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: root, encoding: "utf8" });
  test("holds what is needed and no more", () => {
    assert.equal(status, 0, stderr);
    const [{ files }] = JSON.parse(stdout);
    const paths = files.map(({ path }) => path).sort();
    const own = ["LICENSE-APACHE", "LICENSE-MIT", "cli.js", "edge-light.js", "index.cjs", "index.js", "prewash.wasm", "prewash.wasm.d.ts", "slim.cjs", "slim.js", "workerd.js"];
    assert.deepEqual(paths.filter((path) => !path.startsWith("dist/types/")), ["README.md", ...own.map((name) => `dist/${name}`), "package.json"].sort());
    for (const path of paths.filter((path) => path.startsWith("dist/types/"))) assert.match(path, /\.d\.c?ts$/);
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
  const bundle = async (code) => {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: code, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
      bundle: true,
      write: false,
      minify: true,
      format: "esm",
      logLevel: "error",
    });
    return outputFiles[0].text;
  };
  const holds = (code) => ({ monaco: code.includes("upsertContact"), reply: code.includes("updateContactAccount"), recotap: code.includes("pushAccounts"), wasm: code.includes("AGFzbQ") });
  test("takes the documents of the APIs that are used", async () => {
    assert.deepEqual(holds(await bundle(`import { monaco } from "prewash"; console.log(monaco);`)), { monaco: true, reply: false, recotap: false, wasm: true });
    assert.deepEqual(holds(await bundle(`import { recotap } from "prewash"; console.log(recotap);`)), { monaco: false, reply: false, recotap: true, wasm: true });
    assert.deepEqual(holds(await bundle(`import { cleanDomain } from "prewash"; console.log(cleanDomain);`)), { monaco: false, reply: false, recotap: false, wasm: true });
  });
  test("leaves the core out where no call needs it", async () => {
    assert.ok((await bundle(`import { splitCustomFields, toProblem } from "prewash"; console.log(splitCustomFields, toProblem);`)).length < 4000);
    assert.equal(await bundle(`import "prewash";`), "");
  });
});
