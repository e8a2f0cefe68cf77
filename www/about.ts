// What the footer tells, loaded after the part: it needs the package.

import { info } from "prewash";

/** The package's version, and by what international names are judged. */
export function about(): string {
  const { version, unicode, idna } = info();
  return `Prewash ${version}, ${idna === "host" ? "international names judged by your browser" : `Unicode ${unicode}`}.`;
}
