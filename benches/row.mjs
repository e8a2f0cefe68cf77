// Runs one file of rows in a process of its own: `row.mjs NAME OPTIONS`, told to the parent.

import { argv } from "node:process";

const { run } = await import(`./rows/${argv[2]}.mjs`);
process.send(await run(JSON.parse(argv[3])));
process.disconnect();
