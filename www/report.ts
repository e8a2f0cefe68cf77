// Issues and changes as lists, which several parts show.

import type { Change, Issue } from "prewash";
import { brief, count, h, harmless } from "./element.js";

/** How many a list shows: a body can have more than a page can bear. */
const SHOWN = 200;

/**
 * A list of issues.
 *
 * @param goTo - takes the caret to an issue's place, where there is a text
 * @param apply - puts an issue's suggestion into the text
 */
export function issueList(issues: readonly Issue[], goTo?: (issue: Issue) => void, apply?: (issue: Issue) => void): HTMLElement {
  return list("Issues", issues, (issue) => {
    const { severity, position, pointer, message, code, suggestion } = issue;
    return h(
      "li",
      {},
      h("strong", { class: severity === "error" ? "wrong" : "warned" }, severity),
      " ",
      position && goTo && h("button", { type: "button", class: "plain small", "aria-label": `${position.line}:${position.column}, go to line ${position.line}, column ${position.column}`, onclick: () => goTo(issue) }, `${position.line}:${position.column}`),
      " ",
      h("code", {}, harmless(pointer) || "(the whole body)"),
      h("div", {}, message),
      h("div", { class: "quiet small" }, h("code", {}, code), suggestion === undefined || apply ? "" : ` · would pass: ${brief(suggestion)}`),
      apply && suggestion !== undefined && h("button", { type: "button", class: "small apply", onclick: () => apply(issue) }, `Use ${brief(suggestion, 60)}`),
    );
  });
}

/** A list of changes. */
export function changeList(changes: readonly Change[]): HTMLElement {
  return list("Changes", changes, ({ pointer, from, to, rule, unicode }) =>
    h(
      "li",
      {},
      h("code", {}, harmless(pointer) || "(the whole body)"),
      " ",
      h("code", { class: "from" }, brief(from)),
      " → ",
      to === undefined ? h("em", { class: "to" }, "removed") : h("code", { class: "to" }, brief(to)),
      h("span", { class: "quiet small" }, unicode === undefined ? ` · ${rule}` : ` · ${rule} · ${unicode}`),
    ),
  );
}

function list<T>(title: string, items: readonly T[], row: (item: T) => HTMLElement): HTMLElement {
  const rows = items.slice(0, SHOWN).map(row);
  if (rows.length === 0) rows.push(h("li", { class: "quiet" }, "None."));
  if (items.length > SHOWN) rows.push(h("li", { class: "quiet" }, `And ${count(items.length - SHOWN, "more").replace(/s$/, "")}.`));
  return h("ul", { class: "told", role: "list", "aria-label": title }, ...rows);
}
