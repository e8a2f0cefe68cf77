// What the types cost who imports them: how much tsc has to do more than for an empty file.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

/** What `tsc --extendedDiagnostics` counts for a file of that code. */
function diagnosed(code) {
  // Within the project, so that `prewash` is found.
  const folder = mkdtempSync(join(here, "types-cost-"));
  try {
    writeFileSync(join(folder, "main.ts"), code);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const compilerOptions = { noEmit: true, strict: true, module: "nodenext", target: "es2022", types: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
    const { status, stdout } = spawnSync(process.execPath, [tsc, "--project", folder, "--extendedDiagnostics"], { encoding: "utf8" });
    assert.equal(status, 0, stdout);
    const count = (name) => Number(stdout.match(new RegExp(`^${name}:\\s+([\\d.]+)`, "m"))[1]);
    return { instantiations: count("Instantiations"), types: count("Types"), milliseconds: count("Check time") * 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Twice what was measured when this was written, but for what is nearly nothing. */
const BOUND = {
  "import, one domain": ['import { cleanDomain } from "prewash"; export const { value } = cleanDomain("acme.com");', 2_700],
  "one operation": ['import { monaco } from "prewash"; const r = monaco.upsertAccount.body.check({}); export const d: string = r.ok ? r.value.domain : "";', 2_900],
  "all five operations": [
    'import { monaco, recotap, reply } from "prewash"; export const all = [monaco.upsertAccount.body.check({}), monaco.upsertContact.body.check({}), monaco.updateContact.body.check({}), reply.updateContactAccount.body.check({}), recotap.pushAccounts.batch.plan({ accounts: [] })].map((one) => one.ok);',
    4_200,
  ],
};

test("types cost little to import", (context) => {
  const empty = diagnosed("export {};");
  for (const [name, [code, bound]] of Object.entries(BOUND)) {
    const { instantiations, types, milliseconds } = diagnosed(code);
    const more = instantiations - empty.instantiations;
    context.diagnostic(`${name}: ${more} instantiations, ${types - empty.types} types, ${Math.round(milliseconds - empty.milliseconds)} ms more than an empty file`);
    assert.ok(more <= bound, `${name}: ${more} instantiations are more than ${bound}`);
  }
});
