// The wasm's text, for Node itself: to import a module of CommonJS, Node starts a parser that reads it
// through for its exports, and to require one it does not. A bundler is to take the other entry; one
// that takes this follows what the build puts before it.

import { createRequire } from "node:module";

interface Core {
  base64(): string;
}

/** `require("./core.cjs")`, as it is written: in Node there is no `require` here, in a bundle it is the module. */
declare const bundledCore: () => Core;

/** What the module `core.cjs` gives, beside the entry. */
export function base64(): string {
  let core: Core;
  try {
    core = createRequire(import.meta.url)("./core.cjs") as Core;
  } catch (cause) {
    try {
      core = bundledCore();
    } catch {
      throw new Error(
        "prewash cannot start: its file core.cjs is not there; a bundler that sets the condition `node` " +
          "must set `module` as well, or leave prewash out of the bundle",
        { cause },
      );
    }
  }
  return core.base64();
}
