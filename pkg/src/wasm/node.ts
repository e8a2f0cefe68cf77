// The wasm's text, for Node itself: to import a module of CommonJS, Node starts a parser that reads it
// through for its exports, and to require one it does not. A bundler, which can follow an import alone,
// is given the other entry.

import { createRequire } from "node:module";

/** What the module `core.cjs` gives, beside the entry. */
export function base64(): string {
  const require = createRequire(import.meta.url);
  let core: { base64(): string };
  try {
    core = require("./core.cjs") as typeof core;
  } catch (cause) {
    throw new Error(
      "prewash cannot start: its file core.cjs is not there; a bundler that sets the condition `node` " +
        "must set `module` as well, or leave prewash out of the bundle",
      { cause },
    );
  }
  return core.base64();
}
