import { Ajv } from "ajv";
import { getHostname } from "tldts";
import { account } from "./account.mjs";

const text = { type: "string" };
const valid = new Ajv().compile({
  type: "object",
  required: ["domain", "name"],
  properties: { domain: text, name: text },
  additionalProperties: false,
});

export const value = valid(account)
  ? { domain: getHostname(account.domain).replace(/^www\./, ""), name: account.name.trim() }
  : undefined;
