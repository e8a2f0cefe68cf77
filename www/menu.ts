// The button that copies, with a menu of how.

import { h, unique } from "./element.js";

const KINDS = [
  ["json", "as JSON"],
  ["curl", "as curl"],
  ["typescript", "as a TypeScript call"],
] as const;

/** As what a request is copied. */
export type Kind = (typeof KINDS)[number][0];

/**
 * The button and its menu, as the ARIA Authoring Practices have them.
 *
 * @param copy - gives whether there was something to copy; throws if it could not be
 */
export function copyMenu(copy: (kind: Kind) => Promise<boolean>): HTMLElement {
  const id = unique("copy");
  const button = h("button", { type: "button", class: "main", id: `${id}-button`, "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id }, "Copy");
  const items = KINDS.map(([kind, title]) => h("button", { type: "button", role: "menuitem", tabIndex: -1, onclick: () => void take(kind) }, title));
  const menu = h("div", { id, class: "menu", role: "menu", hidden: true, "aria-labelledby": `${id}-button` }, ...items);
  const root = h("div", { class: "copy" }, button, menu);
  const open = (index?: number): void => {
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    items.at(index ?? 0)?.focus();
  };
  const close = (focus: boolean): void => {
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
  };
  let resting = 0;
  const take = async (kind: Kind): Promise<void> => {
    close(true);
    const isCopied = await copy(kind).catch(() => undefined);
    button.textContent = isCopied ? "Copied" : isCopied === false ? "Not copied: there are errors" : "Not copied: the browser refuses";
    clearTimeout(resting);
    resting = setTimeout(() => (button.textContent = "Copy"), 2500);
  };
  button.addEventListener("click", () => (menu.hidden ? open() : close(true)));
  root.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape" && !menu.hidden) close(true);
    else if (event.key === "Tab") close(false);
    else if (to !== undefined && (at >= 0 || event.key.startsWith("Arrow"))) open(to % items.length);
    else return;
    if (event.key !== "Tab") event.preventDefault();
  });
  root.addEventListener("focusout", (event) => {
    if (!root.contains(event.relatedTarget as Node | null)) close(false);
  });
  return root;
}
