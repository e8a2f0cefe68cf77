// A request as something to paste.

/** What is copied. */
export interface Request {
  /** `monaco.upsertAccount`, or of the user's own document `api.createLead`. */
  name: string;
  method: string;
  path: string;
  parameters: Record<string, unknown>;
  /** The header that the key goes into; `Authorization` if nobody says. */
  header: string | undefined;
  /** The clean body; empty where there is none. */
  json: string;
}

/** Stands for the host, which nobody knows here. */
const BASE = "https://api.example.com";

/** The request as JSON (the body alone), as a command line for curl, or as TypeScript that sends it. */
export function as(kind: "json" | "curl" | "typescript", request: Request): string {
  if (kind === "json") return request.json;
  return kind === "curl" ? curl(request) : typescript(request);
}

function curl(request: Request): string {
  const { method, json } = request;
  const [key, value] = keyOf(request);
  return [
    `curl --request ${method} ${quoted(urlOf(request))}`,
    `--header ${quoted(`${key}: ${value}`)}`,
    ...(json === "" ? [] : [`--header ${quoted("Content-Type: application/json")}`, `--data-raw ${quoted(json)}`]),
  ].join(" \\\n  ");
}

/** For a POSIX shell: in single quotes, in which only the quote itself means anything. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function typescript(request: Request): string {
  const { name, method, json } = request;
  const [vendor, id] = [name.slice(0, name.indexOf(".")), name.slice(name.indexOf(".") + 1)];
  const isOwn = vendor === "api";
  const [key, value] = keyOf(request);
  const at = /^[A-Za-z_$][\w$]*$/.test(id) ? `${vendor}.${id}` : `${vendor}[${JSON.stringify(id)}]`;
  const headers = [`${JSON.stringify(key)}: ${JSON.stringify(value)}`];
  const start = isOwn
    ? [`import { readFileSync } from "node:fs";`, `import { openapi } from "prewash";`, "", `const api = openapi(readFileSync("openapi.json", "utf8"));`]
    : [`import { ${vendor} } from "prewash";`, ""];
  const check: string[] = [];
  const body: string[] = [];
  if (json !== "") {
    headers.unshift(`"Content-Type": "application/json"`);
    // Text where JavaScript would not give it back as it is: a number of many digits, `__proto__`.
    const isSame = JSON.stringify(JSON.parse(json)) === json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1") && !json.includes("__proto__");
    check.push(
      isSame ? `const result = ${at}.body.check(${json});` : `const result = ${at}.body.checkText(${JSON.stringify(json)});`,
      `if (!result.ok) throw new Error(result.issues.map(({ pointer, message }) => \`\${pointer}: \${message}\`).join("\\n"));`,
      "",
    );
    body.push(`  body: ${isSame ? "JSON.stringify(result.value)" : "result.json"},`);
  }
  return [
    ...start,
    ...check,
    `const response = await fetch(${JSON.stringify(urlOf(request))}, {`,
    `  method: ${JSON.stringify(method)},`,
    `  headers: { ${headers.join(", ")} },`,
    ...body,
    "});",
    "console.log(response.status, await response.text());",
    "",
  ].join("\n");
}

function urlOf({ path, parameters }: Request): string {
  return BASE + path.replace(/\{([^}]+)\}/g, (whole, name: string) => (parameters[name] === undefined ? whole : encodeURIComponent(String(parameters[name]))));
}

function keyOf({ header }: Request): [string, string] {
  return header === undefined ? ["Authorization", "Bearer YOUR_KEY"] : [header, "YOUR_KEY"];
}
