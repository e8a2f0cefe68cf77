// The page: its parts as tabs, what is shared between them, and the service worker that keeps it for
// when there is no network.

import { info } from "prewash";
import { keepDocument } from "./document.js";
import { h } from "./element.js";
import { PARTS, type Part, type PartName } from "./part.js";
import { State } from "./state.js";

const state = new State();
const main = document.getElementById("part") as HTMLElement;
const tabs = document.getElementById("parts") as HTMLElement;
const started = new Map<PartName, HTMLElement>();

// The first listener: a part that is told of an operation finds it among those that can be picked.
keepDocument(state);

for (const { name, title } of PARTS) {
  const link = h("a", { href: `#part=${name}`, "data-part": name }, title);
  link.addEventListener("click", (event) => {
    // In a new tab, a link is a link.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    state.set({ part: name });
    main.focus({ preventScroll: true });
  });
  tabs.append(h("li", {}, link));
}

state.on((changed) => {
  if (changed.has("part")) void show(state.shown.part);
});

void show(state.shown.part);
tellAbout();

// Only where the page is built: the worker keeps what was loaded, so that the page works without a network.
if ("serviceWorker" in navigator) void navigator.serviceWorker.register("service-worker.js").catch(() => {});

/** Shows a part, and loads it if it was not shown before. */
async function show(name: PartName): Promise<void> {
  for (const link of tabs.querySelectorAll("a")) {
    if (link.dataset.part === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const [other, root] of started) root.hidden = other !== name;
  if (started.has(name)) return;
  const root = h("div", { class: `part ${name}` });
  started.set(name, root);
  main.append(root);
  const part = PARTS.find((one) => one.name === name) as (typeof PARTS)[number];
  document.title = `${part.title} · Prewash`;
  try {
    const { default: module }: { default: Part } = await part.load();
    await module.start(root, state);
  } catch (error) {
    // The part could not be loaded, or WebAssembly is refused: neither is about what was typed.
    root.replaceChildren(h("p", { class: "notice refused", role: "alert" }, error instanceof Error ? error.message : String(error)));
    started.delete(name);
  }
}

function tellAbout(): void {
  const about = document.getElementById("about") as HTMLElement;
  try {
    const { version, unicode, idna } = info();
    about.textContent = `prewash ${version}, ${idna === "host" ? "names judged by your browser" : `Unicode ${unicode}`}. The page is static: there is no server behind it.`;
  } catch {
    // What refuses WebAssembly is told by the part.
  }
}
