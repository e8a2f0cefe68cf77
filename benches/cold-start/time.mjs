// Imports the module that is named, and tells how long that took and what it gives.

import { argv } from "node:process";
import { pathToFileURL } from "node:url";

const { href } = pathToFileURL(argv[2]);
const start = performance.now();
const { value } = await import(href);
console.log(JSON.stringify({ took: performance.now() - start, value }));
