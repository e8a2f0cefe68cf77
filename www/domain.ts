// Domain: one field that shows each step of cleaning, and a list that is cleaned line by line.

import { cleanDomain, cleanDomains } from "prewash";
import { count, h, say, unique } from "./element.js";
import type { Part } from "./part.js";
import type { State } from "./state.js";
import { trace, visible, type Step, type Trace } from "./steps.js";
import { stopwatch } from "./stopwatch.js";

/** Its first letter is a Cyrillic one. */
const LOOKALIKE = "аcme.com";
const SAMPLES = ["https://www.Acme.com/foo", "http://jane@www.MÜNCHEN.de.:8080/x", "m%C3%BCnchen.de", LOOKALIKE, "jane@acme.com", "acme,com", "192.168.0.1", "localhost", "n/a", "acme.com, foo.com"];
const LIST = ["https://www.Acme.com/foo", "Globex.com", "WWW.Initech.com/about?x=1", "münchen.de", "acme.com", "jane@hooli.com", "n/a", "localhost:3000", "umbrella.co.uk.", "acme,com"].join("\n");
/** Rows that are shown; all are counted and copied. */
const SHOWN = 500;

export default {
  start(root, state) {
    const one = oneDomain(state);
    const list = manyDomains(state);
    const modes = [
      ["", "One"],
      ["list", "List"],
    ] as const;
    const buttons = modes.map(([mode, title]) => h("button", { type: "button", onclick: () => state.set({ "domain.mode": mode }) }, title));
    const show = (): void => {
      const isList = state.shown["domain.mode"] === "list";
      one.hidden = isList;
      list.hidden = !isList;
      buttons.forEach((button, index) => button.setAttribute("aria-pressed", String((index === 1) === isList)));
    };
    state.on(show);
    const made = h(
      "div",
      { class: "domain-part" },
      h("div", { class: "row spread intro" }, h("div", {}, h("h2", { class: "title" }, "Clean a domain"), h("p", { class: "quiet" }, "What people paste, down to the domain a CRM knows a company by.")), h("div", { class: "row modes", role: "group", "aria-label": "How many" }, ...buttons)),
      one,
      list,
    );
    root.append(made);
    show();
  },
} satisfies Part;

/** One input, its verdict and the steps to it. */
function oneDomain(state: State): HTMLElement {
  const id = unique("domain");
  const input = h("input", { id, class: "big", autocomplete: "off", autocapitalize: "none", spellcheck: false, inputMode: "url", placeholder: "https://www.acme.com/foo", "aria-describedby": `${id}-verdict` });
  const verdict = h("div", { class: "verdict", id: `${id}-verdict`, role: "status" });
  const steps = h("ol", { class: "steps", role: "list", "aria-label": "Steps" });
  const time = h("p", { class: "quiet small" });
  const watch = stopwatch();
  const samples = h("div", { class: "row samples" }, h("span", { class: "quiet small" }, "Try"), ...SAMPLES.map((text) => h("button", { type: "button", class: "mono", onclick: () => take(text) }, text === LOOKALIKE ? `${text} (a Cyrillic а)` : text)));

  const show = (): void => {
    const text = state.shown["domain.text"] ?? "";
    if (input.value !== text) input.value = text;
    // An empty field is no mistake while nobody has typed.
    if (text === "") {
      verdict.replaceChildren(h("p", { class: "quiet" }, "Type or paste a domain, an address or whatever stands in that column."));
      steps.replaceChildren(...trace("acme.com").steps.map((step, index) => row({ title: step.title, rule: step.rule, state: "off" }, index)));
      time.textContent = "";
      return;
    }
    const found = trace(text);
    watch.time(() => cleanDomain(text));
    verdict.replaceChildren(...told(found, take));
    if (!found.ok) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    steps.replaceChildren(...found.steps.map(row));
    time.textContent = watch.told();
  };
  const take = (text: string): void => {
    state.set({ "domain.text": text });
    input.focus();
  };
  // A line break that is pasted would be lost, and two domains become one: it is typed as it is shown.
  input.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\r\n]./.test(text.trim())) return;
    event.preventDefault();
    state.set({ "domain.list": text, "domain.mode": "list" });
    say("Several lines: they are in the list.");
  });
  input.addEventListener("input", () => state.set({ "domain.text": input.value }));
  state.on((changed) => {
    if (changed.has("domain.text")) show();
  });
  cleanDomain("acme.com");
  show();
  return h("div", { class: "card domain-card" }, h("div", {}, h("label", { htmlFor: id }, "Domain"), input), samples, verdict, h("h2", {}, "Step by step"), steps, time);
}

/** The verdict in words, with the suggestion as a button. */
function told({ ok, value, unicode, error, warnings }: Trace, take: (text: string) => void): HTMLElement[] {
  const notes = warnings.map(({ message }) => h("p", { class: "warned small" }, message));
  if (ok) return [h("p", { class: "notice ready" }, "Sent as ", h("strong", { class: "clean" }, value ?? ""), unicode === undefined ? "" : ` (${unicode})`), ...notes];
  const suggestion = error?.suggestion;
  return [
    h("p", { class: "notice refused" }, error?.message ?? "", " ", h("code", {}, error?.code ?? "")),
    ...(typeof suggestion === "string" ? [h("p", {}, h("button", { type: "button", onclick: () => take(suggestion) }, "Take ", h("strong", {}, suggestion)))] : []),
    ...notes,
  ];
}

function row(step: Step, index: number): HTMLElement {
  const { title, rule, state, text, note } = step;
  const outcome = { same: "nothing to do", changed: "", refused: "refused here", off: "" }[state];
  return h(
    "li",
    { class: `step ${state}` },
    h("span", { class: "number", "aria-hidden": "true" }, String(index + 1)),
    h("div", {}, h("strong", {}, title), h("p", { class: "quiet small" }, rule)),
    h(
      "div",
      { class: "outcome" },
      state === "changed" ? h("code", { class: "to" }, visible(text ?? "") || "(nothing)") : h("span", { class: state === "refused" ? "wrong" : "quiet small" }, outcome),
      note !== undefined && note !== "" && state === "changed" && h("p", { class: "quiet small" }, note),
    ),
  );
}

/** Many lines, and beside them what each is sent as. */
function manyDomains(state: State): HTMLElement {
  const id = unique("domains");
  const input = h("textarea", { id, rows: 16, autocapitalize: "none", spellcheck: false, autocomplete: "off", placeholder: "One domain a line" });
  const counts = h("p", { class: "notice", role: "status" });
  const rows = h("ol", { class: "told cleaned", role: "list", "aria-label": "Cleaned", tabIndex: 0 });
  const time = h("p", { class: "quiet small" });
  const copy = h("button", { type: "button", class: "main" }, "Copy the clean ones");
  const watch = stopwatch();
  let clean: string[] = [];

  const show = (): void => {
    const text = state.shown["domain.list"] ?? "";
    if (input.value !== text) input.value = text;
    const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
    const results = watch.time(() => cleanDomains(lines));
    const passed = results.flatMap((result) => (result.ok ? [result.value] : []));
    clean = [...new Set(passed)];
    counts.textContent = lines.length === 0 ? "Nothing yet." : `${count(passed.length, "domain")}, ${count(clean.length, "different one")}; ${(results.length - passed.length).toLocaleString("en")} refused`;
    counts.className = `notice ${lines.length > 0 && passed.length === lines.length ? "ready" : ""}`;
    const told = results.slice(0, SHOWN).map((result, index) => {
      const line = lines[index] as string;
      const from = h("code", { class: "quiet" }, visible(line.trim()));
      if (!result.ok) return h("li", {}, from, h("div", { class: "wrong small" }, result.issues[0]?.message ?? ""));
      return h("li", {}, result.value === line ? h("code", {}, line) : [from, " → ", h("code", { class: "to" }, result.value)].reduce<HTMLElement>((all, part) => (all.append(part), all), h("span", {})));
    });
    if (results.length > SHOWN) told.push(h("li", { class: "quiet" }, `and ${(results.length - SHOWN).toLocaleString("en")} more, which are counted and copied`));
    rows.replaceChildren(...told);
    copy.disabled = clean.length === 0;
    time.textContent = lines.length === 0 ? "" : watch.told();
  };
  copy.addEventListener("click", () => {
    const done = (text: string) => (): void => {
      copy.textContent = text;
      say(text);
      setTimeout(() => (copy.textContent = "Copy the clean ones"), 2500);
    };
    navigator.clipboard.writeText(`${clean.join("\n")}\n`).then(done(`${count(clean.length, "domain")} copied`), done("Not copied: the browser refuses"));
  });
  input.addEventListener("input", () => state.set({ "domain.list": input.value }));
  state.on((changed) => {
    if (changed.has("domain.list")) show();
  });
  show();
  return h(
    "div",
    { class: "columns" },
    h(
      "section",
      { class: "card", "aria-label": "Lines" },
      h("div", {}, h("label", { htmlFor: id }, "Domains, one a line"), input),
      h("div", { class: "row" }, h("button", { type: "button", onclick: () => state.set({ "domain.list": LIST }) }, "Sample list"), h("button", { type: "button", onclick: () => state.set({ "domain.list": "" }) }, "Empty")),
    ),
    h("section", { class: "card stays", "aria-label": "Cleaned list" }, h("div", { class: "row spread" }, h("h2", {}, "Cleaned"), copy), counts, rows, time),
  );
}
