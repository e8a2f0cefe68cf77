// The command `prewash`. What it does is in cli/.

import { isMainThread } from "node:worker_threads";
import { startCore } from "./cli/core.js";
import { main } from "./cli/main.js";
import { work } from "./cli/worker.js";

await startCore();
if (isMainThread) process.exitCode = await main(process.argv.slice(2));
else work();
