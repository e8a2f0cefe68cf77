// The user's own document: in the state, so that a shared address has it, and in the session, so that
// one too long for an address comes back after a reload.

import { addDocument, removeDocument } from "./operations.js";
import type { State } from "./state.js";

/** Its key in the state, and in the session. */
export const DOCUMENT = "api.document";

/** Keeps the picker in step with the document in the state. */
export function keepDocument(state: State): void {
  const remembered = state.shown[DOCUMENT] || recall();
  if (remembered) {
    state.set({ [DOCUMENT]: remembered });
    put(remembered);
  }
  state.on((changed, by) => {
    if (!changed.has(DOCUMENT)) return;
    const document = state.shown[DOCUMENT] ?? "";
    remember(document);
    // Who adds it here has compiled it to find its mistakes.
    if (by !== addDocument) put(document);
  });
}

/** What does not compile is told where it can be mended: in "Your API". */
function put(document: string): void {
  try {
    if (document) addDocument(document);
    else removeDocument();
  } catch {
    removeDocument();
  }
}

function remember(document: string): void {
  try {
    if (document) sessionStorage.setItem(DOCUMENT, document);
    else sessionStorage.removeItem(DOCUMENT);
  } catch {
    // No storage, or it is full: the document stays until the page is left.
  }
}

function recall(): string {
  try {
    return sessionStorage.getItem(DOCUMENT) ?? "";
  } catch {
    return "";
  }
}
