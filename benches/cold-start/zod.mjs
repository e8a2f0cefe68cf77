import { getHostname } from "tldts";
import * as z from "zod";
import { account } from "./account.mjs";

const schema = z.strictObject({
  domain: z.string().transform((text) => getHostname(text).replace(/^www\./, "")),
  name: z.string().trim(),
});

export const value = schema.parse(account);
