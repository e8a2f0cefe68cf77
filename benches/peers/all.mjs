// Every peer with every way to clean, as `{ "zod, URL": { account, contact }, … }`.

import * as cleaning from "../cleaning.mjs";
import * as ajv from "./ajv.mjs";
import * as arktype from "./arktype.mjs";
import * as valibot from "./valibot.mjs";
import * as zod from "./zod.mjs";

const LIBRARIES = { zod, valibot, ajv, arktype };
const WAYS = { URL: cleaning.url, tldts: cleaning.tldts };

/** The functions that `of` makes of each library and way: `of(library, clean)`. */
export function peers(of) {
  return Object.fromEntries(
    Object.entries(LIBRARIES).flatMap(([library, made]) =>
      Object.entries(WAYS).map(([way, clean]) => [`${library} + ${way}`, of(made, clean)]),
    ),
  );
}
