import { instance } from "./instance.js";
import type { Info } from "./types.js";

/** What the package was built with. */
export function info(): Info {
  return { ...instance().glue.info() };
}
