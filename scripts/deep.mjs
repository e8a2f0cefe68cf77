// npm run test:deep: what takes longer than a change should wait for, counted in the last line. A million
// of this and ten million of that, the package built a second time, and a minute of fuzzing each target.

import { join } from "node:path";
import { build } from "./build.mjs";
import { main, root } from "./command.mjs";
import { fuzz } from "./fuzz.mjs";
import { runParts, runTests } from "./runner.mjs";
import * as setup from "./setup.mjs";

/** The parts, by name, for `runParts`. */
export const deep = {
  /** A file at a time, since memory and time are measured. */
  deep: () => runTests(join(root, "tests/deep"), 1),
  /** A target counts as a test. */
  async fuzz() {
    const { rows, findings } = await fuzz();
    return { passed: rows.length - findings.length, failed: findings.length, skipped: 0 };
  },
};

await main(import.meta.url, () =>
  runParts({
    async build() {
      await build();
      await setup.chromium();
      return { passed: 0, failed: 0, skipped: 0 };
    },
    ...deep,
  }),
);
