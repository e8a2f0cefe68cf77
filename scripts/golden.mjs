// npm run golden: writes the golden corpus and what the package that was built gives for it.
//
// What every place must give the same of. Who changes what the package answers runs this and reads
// the difference before committing it.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { main, root } from "./command.mjs";
import { build } from "./build.mjs";
import { cases } from "../tests/golden/cases.mjs";
import { prove } from "../tests/golden/prove.js";

/** An array, an element a line. */
const lines = (list) => `[\n${list.map((one) => ` ${JSON.stringify(one)}`).join(",\n")}\n]\n`;

await main(import.meta.url, async () => {
  await build();
  const corpus = cases();
  const file = (name) => join(root, "tests/golden", name);
  await writeFile(file("corpus.json"), lines(corpus));
  // As they are read, not as they were made: a minus zero, say, is none in JSON.
  const read = JSON.parse(JSON.stringify(corpus));
  const prewash = await import(pathToFileURL(join(root, "pkg/dist/index.js")).href);
  await writeFile(file("expected.json"), lines(prove(prewash, read).lines));
  console.log(`${corpus.length} cases in tests/golden/`);
});
