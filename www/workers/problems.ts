// The lines of a report as a table for spreadsheets.

const NAMES = ["row", "index", "column", "severity", "code", "pointer", "message", "from", "to", "rule"] as const;

/** A line of a report: an issue, or a change. */
export type Line = Partial<Record<(typeof NAMES)[number], unknown>>;

/** The first line of the table. */
export const HEADER = `${NAMES.join(",")}\r\n`;

/** An issue or a change as a line of CSV (RFC 4180). */
export function problem(line: Line): string {
  return `${NAMES.map((name) => cell(line[name], name === "from" || name === "to")).join(",")}\r\n`;
}

function cell(value: unknown, any: boolean): string {
  if (value === undefined || (value === null && !any)) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const safe = typeof value !== "number" && HARMFUL.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What a spreadsheet would take for a formula. */
const HARMFUL = /^[=+\-@\t\r]/;

/** The table of a report, in pieces. */
export async function* problems(report: Blob): AsyncGenerator<string> {
  yield HEADER;
  const decoder = new TextDecoder();
  const reader = report.stream().getReader();
  let rest = "";
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const lines = (rest + decoder.decode(next.value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield lines.map((line) => problem(JSON.parse(line) as Line)).join("");
  }
}
