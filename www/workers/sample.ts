// A file to try: made here, the same each time, with mistakes of all kinds.

import type { Settings } from "../batch-messages.js";
import type { Field } from "../../pkg/src/cli/fields.js";
import { taskOf } from "./judge.js";

const WORDS = ["Acme", "Globex", "Initech", "Umbra", "Hooli", "Vandelay", "Wonka", "Stark", "Wayne", "Cyber", "Tyrell", "Oscorp", "Soylent", "Zorin", "Münch", "Nakatomi"];
const ENDS = ["Corp", "Labs", "Systems", "Group", "GmbH", "Industries", "Partners", "Foods"];
const FIRST = ["Jane", "Omar", "Mei", "Lucía", "Anders", "Priya", "Tom", "Zoë"];
const LAST = ["Doe", "Haddad", "Chen", "Pérez", "Berg", "Rao", "Miller", "Kovač"];
const TOPS = ["com", "io", "de", "co.uk", "fr"];

/** Headers that people write for some formats. */
const HEADERS: Record<string, string> = { domain: "Company website", email: "E-mail", "linkedin-company": "LinkedIn page", "linkedin-person": "LinkedIn profile" };

/** A CSV file of so many rows for an operation. */
export async function sampleOf(rows: number, settings: Settings): Promise<File> {
  const { fields } = await taskOf({ ...settings, customFields: undefined });
  const shown = fields.fields.filter((field) => !field.custom && writer(field) !== undefined).slice(0, 6);
  const used = new Set<string>();
  const header = shown.map((field) => {
    const words = HEADERS[field.format];
    const name = words === undefined || used.has(words) ? field.title || field.name : words;
    used.add(name);
    return name;
  });
  const random = seeded(20_260_101);
  const parts: string[] = [];
  let text = `${[...header, "Notes"].join(",")}\r\n`;
  for (let row = 0; row < rows; row++) {
    const who = { word: pick(WORDS, random), end: pick(ENDS, random), first: pick(FIRST, random), last: pick(LAST, random), top: pick(TOPS, random), row };
    const cells = shown.map((field) => (writer(field) as Writer)(who, random));
    text += `${[...cells, row % 9 === 0 ? "met at the fair, call again" : ""].map(cell).join(",")}\r\n`;
    if (text.length > 1 << 16) {
      parts.push(text);
      text = "";
    }
  }
  return new File([...parts, text], `sample-${rows}.csv`, { type: "text/csv" });
}

interface Who {
  word: string;
  end: string;
  first: string;
  last: string;
  top: string;
  row: number;
}

type Random = () => number;
type Writer = (who: Who, random: Random) => string;

/** Writes values of a field, most of them good, many to be cleaned, some bad; undefined for what cannot be guessed. */
function writer({ name, format, types }: Field): Writer | undefined {
  if (format === "domain") return domain;
  if (format === "email") return email;
  if (format === "linkedin-company") return (who, random) => some(random, [[8, `https://www.linkedin.com/company/${slug(who)}`], [4, `linkedin.com/company/${slug(who)}/`], [6, ""], [1, `https://www.linkedin.com/in/${slug(who)}`]]);
  if (format === "linkedin-person" || format === "linkedin") return (who, random) => some(random, [[8, `https://www.linkedin.com/in/${person(who)}`], [4, `LinkedIn.com/in/${person(who)}?trk=x`], [6, ""], [1, `linkedin.com/company/${slug(who)}`]]);
  if (format !== "" || !types.includes("string")) return undefined;
  if (/first_?name/i.test(name)) return ({ first }, random) => some(random, [[9, first], [1, ` ${first} `]]);
  if (/last_?name/i.test(name)) return ({ last }) => last;
  if (/^(company_?)?name$/i.test(name)) return ({ word, end }, random) => some(random, [[20, `${word} ${end}`], [3, ` ${word}  ${end}`], [2, `${word}, ${end}`], [0.2, ""]]);
  if (/title/i.test(name)) return (_, random) => pick(["Head of Sales", "CTO", "Buyer", ""], random);
  return undefined;
}

const domain: Writer = (who, random) => {
  const { row } = who;
  const host = `${slug(who)}-${row}.${who.top}`;
  return some(random, [
    [40, host],
    [20, `https://www.${host}/about?utm_source=list`],
    [10, `WWW.${host.toUpperCase()}`],
    [4, `info@${host}`],
    [2, `acme-${row % 50}.com`],
    [2, "n/a"],
    [2, "localhost"],
    [1, `${who.word} ${who.end}`],
    [1, "10.0.0.1"],
    [1, ""],
  ]);
};

const email: Writer = (who, random) => {
  const mail = `${person(who)}${who.row}@${slug(who)}.${who.top}`;
  return some(random, [[40, mail], [6, ` ${mail} `], [4, mail.toUpperCase()], [2, mail.replace("@", "@@")], [1, "n/a"], [4, ""]]);
};

function slug({ word, end }: Who): string {
  return ascii(`${word}-${end}`);
}

function person({ first, last }: Who): string {
  return ascii(`${first}.${last}`);
}

function ascii(text: string): string {
  return text.normalize("NFD").replace(/[^A-Za-z.-]/g, "").toLowerCase();
}

function some(random: Random, choices: readonly [weight: number, text: string][]): string {
  let left = random() * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, text] of choices) if ((left -= weight) < 0) return text;
  return "";
}

function pick(words: readonly string[], random: Random): string {
  return words[Math.floor(random() * words.length)] as string;
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Numbers from 0 to 1 that look random and are the same each time (a linear congruence, modulo 2³²). */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
