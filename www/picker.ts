// The picker of operations, which several parts have: one choice for all of them.

import { h, unique } from "./element.js";
import { all, chosen, onOperations, type Choice } from "./operations.js";
import type { State } from "./state.js";

/**
 * A select with all operations, bound to the state, with the request line below it.
 *
 * @param fits - which operations this part can show; all, if not given
 */
export function picker(state: State, fits: (choice: Choice) => boolean = () => true): HTMLElement {
  const id = unique("operation");
  const select = h("select", { id });
  const request = h("p", { class: "request" });
  const fill = (): void => {
    const groups = new Map<string, HTMLOptGroupElement>();
    for (const choice of all().filter(fits)) {
      const group = groups.get(choice.vendor) ?? h("optgroup", { label: choice.vendor });
      groups.set(choice.vendor, group);
      group.append(h("option", { value: choice.name }, choice.name));
    }
    select.replaceChildren(...groups.values());
    show();
  };
  const show = (): void => {
    const { name, operation } = chosen(state.shown.operation);
    select.value = name;
    request.textContent = `${operation.method} ${operation.path}`;
  };
  select.addEventListener("change", () => state.set({ operation: select.value, body: "" }));
  state.on((changed) => {
    if (changed.has("operation")) show();
  });
  onOperations(fill);
  fill();
  return h("div", { class: "picker" }, h("label", { htmlFor: id }, "Operation"), select, request);
}
