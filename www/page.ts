// The page: a body in, its verdict out, at every keystroke.

import type { Change, Issue } from "prewash";
import { choices, type Choice } from "./operations.js";

/** How many rows a list shows: a body can have more issues than a page can bear. */
const SHOWN = 200;

const select = element("operation", HTMLSelectElement);
const request = element("request", HTMLElement);
const input = element("body", HTMLTextAreaElement);
const verdict = element("verdict", HTMLElement);
const issueList = element("issues", HTMLElement);
const changeList = element("changes", HTMLElement);
const clean = element("clean", HTMLElement);

let choice = choices[0] as Choice;

for (const vendor of new Set(choices.map((choice) => choice.vendor))) {
  const group = document.createElement("optgroup");
  group.label = vendor;
  choices.forEach((choice, index) => {
    if (choice.vendor === vendor) group.append(new Option(`${choice.vendor.toLowerCase()}.${choice.name}`, String(index)));
  });
  select.append(group);
}

select.addEventListener("change", () => pick(choices[Number(select.value)] as Choice));
input.addEventListener("input", check);
element("good", HTMLElement).addEventListener("click", () => write(choice.good));
element("bad", HTMLElement).addEventListener("click", () => write(choice.bad));

// A browser that reloads the page puts back what was chosen before.
pick(choices[Number(select.value)] ?? choice);

function pick(next: Choice) {
  choice = next;
  request.textContent = `${choice.operation.method} ${choice.operation.path}`;
  write(choice.good);
}

function write(body: string) {
  input.value = body.trimEnd();
  check();
}

/** Synchronous and at every keystroke: a body is checked in less time than a frame takes. */
function check() {
  let result;
  try {
    result = choice.operation.body.checkText(input.value);
  } catch (error) {
    // Not about the body: the browser or its policy refuses to start WebAssembly.
    say("refused", error instanceof Error ? error.message : String(error));
    return;
  }
  const { ok, json, issues, changes } = result;
  const errors = issues.filter((issue) => issue.severity === "error").length;
  const told = [
    count(errors, "error"),
    count(issues.length - errors, "warning"),
    count(changes.length, "change"),
  ].filter((part) => part !== "");
  say(ok ? "ready" : "refused", [ok ? "Ready to send" : "Not to be sent", ...told].join(", "));
  list(issueList, issues, issueRow, "None.");
  list(changeList, changes, changeRow, ok ? "None: it is sent as it is." : "None.");
  clean.textContent = ok ? json : "Nothing, until the errors are mended.";
  clean.classList.toggle("empty", !ok);
}

/** Says the verdict once, not again at each keystroke that leaves it as it is. */
function say(kind: "ready" | "refused", text: string) {
  verdict.className = `verdict ${kind}`;
  if (verdict.textContent !== text) verdict.textContent = text;
}

function issueRow(issue: Issue): HTMLElement {
  const row = make("li", issue.severity);
  row.append(make("strong", "severity", issue.severity), " ");
  const { position } = issue;
  if (position) {
    const place = make("button", "place", `${position.line}:${position.column}`);
    place.setAttribute("type", "button");
    place.setAttribute("aria-label", `go to line ${position.line}, column ${position.column}`);
    place.addEventListener("click", () => goTo(position.offset));
    row.append(place, " ");
  }
  row.append(make("code", "pointer", issue.pointer || "(the whole body)"), " ");
  row.append(make("span", "message", issue.message), " ");
  row.append(make("code", "code", issue.code));
  if (issue.suggestion !== undefined) {
    const suggestion = make("span", "suggestion", "Try ");
    suggestion.append(make("code", "value", show(issue.suggestion)));
    row.append(" ", suggestion);
  }
  return row;
}

function changeRow(change: Change): HTMLElement {
  const row = make("li", "change");
  row.append(make("code", "pointer", change.pointer || "(the whole body)"), " ");
  row.append(make("code", "value from", show(change.from)), " ");
  if (change.to === undefined) row.append(make("em", "to", "removed"));
  else row.append("→ ", make("code", "value to", show(change.to)));
  row.append(" ", make("code", "code", change.rule));
  return row;
}

/** Puts the caret where an issue is. Its offset counts bytes, the text area UTF-16 units. */
function goTo(offset: number) {
  const bytes = new TextEncoder().encode(input.value).subarray(0, offset);
  const index = new TextDecoder().decode(bytes).length;
  input.focus();
  input.setSelectionRange(index, index);
}

function list<T>(parent: HTMLElement, items: T[], row: (item: T) => HTMLElement, none: string) {
  const rows = items.slice(0, SHOWN).map(row);
  if (rows.length === 0) rows.push(make("li", "none", none));
  if (items.length > SHOWN) rows.push(make("li", "none", `And ${items.length - SHOWN} more.`));
  parent.replaceChildren(...rows);
}

function count(number: number, noun: string): string {
  return number === 0 ? "" : `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}

function make(tag: string, kind: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = kind;
  made.textContent = text;
  return made;
}

function element<T extends HTMLElement>(id: string, type: { new (): T }): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${type.name} #${id}`);
  return found;
}
