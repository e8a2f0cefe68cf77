// npm test: builds, then runs every test and counts them in the last line. With `--deep`, those of
// `npm run test:deep` come after them, in the same count.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { main, root, tee } from "./command.mjs";
import { deep } from "./deep.mjs";
import { docs } from "./docs.mjs";
import { matrix } from "./matrix.mjs";
import { page as buildPage } from "./page.mjs";
import { runParts, runTests } from "./runner.mjs";
import * as setup from "./setup.mjs";

async function build() {
  await buildPage();
  await setup.browsers();
  return { passed: 0, failed: 0, skipped: 0 };
}

/** The core, natively, and the tools: the default members, which the benches are none of. */
async function rust() {
  const { status, stdout } = await tee("cargo", "test", "--no-fail-fast");
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, ignored] of stdout.matchAll(/^test result: .* (\d+) passed; (\d+) failed; (\d+) ignored/gm)) {
    total.passed += Number(passed);
    total.failed += Number(failed);
    total.skipped += Number(ignored);
  }
  // What does not compile has no result of its own.
  if (status !== 0 && total.failed === 0) total.failed = 1;
  return total;
}

/** The types: the page, and each folder in tests/ that tsc knows as a project. One project, one test. */
async function types() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const tested = readdirSync(join(root, "tests")).map((name) => `tests/${name}`);
  for (const project of ["www", "www/workers", ...tested].filter((folder) => existsSync(join(root, folder, "tsconfig.json")))) {
    const { status } = await tee("node", "node_modules/typescript/bin/tsc", "--noEmit", "--project", project);
    console.log(`${status === 0 ? "✔" : "✖"} tsc ${project}`);
    total[status === 0 ? "passed" : "failed"] += 1;
  }
  return total;
}

/** The reference: what is public says what it is, and its links lead somewhere. */
async function reference() {
  await docs();
  return { passed: 2, failed: 0, skipped: 0 };
}

/** The package and the READMEs. */
async function javascript() {
  return await runTests(join(root, "tests"));
}

/** The page, in browsers: a file at a time, since how soon it answers is measured. */
async function page() {
  return await runTests(join(root, "tests/page"), 1);
}

/** The projects in examples/, as a user runs them. */
async function examples() {
  return await runTests(join(root, "tests/examples"));
}

await main(import.meta.url, () => {
  const parts = { build, rust, types, reference, javascript, page, matrix, examples };
  return runParts(process.argv.includes("--deep") ? { ...parts, ...deep } : parts);
});
