// What rows say, and how a table shows it.

/**
 * What a row gives.
 *
 * @typedef {object} Row
 * @property {string} row - its name
 * @property {string} what - what is done, in a sentence
 * @property {number} [samples] - how many samples a median is of
 * @property {string[]} [head] - the heads of its columns, if they are others than contender, time and ratio
 * @property {{ name: string, cells: string[], median?: number }[]} lines - Prewash comes first
 * @property {Target[]} [targets]
 *
 * @typedef {object} Target - `most` and `least` bound what was measured
 * @property {string} of - its unit: `MB`, or `of the floor`
 * @property {number} measured
 * @property {number} [most]
 * @property {number} [least]
 * @property {Target} [or] - which of the two is met does not matter
 */

/** Lines of medians in nanoseconds, the first contender being what the others are compared with. */
export function times(medians, { perSecond } = {}) {
  const [own] = Object.values(medians);
  return Object.entries(medians).map(([name, median]) => ({
    name,
    median,
    cells: [
      duration(median) + (perSecond ? ` (${(perSecond / median * 1e3).toFixed(0)} MB/s)` : ""),
      median === own ? "1" : ratio(median / own),
    ],
  }));
}

/** The fastest of some contenders. */
export function fastest(medians, names) {
  return names.reduce((best, name) => (medians[name] < medians[best] ? name : best));
}

export function duration(nanoseconds) {
  const units = [["ns", 1], ["µs", 1e3], ["ms", 1e6], ["s", 1e9]];
  const [unit, size] = units.findLast(([, size]) => nanoseconds >= size) ?? units[0];
  return `${digits(nanoseconds / size)} ${unit}`;
}

/** Three digits that count, which is more than such a measurement has. */
export function digits(number) {
  return number >= 100 ? number.toFixed(0) : number.toPrecision(3);
}

export function ratio(number) {
  return number >= 10 ? number.toFixed(1) : number.toFixed(2);
}

export function kilobytes(bytes) {
  return bytes < 1e6 ? `${digits(bytes / 1e3)} KB` : `${digits(bytes / 1e6)} MB`;
}

/** A target in words, and whether it is met: by itself, or by the other that would do too. */
export function verdict({ or, ...target }) {
  const [own, other] = [target, or].map((one) => one && single(one));
  return other ? { met: own.met || other.met, text: `${own.text}, or ${other.text}` } : own;
}

function single({ of, measured, most, least }) {
  const met = most === undefined ? measured >= least : measured <= most;
  const bound = most === undefined ? `at least ${least}` : `at most ${most}`;
  return { met, text: `${ratio(measured)} ${of} (target: ${bound})` };
}

const HEAD = ["time", "ratio"];

/** The rows as text for a terminal. */
export function plain(rows) {
  return rows
    .map(({ row, what, samples, head = HEAD, lines, targets = [] }) => {
      const table = [["", ...head], ...lines.map(({ name, cells }) => [name, ...cells])];
      const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
      const shown = table.map((line) => line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  "));
      const judged = targets.map((target) => verdict(target)).map(({ met, text }) => `${met ? "met   " : "missed"}  ${text}`);
      const title = `${row}  ${what}${samples ? `; medians of ${samples}` : ""}`;
      return [title, ...shown, ...judged].join("\n  ");
    })
    .join("\n\n");
}

/** The rows as one table of a Markdown document; sizes, which have other columns, as one of their own. */
export function markdown(rows) {
  const timed = rows.filter(({ head }) => !head);
  const parts = [];
  if (timed.length > 0) parts.push(table(["row", "contender", ...HEAD, "target"], timed.flatMap(entries)));
  for (const row of rows.filter(({ head }) => head)) {
    const targets = (row.targets ?? []).map((target) => `${mark(verdict(target))}.`);
    const body = table([`${row.what}${row.samples ? ` (${row.samples} samples)` : ""}`, ...row.head], row.lines.map(({ name, cells }) => [name, ...cells]));
    parts.push([body, ...targets].join("\n\n"));
  }
  return parts.join("\n\n");
}

function entries({ row, what, samples, lines, targets = [] }) {
  return shortened(lines).map(({ name, cells }, at) => {
    const first = at === 0;
    const told = `**${row}** ${what}${samples ? ` (${samples} samples)` : ""}`;
    return [first ? told : "", first ? `**${name}**` : name, ...cells, first ? targets.map((target) => mark(verdict(target))).join("; ") : ""];
  });
}

/** Of `zod + URL` and `zod + tldts` the faster one. */
function shortened(lines) {
  const library = ({ name }) => name.match(/^(.*) \+ (URL|tldts)$/)?.[1];
  return lines.filter((line) => {
    const ways = lines.filter((other) => library(line) !== undefined && library(other) === library(line));
    return ways.every((other) => other.median >= line.median);
  });
}

const mark = ({ met, text }) => (met ? text : `**missed**: ${text}`);

function table(head, lines) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map((_, at) => (at === 0 ? "---" : "---:")).join("|")}|`, ...lines.map(line)].join("\n");
}
