// The page: its parts, what is shared between them, and the service worker that keeps it for when there
// is no network. It is small, so that the frame is there at once: what needs the package comes with the parts.

import { h } from "./element.js";
import { keep } from "./offline.js";
import { PARTS, type Part, type PartName } from "./part.js";
import { share } from "./share.js";
import { State } from "./state.js";

const state = await State.open();
const main = byId("part");
const tabs = byId("parts");
const started = new Map<PartName, HTMLElement>();
const styles = new Map<PartName, HTMLLinkElement>();

for (const { name, title } of PARTS) {
  const link = h("a", { href: `#part=${name}`, "data-part": name }, title);
  link.addEventListener("click", (event) => {
    // In a new tab, a link is a link.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    state.set({ part: name });
  });
  tabs.append(h("li", {}, link));
}

// The fragment is the state, and no place in the page.
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});

share(byId("share") as HTMLButtonElement, byId("share-note"), state);

state.on((changed) => {
  if (changed.has("part")) void show(state.shown.part);
});

const ready = bring();
// Not waited for: the page is loaded when its frame is.
void show(state.shown.part).then(tellAbout);

/** The user's own document, where the address or the session has one: its operations are there before a part asks for them. */
async function bring(): Promise<void> {
  // Not at once: the package would be part of the page's own file.
  const { keepDocument } = await import("./document.js");
  keepDocument(state);
}

/** Shows a part, and loads it if it was not shown before. */
async function show(name: PartName): Promise<void> {
  const { title, load } = PARTS.find((one) => one.name === name) as (typeof PARTS)[number];
  document.title = `${title} · Prewash`;
  for (const link of tabs.querySelectorAll("a")) {
    if (link.dataset.part !== name) link.removeAttribute("aria-current");
    else {
      link.setAttribute("aria-current", "page");
      // On a phone the parts may not all be in sight.
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
  for (const [other, root] of started) root.hidden = other !== name;
  // The rules of a part hold while it is shown: they are none of the others' business.
  for (const [other, link] of styles) link.media = other === name ? "all" : "not all";
  if (started.has(name)) return;
  const root = h("div", { class: `part ${name}` });
  started.set(name, root);
  const loading = h("p", { class: "loading quiet", role: "status" }, `Loading ${title} …`);
  root.append(loading);
  main.append(root);
  try {
    const [{ default: module }] = await Promise.all([load() as Promise<{ default: Part }>, ready, style(name)]);
    loading.remove();
    await module.start(root, state);
  } catch (error) {
    // The part could not be loaded, or WebAssembly is refused: neither is about what was typed.
    root.replaceChildren(failure(title, error));
  }
}

/** Loads the rules of a part; those of the first are in the page's own. */
async function style(name: PartName): Promise<void> {
  if (name === "form" || styles.has(name)) return;
  const link = h("link", { rel: "stylesheet", href: `${name}.css` });
  styles.set(name, link);
  // A part without its rules can still be used.
  const settled = new Promise<unknown>((resolve) => (link.onload = link.onerror = resolve));
  document.head.append(link);
  await settled;
  if (state.shown.part !== name) link.media = "not all";
}

/** What stands in the place of a part that cannot be shown. A browser asks for a module once: only a reload asks again. */
function failure(title: string, error: unknown): HTMLElement {
  const reason = error instanceof Error ? error.message : String(error);
  return h(
    "section",
    { class: "card", role: "alert" },
    h("h2", {}, `${title} could not be loaded`),
    h("p", {}, navigator.onLine ? reason : "There is no network, and this part was not kept."),
    h("p", { class: "row" }, h("button", { type: "button", onclick: () => location.reload() }, "Try again"), h("span", { class: "quiet small" }, "What you typed stays.")),
  );
}

async function tellAbout(): Promise<void> {
  try {
    const { about } = await import("./about.js");
    byId("about").textContent = about();
  } catch {
    // What refuses WebAssembly is told by the part.
  }
  await keep(byId("kept"));
}

function byId(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}
