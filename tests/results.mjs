// What a result must look like: one place that compares whole results.
//
// An expectation names everything the documents fix. Where they leave something to the core, it
// says `any`; a message is compared only where its text is part of the contract, and is otherwise
// held to the form that STYLE.md asks for.

import assert from "node:assert/strict";

/** Stands for whatever the core gives, where no document fixes it. */
export const any = Symbol("any");

/** Codes that no document names yet. Should the core choose others, change them here. */
export const CODE = {
  suggestedValue: "suggested_values",
  timeZone: "time_zone",
};

/** RFC 6901. */
export const pointer = (path) => path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/**
 * An expected error. `more` may hold: suggestion (a value, or `any`; none means there is none),
 * params (those named are compared), names (numbers that must be among the params' values),
 * message (text or RegExp), position ({ line, column, offset }, those named are compared),
 * optional (true: may be missing). `code` and `severity` may be `any`, or a list to choose from.
 */
export const error = (code, path, more = {}) => ({ code, severity: "error", path, ...more });
/** An expected warning, as `error`. */
export const warning = (code, path, more = {}) => ({ ...error(code, path, more), severity: "warning" });
/** An expected change; without `to`, the member or element is removed. */
export const change = (rule, path, from, to, more = {}) => ({ path, pointer: pointer(path), from, to, rule, ...more });

/** The form every message has, whatever it says. */
export function assertMessage(message) {
  assert.equal(typeof message, "string");
  assert.match(message, /^(?:[`\p{Ll}\d-]|[A-Z]{2})/u, `a message starts in lower case, or with an acronym: ${message}`);
  assert.doesNotMatch(message, /\.$/, `a message has no full stop: ${message}`);
  assert.ok([...message].length <= 300, `a message has at most 300 characters: ${message}`);
}

const ISSUE_KEYS = ["code", "message", "params", "path", "pointer", "position", "severity", "suggestion"];
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** The form every issue has, whatever it is about. */
function assertIssueForm(issue, { text }) {
  assert.ok(isObject(issue));
  for (const key of Object.keys(issue)) assert.ok(ISSUE_KEYS.includes(key), `an issue has no \`${key}\``);
  assert.match(issue.code, /^[a-z][a-z0-9_]*$/);
  assert.ok(["error", "warning"].includes(issue.severity));
  assert.ok(Array.isArray(issue.path));
  assert.equal(issue.pointer, pointer(issue.path));
  assertMessage(issue.message);
  assert.ok(isObject(issue.params), "params is an object");
  if (issue.position === undefined) return;
  assert.ok(text, "a value has no positions");
  assert.deepEqual(Object.keys(issue.position).sort(), ["column", "line", "offset"]);
  assert.ok(Number.isSafeInteger(issue.position.line) && issue.position.line >= 1);
  assert.ok(Number.isSafeInteger(issue.position.column) && issue.position.column >= 1);
  assert.ok(Number.isSafeInteger(issue.position.offset) && issue.position.offset >= 0);
}

const same = (a, b) => {
  try {
    assert.deepEqual(a, b);
    return true;
  } catch {
    return false;
  }
};
const allows = (expected, actual) => expected === any || (Array.isArray(expected) ? expected.includes(actual) : expected === actual);
const fits = (actual, expected) =>
  allows(expected.code, actual.code) && allows(expected.severity, actual.severity) && (expected.path === any || same(actual.path, expected.path));

/** One issue as it should be, with `any` filled in from the actual one. */
function told(expected, actual) {
  const named = (wanted, given) => Object.fromEntries(Object.keys(wanted ?? {}).map((key) => [key, given?.[key]]));
  return [
    { code: expected.code, severity: expected.severity, path: expected.path, suggestion: expected.suggestion, params: expected.params ?? {}, position: expected.position ?? {} },
    {
      code: allows(expected.code, actual.code) ? expected.code : actual.code,
      severity: allows(expected.severity, actual.severity) ? expected.severity : actual.severity,
      path: expected.path === any ? any : actual.path,
      suggestion: expected.suggestion === any ? any : actual.suggestion,
      params: named(expected.params, actual.params),
      position: named(expected.position, actual.position),
    },
  ];
}

/** Compares a list of issues with the expected ones; their order is a test of its own. */
export function assertIssues(actual, expected, { text = false } = {}) {
  assert.ok(Array.isArray(actual));
  for (const issue of actual) assertIssueForm(issue, { text });
  const left = [...actual];
  const pairs = [];
  const missing = [];
  for (const wanted of expected) {
    const at = left.findIndex((issue) => fits(issue, wanted));
    if (at >= 0) pairs.push([wanted, left.splice(at, 1)[0]]);
    else if (!wanted.optional) missing.push(wanted);
  }
  const brief = ({ code, severity, path, message }) => ({ severity, code, path, ...(message && { message }) });
  assert.deepEqual({ missing: missing.map(brief), unexpected: left.map(brief) }, { missing: [], unexpected: [] });
  for (const [wanted, issue] of pairs) {
    const [should, is] = told(wanted, issue);
    assert.deepEqual(is, should, `at ${issue.pointer}: ${issue.message}`);
    if (typeof wanted.message === "string") assert.equal(issue.message, wanted.message);
    if (wanted.message instanceof RegExp) assert.match(issue.message, wanted.message);
    const values = Object.values(issue.params).flat();
    for (const name of wanted.names ?? []) assert.ok(values.includes(name), `params name ${name}: ${JSON.stringify(issue.params)}`);
  }
}

/** Compares a list of changes with the expected ones. */
export function assertChanges(actual, expected) {
  if (expected === any) return;
  const sorted = (changes) => [...changes].sort((a, b) => (a.pointer < b.pointer ? -1 : a.pointer > b.pointer ? 1 : 0));
  const filled = ({ unicode, ...wanted }, given) => {
    if (unicode === any) return given && "unicode" in given ? { ...wanted, unicode: given.unicode } : wanted;
    return unicode === undefined ? wanted : { ...wanted, unicode };
  };
  const is = sorted(actual);
  assert.deepEqual(is, sorted(expected).map((wanted, index) => filled(wanted, is[index])));
}

const isOk = (issues) => !issues.some((issue) => issue.severity === "error" && !issue.optional);

/** Compares a whole Result of `check`, `checkField` or `cleanDomain`. */
export function assertResult(result, { value, issues = [], changes = [] }) {
  for (const key of Object.keys(result)) assert.ok(["ok", "value", "issues", "changes"].includes(key), `a result has no \`${key}\``);
  assertIssues(result.issues, issues);
  assertChanges(result.changes, changes);
  assert.equal(result.ok, isOk(issues));
  if (value !== any) assert.deepEqual(result.value, result.ok ? value : undefined);
}

/** Compares a whole TextResult; `json` is the text expected, or `any`. */
export function assertTextResult(result, { json, issues = [], changes = [] }) {
  for (const key of Object.keys(result)) assert.ok(["ok", "json", "issues", "changes"].includes(key), `a text result has no \`${key}\``);
  assertIssues(result.issues, issues, { text: true });
  assertChanges(result.changes, changes);
  assert.equal(result.ok, isOk(issues));
  if (!result.ok) assert.equal(result.json, undefined);
  else if (json !== any) assert.equal(result.json, json);
}

/** Freezes a value and all that is in it. */
export function frozen(value) {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const key of Reflect.ownKeys(value)) frozen(Object.getOwnPropertyDescriptor(value, key).value);
  }
  return value;
}

/**
 * Checks one body through every way in (value, text, bytes) and compares each whole result. The
 * value is frozen: who would write to it throws. `value` is what is sent; left out, the body itself.
 */
export function assertCheck(schema, body, expected = {}) {
  const wanted = { value: body, ...expected };
  const before = JSON.stringify(body);
  const result = schema.check(frozen(body));
  assertResult(result, wanted);
  assert.equal(JSON.stringify(body), before, "the input is as it was");

  const text = schema.checkText(before);
  assertTextResult(text, { ...wanted, json: any });
  const bytes = schema.checkText(new TextEncoder().encode(before));
  assertTextResult(bytes, { ...wanted, json: any });
  if (!text.ok) return;
  assert.deepEqual(JSON.parse(text.json), wanted.value);
  if (wanted.changes === undefined) assert.equal(text.json, before, "a text without changes comes back byte for byte");
  assert.ok(bytes.json instanceof Uint8Array, "bytes in, bytes out");
  assert.equal(new TextDecoder().decode(bytes.json), text.json);
}
