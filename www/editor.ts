// The editor: CodeMirror, with the page's tokens as its colours.
//
// The page's policy forbids style elements. In a shadow root CodeMirror writes its rules into an adopted
// style sheet, which no policy is about; custom properties reach into the root, so light and dark do too.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { HighlightStyle, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { Compartment, EditorState, StateEffect, StateField, Transaction, type Extension, type Text } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, drawSelection, gutter, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers, placeholder, type DecorationSet } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Difference } from "./difference.js";
import { h } from "./element.js";

export type { Diagnostic };

/** Over this many characters, what looks at the whole text is switched off. */
const LARGE = 300_000;

/** Lines that are this long on average are not wrapped. */
const LONG_LINE = 5_000;

/** More than this, put into a view that is out of sight, is drawn as a whole by an update; by a fresh state it is not. */
const FRESH = 20_000;

/** A marker in the editor, and what can be done about it. */
export type Marker = Diagnostic;

/** An editor, or a view of a text that cannot be edited. */
export interface Editor {
  element: HTMLElement;
  /** The text. */
  text(): string;
  length(): number;
  /** Puts another text in its place, which the user can undo. */
  replace(text: string): void;
}

const LOOKS: Extension = [
  // What turns text about is a dot: here nothing is escaped but what the text itself escapes.
  highlightSpecialChars({ addSpecialChars: /[\u202a-\u202c\u2068]/ }),
  EditorView.theme({
    "&": { color: "var(--text)", backgroundColor: "var(--raised)", fontSize: "0.875rem", minHeight: "inherit", borderRadius: "inherit" },
    "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "0" },
    ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto", minHeight: "inherit", maxHeight: "min(36rem, 70vh)", borderRadius: "inherit" },
    ".cm-content": { caretColor: "var(--text)", minHeight: "inherit", padding: "0.625rem 0" },
    ".cm-line": { padding: "0 0.75rem 0 0.375rem" },
    ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
    "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--selected)" },
    ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--quiet)", border: "0", borderRadius: "inherit" },
    ".cm-lineNumbers .cm-gutterElement": { padding: "0 0.25rem 0 0.625rem" },
    ".cm-activeLine": { backgroundColor: "transparent" },
    "&.cm-focused .cm-activeLine": { backgroundColor: "var(--line-wash)" },
    "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-wash)", outline: "1px solid var(--accent)" },
    "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--error-wash)" },
    ".cm-placeholder": { color: "var(--quiet)" },
    // Wavy for an error and dashed for a warning: colour is not all that tells them apart.
    ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
    ".cm-lintRange-error": { textDecoration: "underline wavy var(--error) 1.5px", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
    ".cm-lintRange-warning": { textDecoration: "underline dashed var(--warning) 1.5px", textUnderlineOffset: "4px" },
    ".cm-lintRange-active": { backgroundColor: "var(--error-wash)" },
    ".cm-lintPoint-error::after": { borderBottomColor: "var(--error)" },
    ".cm-lintPoint-warning::after": { borderBottomColor: "var(--warning)" },
    ".cm-gutter-lint": { width: "1.25rem" },
    ".cm-gutter-lint .cm-gutterElement": { padding: "0.3em 0.2rem" },
    // A disc and a triangle, as everywhere.
    ".cm-lint-marker": { width: "0.7rem", height: "0.7rem" },
    ".cm-lint-marker-error": { content: "none", display: "block", borderRadius: "50%", backgroundColor: "var(--error)" },
    ".cm-lint-marker-warning": { content: "none", display: "block", clipPath: "polygon(50% 8%, 100% 95%, 0 95%)", backgroundColor: "var(--warning)" },
    ".cm-tooltip": { maxWidth: "min(26rem, 86vw)", color: "var(--text)", backgroundColor: "var(--card)", border: "1px solid var(--strong-line)", borderRadius: "0.5rem", overflow: "hidden", boxShadow: "0 0.5rem 1.5rem rgb(0 0 0 / 0.18)" },
    ".cm-diagnostic": { padding: "0.5rem 0.75rem", font: "0.875rem/1.45 system-ui, sans-serif", overflowWrap: "anywhere" },
    ".cm-diagnostic-error": { borderLeft: "4px solid var(--error)" },
    ".cm-diagnostic-warning": { borderLeft: "4px solid var(--warning)" },
    ".cm-diagnosticSource": { fontFamily: "var(--mono)", fontSize: "0.75rem", color: "var(--quiet)", opacity: "1" },
    ".cm-diagnosticAction": { minHeight: "1.75rem", display: "block", margin: "0.375rem 0 0.125rem", padding: "0.125rem 0.5rem", color: "var(--on-accent)", backgroundColor: "var(--accent)", borderRadius: "0.375rem", font: "inherit", fontSize: "0.8125rem", cursor: "pointer" },
    ".cm-diagnosticAction u": { textDecoration: "none" },
    "ins": { textDecoration: "underline", textDecorationThickness: "2px", textUnderlineOffset: "3px", color: "var(--ready)", backgroundColor: "var(--accent-wash)", borderRadius: "2px" },
    "ins *": { color: "inherit" },
    "del": { color: "var(--error)", backgroundColor: "var(--error-wash)", textDecoration: "line-through", borderRadius: "2px", whiteSpace: "pre-wrap" },
    ".changed": { color: "var(--accent)", fontWeight: "700" },
    ".changes .cm-gutterElement": { width: "1rem", textAlign: "center" },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.propertyName, color: "var(--text)" },
      { tag: tags.string, color: "var(--syntax-string)" },
      { tag: [tags.number, tags.bool, tags.null], color: "var(--syntax-literal)" },
      { tag: [tags.punctuation, tags.bracket, tags.separator], color: "var(--quiet)" },
    ]),
  ),
];

/** An element with a shadow root for a view. */
function hosted(): { element: HTMLElement; root: ShadowRoot } {
  const element = h("div", { class: "editor" });
  return { element, root: element.attachShadow({ mode: "open" }) };
}

function whole(view: EditorView): Omit<Editor, "element"> {
  return {
    text: () => view.state.doc.toString(),
    length: () => view.state.doc.length,
    replace: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } }),
  };
}

/** Whether a text has lines so long that wrapping them takes longer than a frame. */
function hasLongLine(doc: Text): boolean {
  return doc.length / doc.lines > LONG_LINE;
}

/** What an editor of bodies is told, and tells. */
export interface BodyEditor extends Editor {
  /** Shows the markers; those that end after the text are cut. */
  mark(markers: Marker[]): void;
  /** Takes the caret to a place and shows it. */
  goTo(from: number, to?: number): void;
  /** Replaces a stretch of the text, as if it was typed. */
  put(from: number, to: number, text: string): void;
  /** Where the caret is. */
  caret(): { index: number; line: number; column: number };
}

/** An editor of a body. `typed` is called after each change of the text, `moved` when the caret is elsewhere. */
export function bodyEditor(text: string, label: string, help: string, typed: () => void, moved: () => void): BodyEditor {
  const { element, root } = hosted();
  const wrapping = new Compartment();
  const matching = new Compartment();
  const fitting = (doc: Text): [Extension, Extension] => [hasLongLine(doc) ? [] : EditorView.lineWrapping, doc.length > LARGE ? [] : bracketMatching()];
  const doc = EditorState.create({ doc: text }).doc;
  const [wraps, matches] = fitting(doc);
  const view = new EditorView({
    doc,
    root,
    parent: root,
    extensions: [
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      json(),
      indentUnit.of("  "),
      wrapping.of(wraps),
      matching.of(matches),
      placeholder("Paste a body here, or begin with a sample."),
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": "help" }),
      // No key is bound to Tab: it leads on, as everywhere on the page.
      keymap.of([{ key: "F8", run: nextDiagnostic }, { key: "Shift-F8", run: previousDiagnostic }, ...defaultKeymap, ...historyKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) typed();
        if (update.selectionSet || update.docChanged) moved();
      }),
      LOOKS,
    ],
  });
  // A description is found only in the same root.
  root.append(h("p", { id: "help", hidden: true }, help));
  let fits = `${hasLongLine(doc)} ${doc.length > LARGE}`;
  const refit = (): void => {
    const { doc: now } = view.state;
    const key = `${hasLongLine(now)} ${now.length > LARGE}`;
    if (key === fits) return;
    fits = key;
    const [wrap, match] = fitting(now);
    view.dispatch({ effects: [wrapping.reconfigure(wrap), matching.reconfigure(match)] });
  };
  return {
    element,
    ...whole(view),
    mark(markers) {
      refit();
      const { length } = view.state.doc;
      view.dispatch(setDiagnostics(view.state, markers.filter(({ to }) => to <= length)));
    },
    goTo(from, to = from) {
      view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
    put(from, to, insert) {
      view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, annotations: Transaction.userEvent.of("input.suggestion"), scrollIntoView: true });
      view.focus();
    },
    caret() {
      const { head } = view.state.selection.main;
      const { from, number, text: line } = view.state.doc.lineAt(head);
      // Characters as people count them in JSON: one beyond the basic plane is one.
      return { index: head, line: number, column: (line.length > 100_000 ? head - from : [...line.slice(0, head - from)].length) + 1 };
    },
  };
}

/** What was removed at a place, struck through. */
class Removed extends WidgetType {
  constructor(readonly text: string) {
    super();
  }

  override eq(other: Removed): boolean {
    return other.text === this.text;
  }

  toDOM(): HTMLElement {
    const shown = this.text.length > 200 ? `${this.text.slice(0, 199)}…` : this.text;
    // Line breaks are shown as a sign: the lines are those of the cleaned body.
    // White space shows as dots where it is all there is to see.
    return h("del", {}, shown.replace(/\n\s*/g, "↵").replace(/^\s+|\s+$/g, (blank) => "·".repeat(blank.length)));
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

class ChangedLine extends GutterMarker {
  override toDOM(): globalThis.Text {
    return document.createTextNode("±");
  }

  override elementClass = "changed";
}

const CHANGED = new ChangedLine();
const setMarks = StateEffect.define<DecorationSet>();
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return effect.value;
    return value.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** A view of the cleaned body. */
export interface CleanView extends Editor {
  /** Shows a body with what differs from what was typed. */
  show(text: string, differences: readonly Difference[]): void;
}

/** A view of the cleaned body, with what was added underlined and what was removed struck through. */
export function cleanView(label: string): CleanView {
  const { element, root } = hosted();
  const wrapping = new Compartment();
  const extensions = (wraps: boolean): Extension => [
    lineNumbers(),
    gutter({
      class: "changes",
      lineMarker: (shown, line) => {
        let changed = false;
        shown.state.field(marks).between(line.from, line.to, () => {
          changed = true;
          return false;
        });
        return changed ? CHANGED : null;
      },
      lineMarkerChange: (update) => update.transactions.some(({ effects }) => effects.some((effect) => effect.is(setMarks))),
    }),
    drawSelection(),
    json(),
    marks,
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    // It can be scrolled and selected from the keyboard, without being typed into.
    EditorView.contentAttributes.of({ tabindex: "0", "aria-label": label, role: "textbox", "aria-multiline": "true", "aria-readonly": "true" }),
    keymap.of(defaultKeymap),
    wrapping.of(wraps ? EditorView.lineWrapping : []),
    LOOKS,
  ];
  const view = new EditorView({ root, parent: root, extensions: extensions(true) });
  // It is built while nothing is laid out, and hidden while nothing is to be sent: it measures itself when it is seen.
  new ResizeObserver(() => view.requestMeasure()).observe(element);
  return {
    element,
    ...whole(view),
    show(text, differences) {
      const decorations = differences.flatMap(({ removed, from, to }) => [
        ...(removed === "" ? [] : [Decoration.widget({ widget: new Removed(removed), side: -1 }).range(from)]),
        ...(to > from ? [Decoration.mark({ tagName: "ins" }).range(from, to)] : []),
      ]);
      const shown = Decoration.set(decorations, true);
      const wraps = text.length / text.split("\n", 2_000).length <= LONG_LINE;
      // What stays is left alone, so that the place scrolled to stays too.
      const old = view.state.doc.toString();
      const { from, end, insert } = replaced(old, text);
      if (insert.length > FRESH) {
        view.setState(EditorState.create({ doc: text, extensions: [extensions(wraps), marks.init(() => shown)] }));
      } else {
        view.dispatch({ changes: { from, to: end, insert }, effects: [setMarks.of(shown), wrapping.reconfigure(wraps ? EditorView.lineWrapping : [])] });
      }
    },
  };
}

/** What has to be replaced in a text to make it another: what both begin and end with stays. */
function replaced(old: string, text: string): { from: number; end: number; insert: string } {
  const most = Math.min(old.length, text.length);
  let from = 0;
  while (from < most && old.charCodeAt(from) === text.charCodeAt(from)) from += 1;
  let tail = 0;
  while (tail < most - from && old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)) tail += 1;
  return { from, end: old.length - tail, insert: text.slice(from, text.length - tail) };
}
