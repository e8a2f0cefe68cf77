// The package again, from the same sources in another folder: the same bytes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { root } from "../../scripts/command.mjs";

const folder = mkdtempSync(join(tmpdir(), "prewash-again-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function run(cwd, program, ...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(status, 0, `${program} ${args.join(" ")}\n${stderr}`);
  return stdout;
}

/** What `npm pack` makes of the package: the tarball's digest, and that of each of its files. */
function packed(project) {
  const [{ filename, files }] = JSON.parse(run(join(project, "pkg"), "npm", "pack", "--json", `--pack-destination=${folder}`));
  const digest = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
  return {
    tarball: digest(join(folder, filename)),
    files: Object.fromEntries(files.map(({ path }) => [path, digest(join(project, "pkg", path))])),
  };
}

test("the package is the same byte for byte when it is built a second time elsewhere", { timeout: 1_800_000 }, () => {
  const again = join(folder, "a folder of another name");
  // What git knows or would: nothing that was built.
  for (const path of run(root, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")) {
    if (path !== "") cpSync(join(root, path), join(again, path));
  }
  run(again, "npm", "run", "build", "--silent");
  const [first, second] = [packed(root), packed(again)];
  assert.deepEqual(second.files, first.files);
  assert.equal(second.tarball, first.tarball);
  // Nor is it said where it was built.
  for (const name of readdirSync(join(root, "pkg/dist"), { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = readFileSync(join(name.parentPath, name.name));
    for (const path of [root, folder, process.env.HOME ?? root]) assert.equal(bytes.includes(path), false, `${name.name} names ${path}`);
  }
  console.log(`reproducible: ${Object.keys(first.files).length} files, sha256 ${first.tarball}`);
});
