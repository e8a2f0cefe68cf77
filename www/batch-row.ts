// One row, all of it, in a dialog at the side.

import type { RowTold, Status } from "./batch-messages.js";
import { h, unique } from "./element.js";
import { changeList, issueList } from "./report.js";

/** What a dialog needs to know. */
export interface RowSource {
  /** Asks for the row at a position; undefined beyond the ends. */
  row(position: number): Promise<{ told: RowTold; status: Status } | undefined>;
  noun(): string;
  /** The row that is shown is the active one of the table. */
  moved(position: number): void;
}

/** The dialog; `open` shows a row in it. */
export function rowDialog(source: RowSource): { element: HTMLDialogElement; open(position: number): void } {
  const id = unique("row-title");
  const title = h("h2", { id });
  const badge = h("span", { class: "badge" });
  const content = h("div", { class: "drawer-content", tabIndex: 0, role: "region", "aria-labelledby": id });
  let at = 0;
  let asked = 0;
  const before = h("button", { type: "button", "aria-label": "Row before", onclick: () => void show(at - 1) }, "↑");
  const after = h("button", { type: "button", "aria-label": "Row after", onclick: () => void show(at + 1) }, "↓");
  const close = h("button", { type: "button", onclick: () => element.close() }, "Close");
  const element = h("dialog", { class: "drawer", "aria-labelledby": id },
    h("div", { class: "drawer-head" }, h("div", { class: "row" }, title, badge), h("div", { class: "row" }, before, after, close)),
    content,
  );
  // A click beside it closes it.
  element.addEventListener("click", (event) => {
    if (event.target === element) element.close();
  });
  const show = async (position: number): Promise<void> => {
    const mine = ++asked;
    let found;
    try {
      found = await source.row(position);
    } catch (error) {
      content.replaceChildren(h("p", { class: "notice refused", role: "alert" }, error instanceof Error ? error.message : String(error)));
      if (!element.open) element.showModal();
      return;
    }
    if (!found || mine !== asked) return;
    at = position;
    const { told, status } = found;
    title.textContent = `${source.noun()} ${told.row.toLocaleString("en")}`;
    badge.textContent = status;
    badge.className = `badge ${status}`;
    content.replaceChildren(
      section("Issues", issueList(told.issues)),
      section("Changes", changeList(told.changes)),
      told.cells ? section("Cells", cellTable(told.cells)) : section("As in the file", h("pre", { tabIndex: 0 }, shortened(told.text ?? ""))),
    );
    content.scrollTop = 0;
    source.moved(position);
    if (!element.open) element.showModal();
  };
  return { element, open: (position) => void show(position) };
}

function section(title: string, ...children: HTMLElement[]): HTMLElement {
  return h("section", {}, h("h3", {}, title), ...children);
}

function cellTable(cells: NonNullable<RowTold["cells"]>): HTMLElement {
  const rows = cells.map(([header, cell, field]) =>
    h("div", { class: "cell" },
      h("dt", {}, header, field !== "" && field !== header && h("span", { class: "quiet small" }, ` → ${field}`), field === "" && h("span", { class: "quiet small" }, " · left out")),
      h("dd", { class: cell === "" ? "quiet" : "mono" }, cell === "" ? "empty" : shortened(cell)),
    ),
  );
  return h("dl", { class: "cells" }, ...rows);
}

/** A row may have megabytes. */
function shortened(text: string): string {
  return text.length > 20_000 ? `${text.slice(0, 20_000)}…` : text;
}
