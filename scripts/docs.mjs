// npm run docs: the reference, from the doc comments: of the crate by rustdoc, of the package by TypeDoc.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { Refusal, main, root, run } from "./command.mjs";
import { build } from "./build.mjs";

/** Where they are written. */
export const REFERENCE = { rust: "target/doc/prewash/index.html", javascript: "target/reference/index.html" };

/**
 * Writes both. A link that leads nowhere is refused, and what is public and says nothing of itself (of the
 * crate by the compiler: `missing_docs`).
 */
export async function docs() {
  await rustdoc();
  await typedoc();
}

async function rustdoc() {
  // The table of a record is explained by constants that only the crate sees.
  const flags = "-D warnings -A rustdoc::private_intra_doc_links";
  const child = spawn("cargo", ["doc", "--package=prewash", "--no-deps", "--locked"], { cwd: root, stdio: "inherit", env: { ...process.env, RUSTDOCFLAGS: flags } });
  const status = await new Promise((resolve) => child.on("close", resolve));
  if (status !== 0) throw new Refusal(`\`RUSTDOCFLAGS="${flags}" cargo doc\` failed`);
}

async function typedoc() {
  const options = [
    ...["--entryPoints", "pkg/src/index.ts", "--tsconfig", "pkg/tsconfig.json", "--out", "target/reference"],
    ...["--name", "Prewash", "--readme", "pkg/README.md", "--excludeInternal", "--disableSources", "--hideGenerator"],
    // What types are computed from is told where they are used.
    ...["--validation.notExported", "false", "--validation.notDocumented", "--validation.invalidLink", "--treatWarningsAsErrors"],
    ...ASKED.flatMap((name) => ["--intentionallyNotDocumented", name]),
  ];
  await run("node", join("node_modules", "typedoc", "bin", "typedoc"), ...options);
}

/** What conditional types ask for, which TypeDoc takes for properties. */
const ASKED = ["OpenApiOf.__type.paths", "BatchOperationOf.batch.__type.200", "BatchOperationOf.response.__type.200", "OperationOf.response.__type.200"];

await main(import.meta.url, async () => {
  await build();
  await docs();
  console.log(`\n${REFERENCE.rust}\n${REFERENCE.javascript}`);
});
