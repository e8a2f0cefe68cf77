// The button in the frame that copies a link to what is shown.

import { h, say } from "./element.js";
import type { State } from "./state.js";

/** How long the button says that it is done. */
const SAID = 2500;

/** What keys of the state are called where they do not get into a link. */
const NAMES: Record<string, string> = { body: "the body", "domain.text": "the list of domains", "api.document": "your API document" };

/** Lets the button copy, and the note beside it tell what a link cannot carry. */
export function share(button: HTMLButtonElement, note: HTMLElement, state: State): void {
  const title = button.textContent;
  let back: ReturnType<typeof setTimeout> | undefined;
  const tell = (...content: (Node | string)[]): void => {
    note.replaceChildren(...content);
    note.hidden = content.length === 0;
  };
  button.addEventListener("click", async () => {
    const { href, left } = await state.link();
    const missing = left.length === 0 ? "" : `Too long for a link, and not in it: ${left.map((key) => NAMES[key] ?? key).join(", ")}.`;
    try {
      await navigator.clipboard.writeText(href);
    } catch {
      // Not every browser lets a page write there; then the visitor does.
      const field = h("input", { type: "text", readOnly: true, value: href, "aria-label": "The link, to be copied" });
      tell(...(missing ? [h("p", {}, missing)] : []), field);
      field.select();
      field.focus();
      return;
    }
    button.textContent = "Copied";
    say(`Link copied. ${missing}`);
    tell(...(missing ? [h("p", {}, missing)] : []));
    clearTimeout(back);
    back = setTimeout(() => (button.textContent = title), SAID);
  });
  // A note about one case is none about the next; and it goes as any such note does.
  state.on(() => tell());
  addEventListener("keydown", ({ key }) => key === "Escape" && tell());
  addEventListener("pointerdown", ({ target }) => !note.contains(target as Node) && tell());
}
