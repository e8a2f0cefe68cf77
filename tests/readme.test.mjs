// What the READMEs show is what happens, and the table of codes is the core's.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { root } from "../scripts/command.mjs";
import { examples, workplace } from "../scripts/examples.mjs";
import { codeExamples, codes, codesOutsideOfTheCore, isOutOfReach, issuesOf } from "../scripts/codes.mjs";
import { withCodes } from "../scripts/readme.mjs";

const documents = ["README.md", "pkg/README.md", "CONTRIBUTING.md", "SECURITY.md"];
for (const folder of ["docs", "docs/guides"]) {
  documents.push(...readdirSync(join(root, folder)).filter((name) => name.endsWith(".md")).map((name) => `${folder}/${name}`));
}

for (const name of documents) {
  describe(name, () => {
    const { folder, remove } = workplace();
    after(remove);
    const markdown = readFileSync(join(root, name), "utf8");
    for (const example of examples(markdown, name)) {
      test(example.name, async () => await example.run(folder));
    }
    test(`${name} leads to files that exist`, () => {
      // Not what looks like a link within code.
      const text = markdown.replace(/^```[^]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
      for (const [, target] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
        if (!/^https?:/.test(target)) assert.ok(existsSync(join(root, dirname(name), target)), target);
      }
    });
  });
}

describe("the table of codes", () => {
  test("in README.md is the core's list", async () => {
    const markdown = readFileSync(join(root, "README.md"), "utf8");
    assert.equal(markdown, withCodes(markdown, await codes(), codeExamples()), "run `npm run readme`");
  });

  test("has one example of every code, the core's first and in its order", async () => {
    const core = (await codes()).map(({ code }) => code);
    const others = codesOutsideOfTheCore().filter((code) => !core.includes(code));
    assert.deepEqual(codeExamples().map(({ code }) => code), [...core, ...others]);
  });

  test("tells of one code that no input leads to it", () => {
    assert.deepEqual(codeExamples().filter(isOutOfReach).map(({ code }) => code), ["internal"]);
  });

  for (const example of codeExamples().filter((one) => !isOutOfReach(one))) {
    test(`gives \`${example.code}\` as its example says`, async () => {
      const issue = (await issuesOf(example)).find(({ code }) => code === example.code);
      assert.equal(issue?.message, example.message);
      if (example.template === undefined) return;
      const parts = example.template.split(/\{\w+\}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
      assert.match(example.message, new RegExp(`^${parts.join("[^]+")}$`));
    });
  }
});

describe("an example", () => {
  const { folder, remove } = workplace();
  after(remove);

  /** What the examples of a markdown text fail with, none if they are true. */
  async function failures(...lines) {
    const failed = [];
    for (const example of examples(lines.join("\n"), "it.md")) {
      try {
        await example.run(folder);
      } catch (error) {
        failed.push([example.name, error.message]);
      }
    }
    return failed;
  }

  test("in sh is compared with the text that follows", async () => {
    assert.deepEqual(await failures("```sh", "$ echo a b", "ls Cargo.toml", "```", "", "```text", "a b", "Cargo.toml", "```"), []);
    assert.deepEqual(await failures("```sh", "echo one; echo two >&2", "```", "```text", "one", "```"), [
      ["it.md:1 (sh)", "printed:\none\ntwo\n\nexpected:\none"],
    ]);
  });

  test("in sh has the exit status that is told, else 0", async () => {
    assert.deepEqual(await failures("```sh status=3", "echo no; exit 3", "```"), []);
    assert.deepEqual(await failures("```sh", "echo no; exit 3", "```"), [
      ["it.md:1 (sh)", "exit status 3, expected 0:\nno\n"],
    ]);
  });

  test("may leave out text with `…`", async () => {
    assert.deepEqual(await failures("```sh", "seq 1 9", "```", "```text", "1", "…", "9", "```"), []);
    assert.equal((await failures("```sh", "seq 1 9", "```", "```text", "1", "…", "8", "```")).length, 1);
  });

  test("in js gives the value in its comment", async () => {
    const block = (value) => ["```js", "const a = [1, 2];", "", `a.map((n) => ({ n })); // → ${value}`, "```"];
    assert.deepEqual(await failures(...block("[{ n: 1 }, { n: 2 }]")), []);
    const [[name, message]] = await failures(...block("[{ n: 1 }]"));
    assert.equal(name, "it.md:1 (js)");
    assert.match(message, /it\.md:4/);
  });

  test("in js may put the value on lines of its own, print it or keep it", async () => {
    const block = (two) => [
      ..."text\n```js\nconst { a } = { a: { b: 1 } };\n// → {\n//     a: { b: 1 },\n//   }".split("\n"),
      "console.log(a.b + 1); // → " + two,
      "console.log(`${a.b} is one`); // → 1 is one",
      "```",
    ];
    assert.deepEqual(await failures(...block(2)), []);
    assert.equal((await failures(...block(3))).length, 1);
  });

  test("in js is compared with what it prints", async () => {
    const block = ["```js", "console.log('a');", "```", "", "```text", "a", "```"];
    assert.deepEqual(await failures(...block), []);
    assert.equal((await failures(...block.with(5, "b"))).length, 1);
  });

  test("that continues goes on from the one before", async () => {
    const one = ["```js", "const a = 1;", "```", "Then", "```js continue", "a + 1 // → 2", "```"];
    assert.deepEqual(await failures(...one), []);
    assert.equal((await failures(...one.with(4, "```js"))).length, 1);
  });

  test("in ts is checked by tsc", async () => {
    assert.deepEqual(await failures("```ts", "const a: number = 1;", "a // → 1", "```"), []);
    assert.deepEqual(await failures("", "```ts", "const a: number = 'x';", "```"), [
      ["it.md:2 (ts)", "it.md:3: Type 'string' is not assignable to type 'number'."],
    ]);
  });

  test("may read a file that is shown above it", async () => {
    const block = ["```csv file=a.csv", "domain", "```", "```sh", "cat a.csv", "```", "```text", "domain", "```"];
    assert.deepEqual(await failures(...block), []);
  });

  test("cannot be left out", () => {
    const refused = (...lines) => assert.throws(() => examples(lines.join("\n"), "it.md"), /^Error: it\.md/);
    refused("<!-- not run -->", "```sh", "false", "```");
    refused("```", "false", "```");
    refused("```sh", "npm test", "```", "```text", "fine", "```");
    refused("```js", "1");
  });
});
