// A list that is known: pasted, or from a file.

import type { Given } from "./batch-messages.js";
import { count, h, unique } from "./element.js";

export interface GivenOptions {
  label: string;
  help: string;
  placeholder: string;
  /** The kinds of files that are taken. */
  accept: string;
  /** What the list is called in messages. */
  name: string;
  text: string;
  /** Called when it is another one; with the text if that was pasted. */
  changed(text: string): void;
}

/** A text area, and a button for a file in its place. */
export function givenList(options: GivenOptions): { element: HTMLElement; given(): Given | undefined } {
  const [id, help] = [unique("given"), unique("help")];
  let file: File | undefined;
  const area = h("textarea", { id, rows: 3, spellcheck: false, placeholder: options.placeholder, "aria-describedby": help, value: options.text });
  const input = h("input", { type: "file", accept: options.accept, class: "unseen", "aria-label": `${options.label}: choose a file` });
  const chosen = h("p", { class: "row small", hidden: true });
  const show = (): void => {
    area.hidden = file !== undefined;
    chosen.hidden = file === undefined;
    chosen.replaceChildren(
      file ? `${file.name}, ${count(file.size, "byte")}` : "",
      h("button", { type: "button", class: "plain small", onclick: () => take(undefined) }, "Take it away"),
    );
  };
  const take = (one: File | undefined): void => {
    file = one;
    input.value = "";
    show();
    options.changed(area.value);
  };
  input.addEventListener("change", () => input.files?.[0] && take(input.files[0]));
  area.addEventListener("change", () => options.changed(area.value));
  return {
    element: h("div", {},
      h("div", { class: "row spread" }, h("label", { htmlFor: id }, options.label), h("label", { class: "pick small" }, input, "from a file")),
      area, chosen, h("p", { id: help, class: "help" }, options.help)),
    given: () => (file ? { name: file.name, blob: file } : area.value.trim() === "" ? undefined : { name: options.name, blob: new Blob([area.value]) }),
  };
}
