// A verdict as the body of an HTTP error.

import { shown } from "./mistake.js";
import type { Issue } from "./types.js";

/** A problem as RFC 9457 has it, with one member more for the single errors. */
export interface Problem {
  /** `about:blank`: the title says it all (RFC 9457, section 4.2.1). */
  type: string;
  /** The phrase of the status. */
  title: string;
  /** The HTTP status. */
  status: number;
  /** The one error, or how many there are. */
  detail: string;
  /** The errors, in the order of the body. */
  errors: {
    /** Where: a JSON Pointer (RFC 6901). */
    pointer: string;
    /** The issue's code. */
    code: string;
    /** The issue's message. */
    detail: string;
  }[];
}

/** An error as Monaco's API answers. */
export interface MonacoError {
  /** The error. */
  error: {
    /** The code of the first issue. */
    code: string;
    /** All messages, each after its pointer. */
    message: string;
  };
}

/** An error as Recotap's API answers. */
export interface RecotapError {
  /** The HTTP status. */
  statusCode: number;
  /** All messages, each after its pointer. */
  message: string;
  /** The phrase of the status. */
  error: string;
  /** The errors by property. */
  data: {
    /** The path, with dots. */
    property: string;
    /** The messages by code. */
    constraints: Record<string, string>;
  }[];
}

/** What {@link toProblem} takes besides the verdict. */
export interface ProblemOptions<S extends "problem" | "monaco" | "recotap" = "problem"> {
  /** The HTTP status; 422 by default, 400 for `recotap`. */
  status?: number;
  /** As which API to answer; RFC 9457 by default. */
  shape?: S;
}

/** What {@link toProblem} gives, by shape. */
export interface ProblemShapes {
  /** RFC 9457. */
  problem: Problem;
  /** As Monaco's API answers. */
  monaco: MonacoError;
  /** As Recotap's API answers. */
  recotap: RecotapError;
}

/**
 * The errors of a verdict as the body of an HTTP answer: problem+json (RFC 9457), or as the API
 * behind an edge function would answer. Warnings are left out.
 *
 * @param result - anything with issues: what `check`, `checkText` or `plan` gave
 */
export function toProblem<S extends "problem" | "monaco" | "recotap" = "problem">(
  result: { issues: readonly Issue[] },
  { status, shape }: ProblemOptions<S> = {},
): ProblemShapes[S] {
  const errors = result.issues.filter((issue) => issue.severity === "error");
  const shapes = { problem, monaco, recotap };
  return shapes[(shape ?? "problem") as "problem"](errors, status) as ProblemShapes[S];
}

function problem(errors: readonly Issue[], status = 422): Problem {
  return {
    type: "about:blank",
    title: phrase(status),
    status,
    detail: summary(errors),
    errors: errors.map(({ pointer, code, message }) => ({ pointer, code, detail: message })),
  };
}

function monaco(errors: readonly Issue[]): MonacoError {
  return { error: { code: errors[0]?.code ?? "invalid", message: told(errors) } };
}

function recotap(errors: readonly Issue[], statusCode = 400): RecotapError {
  const data = new Map<string, Record<string, string>>();
  for (const { path, code, message } of errors) {
    const property = path.join(".");
    data.set(property, { ...data.get(property), [code]: message });
  }
  return {
    statusCode,
    message: told(errors),
    error: phrase(statusCode),
    data: [...data].map(([property, constraints]) => ({ property, constraints })),
  };
}

function summary(errors: readonly Issue[]): string {
  return errors.length === 1 ? told(errors) : `the body has ${errors.length} errors`;
}

function told(errors: readonly Issue[]): string {
  return errors.map(({ pointer, message }) => (pointer === "" ? message : `${shown(pointer)}: ${message}`)).join("; ");
}

/** RFC 9110, section 15, as far as a body can be at fault. */
function phrase(status: number): string {
  return PHRASES[status] ?? (status < 500 ? "Bad Request" : "Internal Server Error");
}

const PHRASES: Record<number, string> = {
  400: "Bad Request",
  403: "Forbidden",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  500: "Internal Server Error",
  502: "Bad Gateway",
};
