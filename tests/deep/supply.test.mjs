// What the package is made of: the crates and npm packages, their licences, and what is known against them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { root } from "../../scripts/command.mjs";
import * as setup from "../../scripts/setup.mjs";

const file = (path) => readFileSync(join(root, path), "utf8");

describe("crates", () => {
  let deny;
  before(async () => {
    const program = await setup.tool("cargo-deny", "0.20.2");
    deny = (...args) => spawnSync(program, ["deny", "--color=never", ...args], { cwd: root, encoding: "utf8" });
  }, { timeout: 1_200_000 });

  test("have licences that go with ours, come from the registry, and are there once", () => {
    const { status, stdout, stderr } = deny("--locked", "check", "--deny=warnings", "bans", "licenses", "sources");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /bans ok, licenses ok, sources ok/);
  });
  test("have no advisory against them", (context) => {
    const { status, stderr } = deny("--locked", "check", "advisories");
    if (/failed to fetch advisory database/.test(stderr)) {
      return context.skip("SKIPPED: the advisories cannot be fetched from here; `cargo deny check advisories` where there is a network");
    }
    assert.equal(status, 0, stderr);
  });
});

describe("npm packages", () => {
  test("have no vulnerability that is known", (context) => {
    const { stdout, stderr } = spawnSync("npm", ["audit", "--json"], { cwd: root, encoding: "utf8" });
    const report = JSON.parse(stdout || "{}");
    if (!report.metadata) return context.skip(`SKIPPED: the registry does not answer an audit: ${(report.message ?? stderr).slice(0, 200)}`);
    assert.deepEqual(report.vulnerabilities, {});
  });
  test("are none at run time", () => {
    const manifest = JSON.parse(file("pkg/package.json"));
    for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"]) assert.equal(manifest[kind], undefined, kind);
    for (const script of ["preinstall", "install", "postinstall", "prepare"]) assert.equal(manifest.scripts?.[script], undefined, script);
  });
});

test("there is no unsafe code of our own", () => {
  // The compiler refuses it: `forbid` cannot be lifted further in.
  assert.match(file("src/lib.rs"), /^#!\[(forbid|deny)\(unsafe_code\)\]$/m);
  const sources = readdirSync(join(root, "src"), { recursive: true }).filter((name) => name.endsWith(".rs"));
  const holding = sources.filter((name) => /\bunsafe\b(?!_code)/.test(file(join("src", name)).replace(/\/\/.*/g, "")));
  assert.deepEqual(holding, []);
});

test("each dependency is listed in SECURITY.md with what it is for", () => {
  const security = file("SECURITY.md");
  const manifest = file("Cargo.toml");
  const names = [];
  let listing = false;
  for (const line of manifest.split("\n")) {
    if (line.startsWith("[")) listing = /^\[(target\..*\.)?(build-)?dependencies\]$/.test(line);
    else if (listing && /^[a-z]/.test(line)) names.push(line.split(/[ =]/)[0]);
  }
  assert.ok(names.length > 10, String(names));
  assert.deepEqual(names.filter((name) => !security.includes(`| \`${name}\` |`)), []);
});
