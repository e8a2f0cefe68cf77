// The steps of cleaning a domain, one by one. The verdict is the package's; what happens on the way to
// it is told by small steps of text, and a test holds their end against the package's for many inputs.

import { cleanDomain, type Issue } from "prewash";

/** One step, as it went for an input. */
export interface Step {
  title: string;
  /** What the step is for, in a sentence. */
  rule: string;
  /** `same`: nothing to do; `off`: a step before it refused. */
  state: "same" | "changed" | "refused" | "off";
  /** What the text is after it; absent where it is not reached, or refused. */
  text?: string;
  /** Where the step has changed something, or refuses: what it found. */
  note?: string;
}

/** An input's way through the steps, and what came of it. */
export interface Trace {
  steps: Step[];
  ok: boolean;
  value?: string;
  /** In Unicode, where that is another form. */
  unicode?: string;
  error?: Issue;
  warnings: Issue[];
}

const INVISIBLE = "\\xad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}";
const EDGE = new RegExp(`^[\\p{White_Space}${INVISIBLE}]+|[\\p{White_Space}${INVISIBLE}]+$`, "gu");
const SCHEMES = /^(?:(?:https?|wss?|ftp):[/\\]*|[/\\]{2,})+/i;
const WEB = /(?:https?|wss?|ftp):/i;
/** What UTS #46 maps to a dot. */
const ROOT = /[.\u3002\uff0e\uff61]\p{Default_Ignorable_Code_Point}*$/u;
const SEPARATOR = /[\p{White_Space},;|]/u;

/** The steps in their order, and the codes that each may refuse with; the same code may come of several. */
const STEPS = [
  ["Trim", "White space and invisible characters go from both ends."],
  ["Scheme", "http, https, ws, wss and ftp go, with their slashes."],
  ["Authority", "It ends at the first slash, question mark or hash; it is one value, without white space."],
  ["User part", "After a scheme, what stands before an @ goes; without one it is an e-mail address."],
  ["Port", "A port goes, if it is one. An IPv6 address is no domain."],
  ["Percent-decoding", "%61 is a; decoded once."],
  ["UTS #46", "Letters in lower case; names in other scripts in their ASCII form."],
  ["Number", "An IPv4 address, in any spelling, is no domain, nor is a name that ends in a number."],
  ["Root dot", "One dot at the end goes; then each label must be one, and there must be two."],
  ["www.", "A leading www. goes while two labels are left."],
] as const;
type Title = (typeof STEPS)[number][0];

/** Which step refuses with a code; a function where several may. */
const REFUSERS: Record<string, Title | ((seen: Partial<Record<Title, string>>) => Title)> = {
  empty: ({ Trim, Port, "User part": bare }) => (Trim === "" ? "Trim" : Port === "" ? (bare === "" ? "Authority" : "Port") : "UTS #46"),
  placeholder: ({ Trim = "" }) => (isRefusedAt("placeholder", Trim.replace(/^www\./i, "x.")) || !/^(?:.*\/)?www\./i.test(Trim) ? "Trim" : "www."),
  unsupported_scheme: "Scheme",
  multiple_values: "Authority",
  invalid_character: ({ Authority = "" }) => (SEPARATOR.test(Authority) ? "Authority" : "Root dot"),
  email_address: "User part",
  ip_address: ({ "User part": bare = "" }) => (/[:[]/.test(bare.replace(/:\d*$/, "")) ? "Port" : "Number"),
  invalid_port: "Port",
  invalid_idna: "UTS #46",
  numeric_tld: "Number",
};

/** What a text looks like after each step. */
export function trace(text: string): Trace {
  const result = cleanDomain(text);
  const seen = walk(text);
  const error = result.issues.find(({ severity }) => severity === "error");
  const refuser = error && (REFUSERS[error.code] ?? "Root dot");
  const refusing = typeof refuser === "function" ? refuser(seen) : refuser;
  let before = text;
  let isOff = false;
  const steps = STEPS.map(([title, rule]): Step => {
    if (isOff) return { title, rule, state: "off" };
    if (title === refusing) {
      isOff = true;
      return { title, rule, state: "refused", note: error?.message ?? "" };
    }
    const now = seen[title] ?? before;
    const step: Step = { title, rule, state: now === before ? "same" : "changed", text: now };
    if (now !== before) step.note = noteOf(before, now);
    before = now;
    return step;
  });
  const unicode = result.changes[0]?.unicode;
  return {
    steps,
    ok: result.ok,
    ...(result.ok ? { value: result.value } : {}),
    ...(unicode === undefined ? {} : { unicode }),
    ...(error ? { error } : {}),
    warnings: result.issues.filter(({ severity }) => severity === "warning"),
  };
}

/** The text after each step, for as long as there is one: what refuses is not judged here. */
function walk(text: string): Partial<Record<Title, string>> {
  const trimmed = text.replace(EDGE, "");
  const after = trimmed.replace(SCHEMES, "");
  const hadScheme = WEB.test(trimmed.slice(0, trimmed.length - after.length));
  const authority = after.replace(/[/\\?#].*$/su, "");
  const host = hadScheme ? authority.slice(authority.lastIndexOf("@") + 1) : authority;
  const bare = host.replace(/:.*$/su, "");
  const decoded = decode(bare);
  const mapped = map(decoded);
  const seen: Partial<Record<Title, string>> = { Trim: trimmed, Scheme: after, Authority: authority, "User part": host, Port: bare, "Percent-decoding": decoded };
  if (mapped === undefined) return seen;
  const name = mapped.replace(/\.$/, "");
  return { ...seen, "UTS #46": mapped, Number: mapped, "Root dot": name, "www.": name.replace(/^(?:www\.(?=[^]*\.))+/, "") };
}

/** Decodes `%61` to `a`, once; bytes that are no UTF-8 become U+FFFD. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(run.slice(1).split("%"), (byte) => parseInt(byte, 16))));
}

/**
 * A host in ASCII and in lower case. The package maps names in other scripts: a label before them keeps
 * their `www.` from being stripped. Nothing, where it refuses.
 */
function map(host: string): string | undefined {
  if (/^[\x00-\x7f]*$/.test(host) && !/(^|\.)xn--/i.test(host)) return host.toLowerCase();
  const { ok, value } = cleanDomain(`x.${host}`);
  return ok ? value.slice(2) + (ROOT.test(host) ? "." : "") : undefined;
}

function isRefusedAt(code: string, text: string): boolean {
  return cleanDomain(text).issues.some((issue) => issue.code === code);
}

/** What went, where something was cut off. */
function noteOf(before: string, after: string): string {
  const at = after === "" ? -1 : before.indexOf(after);
  if (at < 0) return "";
  const gone = [before.slice(0, at), before.slice(at + after.length)].filter((part) => part !== "");
  return `without ${gone.map((part) => visible(part)).join(" and ")}`;
}

/** A text in which everything can be seen. */
export function visible(text: string): string {
  const shown = text.replace(new RegExp(`[\\p{Cc}${INVISIBLE}]|(?! )\\p{White_Space}`, "gu"), (char) => `U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")} `);
  return shown.replace(/ /g, "␣");
}
