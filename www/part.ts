// What a part of the page is: a tab with its own content, loaded when it is first shown.

import type { State } from "./state.js";

/** A part, as its module exports it by default. */
export interface Part {
  /**
   * Shows the part in an empty element of its own, which is kept while other parts are shown. Called once.
   *
   * @param root - to be filled
   * @param state - the shared state: read it, change it by `state.set`, listen by `state.on`
   */
  start(root: HTMLElement, state: State): void | Promise<void>;
}

/** The parts in their order: the name in the URL, the title people read, and how the module is loaded. */
export const PARTS = [
  { name: "form", title: "Form", load: () => import("./form.js") },
  { name: "json", title: "JSON", load: () => import("./json.js") },
  { name: "batch", title: "Batch", load: () => import("./batch.js") },
  { name: "domain", title: "Domain", load: () => import("./domain.js") },
  { name: "api", title: "Your API", load: () => import("./api.js") },
] as const;

/** The name of a part. */
export type PartName = (typeof PARTS)[number]["name"];
