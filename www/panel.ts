// What stands beside the form: what is to be mended, what will be sent, and the button that copies it.
// Loaded with the first thing that is typed.

import type { Change, Issue } from "prewash";
import { count, h, harmless } from "./element.js";
import { copyMenu, type Kind } from "./menu.js";
import { changeList } from "./report.js";
import { stopwatch } from "./stopwatch.js";

/** Issues that are listed: the form has them all, at their fields. */
const LISTED = 8;

/** What there is to show. */
export interface Outcome {
  /** The clean body, if there is one. */
  json: string | undefined;
  issues: readonly Issue[];
  changes: readonly Change[];
}

export class Panel {
  /** For the checks, whose time is told. */
  readonly watch = stopwatch();
  readonly parts: HTMLElement[];
  readonly #find: (issue: Issue) => { title: string; input: HTMLElement } | undefined;
  readonly #issues = h("ul", { class: "told to-mend", role: "list", "aria-label": "To mend" });
  readonly #sent = h("pre", { tabIndex: 0, role: "region", "aria-label": "Will be sent" });
  readonly #changes = h("div", {});
  readonly #time = h("p", { class: "quiet small" });

  /**
   * @param copy - copies the request; gives whether there was one to copy
   * @param find - the field that an issue is about
   */
  constructor(copy: (kind: Kind) => Promise<boolean>, find: (issue: Issue) => { title: string; input: HTMLElement } | undefined) {
    this.#find = find;
    this.parts = [this.#issues, h("div", { class: "row spread" }, h("h2", {}, "Will be sent"), copyMenu(copy)), this.#sent, h("h2", {}, "Changes"), this.#changes, this.#time];
  }

  show({ json, issues, changes }: Outcome): void {
    const rows = issues.slice(0, LISTED).map((issue) => {
      const field = this.#find(issue);
      const at = field ? h("button", { type: "button", class: "plain small", onclick: () => field.input.focus() }, field.title) : h("code", {}, harmless(issue.pointer) || "the body");
      return h("li", {}, at, " ", h("span", { class: issue.severity === "error" ? "" : "warned" }, issue.message));
    });
    if (issues.length > LISTED) rows.push(h("li", { class: "quiet" }, `and ${count(issues.length - LISTED, "more").replace(/s$/, "")}`));
    this.#issues.replaceChildren(...rows);
    this.#issues.hidden = rows.length === 0;
    // What is not seen, or turns text about, stands as its escape, which is the same JSON.
    this.#sent.textContent = json?.replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`) ?? "Nothing, until what is listed above is mended.";
    this.#sent.classList.toggle("quiet", json === undefined);
    this.#changes.replaceChildren(changeList(changes));
    this.#time.textContent = this.watch.told();
  }
}
