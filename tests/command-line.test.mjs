// The command `prewash`, as a process: its outputs, its exit status, its memory.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../pkg/dist/cli.js", import.meta.url));
const EXAMPLES = fileURLToPath(new URL("../examples/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "prewash-cli-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
/** Writes a file; gives its path. */
const file = (name, content) => {
  mkdirSync(join(folder, String(++files)));
  const path = join(folder, String(files), name);
  writeFileSync(path, content);
  return path;
};
/** A path that nothing is at yet. */
const fresh = (name) => join(folder, `${++files}-${name}`);
const lines = (path) => readFileSync(path, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const prewash = (args, { input, ...options } = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: "utf8", input: input ?? "", ...options });
  return { status, stdout, stderr };
};
/** Runs a check with both outputs. */
const check = (operation, path, ...args) => {
  const [out, report] = [fresh("out.ndjson"), fresh("report.ndjson")];
  const done = prewash(["check", operation, path, "--out", out, "--report", report, ...args]);
  return { ...done, out: existsSync(out) ? lines(out) : undefined, report: existsSync(report) ? lines(report) : undefined };
};

describe("check", () => {
  test("of a single operation writes a cleaned body a line", () => {
    const path = file("a.ndjson", '{"domain":"www.acme.com","custom_field_1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d":1.50}\n\n{"domain":"acme.com"}\r\n');
    const out = fresh("out.ndjson");
    const { status, stdout, stderr } = prewash(["check", "monaco.upsertAccount", path, "--out", out]);
    assert.equal(readFileSync(out, "utf8"), '{"domain":"acme.com","custom_field_1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d":1.50}\n{"domain":"acme.com"}\r\n'.replace("\r", ""));
    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal(
      stdout,
      `monaco.upsertAccount: ${path}\n\nrows           2\nready to send  2\nleft out       0\nerrors         0\nwarnings       0\nchanges        1\n\ncleaned bodies: ${out}\n`,
    );
  });
  test("reports issues and changes with the row, the index, and the place in the file", () => {
    const path = file("a.ndjson", '{"domain":"acme.com"}\n\n{"notes":"é",\t"domain":"x"}\n{"domain":"www.b.com"}\n{"domain"\n');
    const { status, out, report } = check("monaco.upsertAccount", path);
    assert.equal(status, 1);
    assert.deepEqual(out, [{ domain: "acme.com" }, { domain: "b.com" }]);
    assert.deepEqual(report, [
      {
        row: 3,
        index: 1,
        code: "single_label",
        severity: "error",
        path: ["domain"],
        pointer: "/domain",
        message: "`x` is a single name; give a whole domain such as `acme.com`",
        params: { found: "x", example: "acme.com" },
        position: { line: 3, column: 24, offset: 47 },
      },
      { row: 4, index: 2, path: ["domain"], pointer: "/domain", from: "www.b.com", to: "b.com", rule: "domain" },
      {
        row: 5,
        index: 3,
        code: "invalid_json",
        severity: "error",
        path: [],
        pointer: "",
        message: "not JSON: the text ends where `:` is expected",
        params: { expected: "`:`", found: "the text ends" },
        position: { line: 5, column: 10, offset: 84 },
      },
    ]);
  });
  test("warnings alone are clean", () => {
    const { status, report } = check("monaco.upsertAccount", file("a.json", '{"domain":"acme.com","website":1}'));
    assert.equal(status, 0);
    assert.deepEqual(report.map(({ severity, code }) => [severity, code]), [["warning", "unknown_key"]]);
  });
  test("--strict makes them errors", () => {
    const { status, out } = check("monaco.upsertAccount", file("a.json", '{"domain":"acme.com","website":1}'), "--strict");
    assert.deepEqual([status, out], [1, []]);
  });
  test("of a batch groups items into requests of at most 100, domains remembered", () => {
    const path = file("a.ndjson", Array.from({ length: 230 }, (_, index) => `{"domain":"www.site${index % 220}.com","name":"S"}\n`).join(""));
    const existing = file("existing.txt", "https://www.Site3.com\n\nsite4.com,id4\nsite5.com\tid5\n");
    const { status, out, report } = check("recotap.pushAccounts", path, "--existing", existing, "--upsert", "--set", "segmentId=007");
    assert.equal(status, 0);
    assert.deepEqual(out.map(({ accounts, ...rest }) => [accounts.length, rest]), [100, 100, 30].map((count) => [count, { upsert: true, segmentId: "007" }]));
    const again = report.filter(({ code }) => code === "duplicate_in_batch");
    assert.deepEqual(again.map(({ row, index, path, pointer }) => [row, index, path, pointer]).at(0), [221, 220, ["domain"], "/domain"]);
    assert.equal(again.length, 10);
  });
  test("of a batch without --upsert fails those that exist, which are sent all the same", () => {
    const path = file("a.ndjson", '{"domain":"a.com","name":"A"}\n{"domain":"b.com","name":"B"}\n');
    const { status, stdout, out } = check("recotap.pushAccounts", path, "--existing", file("existing.json", '{"a.com":"1"}'));
    assert.equal(status, 1);
    assert.equal(out[0].accounts.length, 2, "it is the vendor who fails them");
    assert.match(stdout, /^ready to send +2 {2}in 1 request: 1 created, 0 updated, 1 failed$/m);
  });
  test("judges the segment, which refuses whole requests", () => {
    const path = file("a.ndjson", '{"domain":"a.com","name":"A"}\n');
    for (const [segment, code] of [["dynamic/active", "segment_type"], ["static/archived", "segment_status"], ["none", "segment_not_found"]]) {
      const { status, out, report } = check("recotap.pushAccounts", path, "--segment", segment, "--set", "segmentId=s1");
      assert.deepEqual([status, out], [1, []]);
      assert.deepEqual(report.map(({ row, index, code, path }) => [row, index, code, path]), [[null, null, code, ["segmentId"]]]);
    }
    assert.equal(check("recotap.pushAccounts", path, "--segment", "static/draft", "--set", "segmentId=s1").status, 0);
  });
  test("--custom-fields tells which there are", () => {
    const path = file("a.ndjson", '{"domain":"a.com","name":"A","customFields":{"REGION_C":"EMEA","PARTNER_C":"x"}}\n{"domain":"b.com","name":"B","customFields":{"NO_C":1}}\n');
    const { status, out, report } = check("recotap.pushAccounts", path, "--custom-fields", join(EXAMPLES, "custom-fields.json"));
    assert.equal(status, 1);
    assert.deepEqual(report.map(({ row, code, pointer }) => [row, code, pointer]), [[1, "type", "/customFields/PARTNER_C"], [2, "unknown_custom_field", "/customFields/NO_C"]]);
    assert.deepEqual(out.flatMap(({ accounts }) => accounts.map(({ domain }) => domain)), ["b.com"], "the vendor fails the unknown key");
    const keys = file("keys.txt", "REGION_C\nPARTNER_C\nNO_C\n");
    assert.equal(check("recotap.pushAccounts", path, "--custom-fields", keys).status, 0);
  });
  test("takes an operation by its own name, where that is enough", () => {
    assert.equal(check("pushAccounts", file("a.json", '[{"domain":"a.com","name":"A"}]')).status, 0);
  });
  test("of one's own API", () => {
    const api = file("api.json", JSON.stringify({
      openapi: "3.1.0",
      paths: { "/sites": { post: { requestBody: { content: { "application/json": { schema: { type: "object", properties: { site: { type: "string", format: "domain" } } } } } } } } },
    }));
    const { status, out } = check("POST /sites", file("a.csv", "SITE\nwww.acme.com\n"), "--api", api);
    assert.deepEqual([status, out], [0, [{ site: "acme.com" }]]);
  });
});

describe("JSON", () => {
  test("an array is read item by item, in requests on one line each", () => {
    const text = '[\n  {\n    "domain": "www.a.com",\n    "name": "A ] , } \\" B"\n  },\n  {"domain": "localhost", "name": "é"}\n , { "domain":"c.com",\r\n"name":"C" } ]\n';
    const { status, out, report } = check("recotap.pushAccounts", file("a.json", text));
    assert.equal(status, 1);
    assert.deepEqual(out, [{ accounts: [{ domain: "a.com", name: 'A ] , } " B' }, { domain: "c.com", name: "C" }] }]);
    assert.deepEqual(report.map(({ row, index, pointer, position }) => [row, index, pointer, position]), [
      [1, 0, "/domain", undefined],
      [2, 1, "/domain", { line: 6, column: 14, offset: text.indexOf('"localhost"') }],
    ]);
  });
  test("an object is one body, or a whole request of a batch", () => {
    const request = '{"accounts":[{"domain":"www.a.com","name":"A"},{"domain":"x","name":"X"}],"segmentId":" s1 ","upsert":true}';
    const { status, out, report } = check("recotap.pushAccounts", file("a.json", request));
    assert.equal(status, 1);
    assert.deepEqual(out, [{ accounts: [{ domain: "a.com", name: "A" }], segmentId: "s1", upsert: true }]);
    assert.deepEqual(report.filter(({ code }) => code).map(({ row, pointer, position }) => [row, pointer, position.offset]), [[2, "/domain", request.indexOf('"x"')]]);
    assert.equal(prewash(["check", "recotap.pushAccounts", file("b.json", request), "--upsert"]).status, 2);
  });
  test("an array that is broken is an issue of its item, or ends the run where its end is not found", () => {
    const { status, report } = check("monaco.upsertAccount", file("a.json", '[{"domain":"a.com"},,{"domain":"b.com"} {"domain":"c.com"}]'));
    assert.equal(status, 1);
    assert.deepEqual(report.map(({ row, code }) => [row, code]), [[2, "invalid_json"], [3, "invalid_json"]]);
    for (const text of ['[{"domain":"a.com"}', '[{"domain":"a.com}]', "[", '[{"domain":"a.com"}] []']) {
      const { status, stderr } = prewash(["check", "monaco.upsertAccount", file("a.json", text)]);
      assert.equal(status, 2, text);
      assert.match(stderr, /^prewash: .*array.*\n$/);
    }
  });
  test("nothing at all is an issue, an empty array is none", () => {
    assert.deepEqual(check("monaco.upsertAccount", file("a.json", "")).report.map(({ code }) => code), ["invalid_json"]);
    assert.equal(check("monaco.upsertAccount", file("a.json", " [ ] ")).status, 0);
    assert.equal(check("monaco.upsertAccount", file("a.ndjson", "")).status, 0);
  });
});

describe("CSV", () => {
  const map = ["--map", "Company Name=name", "--map", "Website=domain", "--map", "LinkedIn=linkedinUrl"];
  test("columns are mapped by --map and by name or title, and the rest is listed", () => {
    const { status, stdout, stderr, out, report } = check("recotap.pushAccounts", join(EXAMPLES, "accounts.csv"), ...map);
    assert.equal(status, 1);
    assert.equal(stderr, 'prewash: the column `Phone` is no field of recotap.pushAccounts; map it with --map "Phone=FIELD", or leave it out with --map "Phone="\n');
    assert.match(stdout, /^columns that are no field, and were not used: Phone$/m);
    assert.deepEqual(out[0].accounts[1], {
      name: "Globex, Corporation",
      domain: "globex.com",
      linkedinUrl: "https://www.linkedin.com/company/globex",
      tags: ["enterprise"],
      shortName: "Globex",
      externalId: "crm-002",
    });
    assert.deepEqual(report.find(({ code }) => code === "email_address"), {
      row: 10,
      index: 8,
      column: "Website",
      code: "email_address",
      severity: "error",
      path: ["domain"],
      pointer: "/domain",
      message: "`tony@stark.com` is an e-mail address; give a value such as `acme.com`; did you mean `stark.com`",
      params: { found: "tony@stark.com", example: "acme.com" },
      suggestion: "stark.com",
    });
  });
  test("headers that are no field get a suggestion, by their letters, their words or what is below them", () => {
    const { status, stderr } = check("recotap.pushAccounts", join(EXAMPLES, "accounts.csv"));
    assert.equal(status, 1);
    for (const hint of ["Company Name=name", "Website=domain", "LinkedIn=linkedinUrl"]) assert.ok(stderr.includes(`--map "${hint}"`), hint);
    assert.match(stderr, /no column is `domain`, which every row needs/);
    assert.match(check("recotap.pushAccounts", file("a.csv", "domian,name\na.com,A\n")).stderr, /--map "domian=domain"/);
  });
  test("--map to nothing leaves a column out, and --strict asks for that", () => {
    const path = file("a.csv", "domain,name,Phone\nwww.a.com,A,5\n");
    const strict = check("recotap.pushAccounts", path, "--strict");
    assert.deepEqual([strict.status, strict.out], [2, undefined]);
    assert.match(strict.stderr, /`Phone`/);
    const { status, stdout, stderr } = check("recotap.pushAccounts", path, "--strict", "--map", "Phone=");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^columns left out as asked: Phone$/m);
  });
  test("cells become what their fields take, and are text where that fails", () => {
    const csv = [
      "First Name,do-not-contact,TAGS,email,custom_field_1A2B3C4D-5E6F-4A7B-8C9D-0E1F2A3B4C5D",
      '007,TRUE,3c90c3cc-0d44-4b50-8888-8dd25736052a|7f3b1a52-9c0e-4d1f-8a6b-2e5d4c3b2a10,a@b.com,1.50',
      'true,no,"[""3c90c3cc-0d44-4b50-8888-8dd25736052a""]",a@b.com,',
      " , ,,a@b.com,",
      "A,maybe,,a@b.com,",
    ].join("\r\n");
    const { out, report } = check("monaco.upsertContact", file("a.csv", csv));
    const [tag, other] = ["3c90c3cc-0d44-4b50-8888-8dd25736052a", "7f3b1a52-9c0e-4d1f-8a6b-2e5d4c3b2a10"];
    assert.deepEqual(out, [
      { first_name: "007", do_not_contact: true, tags: [tag, other], email: "a@b.com", "custom_field_1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d": "1.50" },
      { first_name: "true", do_not_contact: false, tags: [tag], email: "a@b.com" },
      { email: "a@b.com" },
    ]);
    assert.deepEqual(report.filter(({ code }) => code).map(({ row, column, code }) => [row, column, code]), [[5, "do-not-contact", "type"]]);
  });
  test("custom fields are columns by key, by label or by customFields.KEY, typed by their definitions", () => {
    const csv = "domain,name,Contract value,customFields.PARTNER_C,PRODUCTS_C,customFields.REMARK_C\na.com,A,75000.00,yes,Anvils; Rockets,007\n";
    const { status, out, stderr } = check("recotap.pushAccounts", file("a.csv", csv), "--custom-fields", join(EXAMPLES, "custom-fields.json"));
    assert.deepEqual([status, stderr], [0, ""]);
    assert.deepEqual(out[0].accounts[0].customFields, { CONTRACT_VALUE_C: 75000, PARTNER_C: true, PRODUCTS_C: ["Anvils", "Rockets"], REMARK_C: "007" });
  });
  test("numbers keep their digits", () => {
    const out = fresh("out.ndjson");
    prewash(["check", "recotap.pushAccounts", file("a.csv", "domain,name,CONTRACT_VALUE_C\na.com,A,75000.00\n"), "--custom-fields", join(EXAMPLES, "custom-fields.json"), "--out", out]);
    assert.match(readFileSync(out, "utf8"), /"CONTRACT_VALUE_C":75000\.00/);
  });
  test("rows are told by the line they start at, through quotes and blank lines", () => {
    const csv = 'domain,name\n\nlocalhost,"A\nB\nC"\n\nlocalhost,B\r\n"local\nhost","C"\nlocalhost,D';
    const { report } = check("recotap.pushAccounts", file("a.csv", csv));
    assert.deepEqual(report.filter(({ code }) => code).map(({ row, index }) => [row, index]), [[3, 0], [7, 1], [8, 2], [10, 3]]);
  });
  test("a row with more cells than the header is an error, and is not sent", () => {
    const csv = "domain,name\na.com,A,B\nb.com,B,,\nc.com\n";
    const { status, out, report } = check("recotap.pushAccounts", file("a.csv", csv));
    assert.equal(status, 1);
    assert.deepEqual(out[0].accounts, [{ domain: "b.com", name: "B" }]);
    assert.deepEqual(report.map(({ row, code }) => [row, code]), [[2, "column_count"], [4, "required"]]);
  });
  test("semicolons and tabs separate as well", () => {
    const expected = [{ accounts: [{ domain: "a.com", name: "A, B" }] }];
    assert.deepEqual(check("recotap.pushAccounts", file("a.csv", 'domain;"name"\na.com;A, B\n')).out, expected);
    assert.deepEqual(check("recotap.pushAccounts", file("a.tsv", "domain\tname\na.com\tA, B\n")).out, expected);
    assert.deepEqual(check("recotap.pushAccounts", file("a.txt", "domain\tname\na.com\tA, B\n"), "--format", "csv").out, expected);
  });
  test("what cannot be read ends the run and says where", () => {
    const broken = (csv, ...args) => {
      const { status, stderr } = prewash(["check", "recotap.pushAccounts", file("a.csv", csv), ...args]);
      assert.equal(status, 2, csv);
      return stderr;
    };
    assert.match(broken('domain,name\na.com,"A\nb.com,B\n'), /line \d+: a cell's quote is never closed/);
    assert.match(broken('domain,name\na.com,A "B"\n'), /line 2: a quote stands within a cell/);
    assert.match(broken(""), /is empty/);
    assert.match(broken("domain,Domain,name\na.com,b.com,A\n"), /`domain` and `Domain` are both `domain`/);
    assert.match(broken("domain,name\n", "--map", "Web=domain"), /there is no column `Web`/);
    assert.match(broken("domain,name,x\n", "--map", "x=sise"), /`sise` is no field/);
    assert.match(broken("domain,name\n", "--map", "x"), /HEADER=FIELD/);
  });
});

describe("encodings", () => {
  test("a UTF-8 byte order mark is left out", () => {
    for (const [name, text] of [["a.csv", "domain,name\na.com,A\n"], ["a.ndjson", '{"domain":"a.com","name":"A"}'], ["a.json", '[{"domain":"a.com","name":"A"}]']]) {
      assert.deepEqual(check("recotap.pushAccounts", file(name, `\ufeff${text}`)).out, [{ accounts: [{ domain: "a.com", name: "A" }] }], name);
    }
  });
  test("UTF-16 is refused", () => {
    for (const name of ["a.csv", "a.ndjson", "a.json"]) {
      for (const bytes of [Buffer.from("\ufeffdomain,name\n", "utf16le"), Buffer.from("domain,name\n", "utf16le"), Buffer.from("\ufeff[1]", "utf16le").swap16()]) {
        const { status, stderr } = prewash(["check", "recotap.pushAccounts", file(name, bytes)]);
        assert.equal(status, 2);
        assert.match(stderr, /is UTF-16 or UTF-32; save it as UTF-8\n$/);
      }
    }
  });
  test("Latin-1 is refused in tables and lists, and is an issue of its row in JSON", () => {
    const { status, stderr } = prewash(["check", "recotap.pushAccounts", file("a.csv", Buffer.from("domain,name\na.com,Caf\xe9\n", "latin1"))]);
    assert.equal(status, 2);
    assert.match(stderr, /is not UTF-8/);
    assert.equal(prewash(["domains", file("a.txt", Buffer.from("caf\xe9.com\n", "latin1"))]).status, 2);
    const { report } = check("recotap.pushAccounts", file("a.ndjson", Buffer.from('{"domain":"a.com","name":"Caf\xe9"}\n{"domain":"b.com","name":"B"}\n', "latin1")));
    assert.deepEqual(report.map(({ row, code }) => [row, code]), [[1, "invalid_unicode"]]);
  });
  test("characters that end in the next chunk are whole", () => {
    const csv = `domain,name\n${Array.from({ length: 20_000 }, (_, index) => `s${index}.com,Łódź €uro 😀 ${index}\n`).join("")}`;
    const { status, out } = check("recotap.pushAccounts", file("a.csv", csv));
    assert.equal(status, 0);
    const names = out.flatMap(({ accounts }) => accounts.map(({ name }) => name));
    assert.ok(names.every((name, index) => name === `Łódź €uro 😀 ${index}`));
  });
});

describe("outputs", () => {
  const good = file("good.ndjson", '{"domain":"www.acme.com"}\n');
  test("- is standard input and standard output, and people are told on standard error", () => {
    const { status, stdout, stderr } = prewash(["check", "monaco.upsertAccount", "-", "--format", "ndjson", "--out", "-"], { input: '{"domain":"www.acme.com"}\n' });
    assert.deepEqual([status, stdout], [0, '{"domain":"acme.com"}\n']);
    assert.match(stderr, /^monaco.upsertAccount: standard input$/m);
    assert.match(prewash(["check", "monaco.upsertAccount", "-"]).stderr, /--format json\|ndjson\|csv\|tsv/);
  });
  test("without --report the first issues are told one by one", () => {
    const path = file("a.ndjson", '{"domain":"localhost"}\n'.repeat(30));
    const { status, stdout } = prewash(["check", "monaco.upsertAccount", path]);
    assert.equal(status, 1);
    assert.equal(stdout.match(/^row \d+ .*single_label/gm).length, 20);
    assert.match(stdout, /^… and 10 more; --report FILE has them all$/m);
  });
  test("control characters of the input are never printed", () => {
    const nasty = "\u001b[31m\u009b2J\u0007\u202e\u200b";
    const path = file("a.csv", `domain,name,${nasty}\n${nasty},A,x\n`);
    const { stdout, stderr } = prewash(["check", "recotap.pushAccounts", path]);
    // eslint-disable-next-line no-control-regex
    assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u200b]/);
    assert.match(stderr, /\\u\{1b\}\[31m/);
    for (const args of [["check", nasty, path], [nasty], ["check", "monaco.upsertAccount", nasty], ["check", "--x", nasty], ["domains", path, "--column", nasty]]) {
      const { status, stdout, stderr } = prewash(args);
      assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u200b]/);
      if (args[0] !== "domains") assert.equal(status, 2);
    }
  });
  test("inputs are not written over", () => {
    for (const args of [["--out", good], ["--report", good]]) {
      const { status, stderr } = prewash(["check", "monaco.upsertAccount", good, ...args]);
      assert.equal(status, 2);
      assert.match(stderr, /is an input as well/);
    }
    assert.equal(readFileSync(good, "utf8"), '{"domain":"www.acme.com"}\n');
  });
  test("a reader that leaves is no failure to speak of", async () => {
    const path = file("a.txt", "acme.com\n".repeat(200_000));
    const child = spawn(process.execPath, [CLI, "domains", path], { stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (data) => (stderr += data));
    child.stdout.once("data", () => child.stdout.destroy());
    await once(child, "close");
    assert.doesNotMatch(stderr, /Error|EPIPE|at /);
  });
  test("what cannot be read or written is told, status 2", () => {
    for (const args of [
      ["check", "monaco.upsertAccount", join(folder, "none.json")],
      ["check", "monaco.upsertAccount", folder, "--format", "json"],
      ["check", "monaco.upsertAccount", good, "--out", join(folder, "none", "out.ndjson")],
      ["check", "recotap.pushAccounts", good, "--existing", join(folder, "none.txt")],
      ["check", "recotap.pushAccounts", good, "--custom-fields", file("c.json", "{}")],
      ["check", "recotap.pushAccounts", good, "--existing", file("e.json", "5")],
      ["check", "monaco.upsertAccount", good, "--api", file("api.json", "{}")],
      ["domains", join(folder, "none.txt")],
    ]) {
      const { status, stdout, stderr } = prewash(args);
      assert.deepEqual([status, stdout], [2, ""], args.join(" "));
      assert.match(stderr, /^prewash: .+\n$/);
      assert.doesNotMatch(stderr, /\n\s+at /);
    }
  });
  test("memory does not grow with the file", { timeout: 120_000 }, () => {
    const [small, large] = [20_000, 200_000].map((count) => {
      const line = (index) => `{"domain":"https://www.site-${index}.com/x","name":"Site ${index}","tags":["a","b"],"linkedinUrl":"https://linkedin.com/company/site-${index}"}\n`;
      return file("a.ndjson", Array.from({ length: count }, (_, index) => line(index)).join(""));
    });
    const measured = `data:text/javascript,import{isMainThread}from"node:worker_threads";isMainThread&&process.on("exit",()=>process.stderr.write("rss="+process.resourceUsage().maxRSS+"\\n"))`;
    const peak = (path, ...args) => {
      const { status, stderr } = spawnSync(process.execPath, ["--import", measured, CLI, "check", ...args, path, "--out", fresh("out.ndjson")], { encoding: "utf8" });
      assert.ok(status < 2, stderr);
      return Number(/rss=(\d+)/.exec(stderr)[1]) / 1024;
    };
    // The domains of a batch are remembered: 180,000 are 4 MB.
    for (const [grows, ...args] of [[15, "monaco.upsertAccount"], [25, "recotap.pushAccounts"], [40, "recotap.pushAccounts", "--workers", "2"]]) {
      const [less, more] = [peak(small, ...args), peak(large, ...args)];
      assert.ok(more - less < grows && more < 150, `${args.join(" ")}: ${less} MB, then ${more} MB`);
    }
  });
});

describe("workers", () => {
  /** Lines of every kind: good ones, bad ones, some that come again, some that are JSON only next to others. */
  const mixed = (index) =>
    [
      `{"domain":"https://www.Site-${index}.com/x","name":"Site ${index}","tags":["a","b"]}`,
      `{"domain":"again-${index % 700}.com","name":"é ${index}","website":"x"}\r`,
      `{"domain":"localhost","name":"N","size":${index}.50}`,
      `{"domain":"exists-${index % 50}.com","name":"E","customFields":{"NO_C":1,"REGION_C":"x"}}`,
      `\t{"customFields":{"NO_C":1},"domain": "unknown-${index % 90}.com",\r "name":" U "}`,
      "",
      " \t\r",
      `{"domain":"bad-${index}.com","name":`,
      `{"domain":"a-${index}.com","name":"A"},{"domain":"b-${index}.com","name":"B"}`,
      `[{"domain":"c-${index}.com","name":"C"}`,
      `{"domain":"d-${index}.com","name":"D"}]`,
      `{"name":"😀","domain":"e-${index}.com","name":"twice"}`,
      `{"name":"\\ud800","domain":"f-${index}.com"}`,
      "null",
    ][index % 14];
  const text = (count, line = mixed) => Array.from({ length: count }, (_, index) => line(index)).join("\n");
  /** The bytes of both outputs, and what else shows. */
  const run = (operation, path, workers, ...args) => {
    const [out, report] = [fresh("out.ndjson"), fresh("report.ndjson")];
    const { status, stdout, stderr } = prewash(["check", operation, path, "--out", out, "--report", report, "--workers", String(workers), ...args]);
    const told = stdout.split("\n").filter((line) => !/^(cleaned|issues and)/.test(line));
    return { status, told, stderr, out: readFileSync(out, "utf8"), report: readFileSync(report, "utf8") };
  };

  test("any number of them give the same outputs, byte for byte", () => {
    const long = (size, index) => `{"domain":"long-${index}.com","name":"${"x".repeat(size)}"}`;
    const path = file("a.ndjson", `\ufeff${text(9000)}\n${long(9 << 20, 1)}\n${text(300)}\n${long(17 << 20, 2)}\n${text(9000)}`);
    const existing = file("existing.txt", Array.from({ length: 50 }, (_, index) => `exists-${index}.com,id${index}`).join("\n"));
    const fields = ["--existing", existing, "--custom-fields", file("keys.txt", "REGION_C\n")];
    for (const [operation, ...args] of [["recotap.pushAccounts", ...fields], ["recotap.pushAccounts", ...fields, "--upsert", "--set", "segmentId=s1"], ["monaco.upsertAccount"]]) {
      const one = run(operation, path, 1, ...args);
      assert.deepEqual([one.status, one.stderr], [1, ""]);
      assert.equal(JSON.parse(one.report.trimEnd().split("\n").at(-1)).position.line, 18_302);
      for (const workers of [2, 3]) assert.ok(isSame(run(operation, path, workers, ...args), one), `${operation} ${args.join(" ")} --workers ${workers}`);
    }
  });
  test("what comes again is told with the first that came, however far before", () => {
    const path = file("a.ndjson", text(30_000, (index) => `{"domain":"www.site-${index % 29_999}.com","name":"S"}`));
    const { status, told, report } = run("recotap.pushAccounts", path, 2);
    assert.equal(status, 0);
    assert.ok(told.includes("ready to send  30,000  in 300 requests: 29,999 created, 0 updated, 1 failed"), told.join("\n"));
    const issues = report.split("\n").filter((line) => line.includes('"code"')).map((line) => JSON.parse(line));
    assert.deepEqual(issues.map(({ row, code, path, params }) => [row, code, path, params.first]), [[30_000, "duplicate_in_batch", ["domain"], 0]]);
  });
  test("NDJSON is judged as the same rows in a JSON array are", () => {
    const rows = Array.from({ length: 500 }, (_, index) => mixed(14 * index + (index % 5)));
    const [array, lines] = [file("a.json", `[${rows.join(",\n")}]`), file("a.ndjson", rows.join("\n"))].map((path) => run("recotap.pushAccounts", path, 2));
    const issues = ({ report }) => report.trimEnd().split("\n").map((line) => JSON.parse(line)).map(({ position: _, ...rest }) => rest);
    // White space around an item is part of a line, not of an element.
    const requests = ({ out }) => out.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.ok(isSame(requests(lines), requests(array)));
    assert.ok(isSame(issues(lines), issues(array)));
  });
  test("a number of them that makes no sense is refused", () => {
    const path = file("a.ndjson", "{}\n");
    for (const workers of ["0", "x", "-1", "1.5", "33", ""]) {
      const { status, stdout, stderr } = prewash(["check", "recotap.pushAccounts", path, `--workers=${workers}`]);
      assert.deepEqual([status, stdout, stderr], [2, "", `prewash: --workers ${workers}: give a whole number from 1 to 32\n`]);
    }
  });
  test("one that fails ends the run, status 2", () => {
    const path = file("a.ndjson", text(20_000));
    for (const [failure, reason] of [["process.exit(7)", /^prewash: a worker failed: it ended with status 7\n$/], ["setTimeout(()=>{throw Error('broken')},1)", /^prewash: a worker failed: broken\n$/]]) {
      const failing = `data:text/javascript,import{isMainThread}from"node:worker_threads";isMainThread||${failure}`;
      const args = ["--import", failing, CLI, "check", "recotap.pushAccounts", path, "--workers", "2", "--out", fresh("out.ndjson")];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 20_000 });
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, reason);
    }
  });
  test("a reader that leaves, or a signal, ends them too", { timeout: 30_000 }, async () => {
    const path = file("a.ndjson", text(60_000));
    for (const leave of [(child) => child.stdout.destroy(), (child) => child.kill("SIGINT")]) {
      const child = spawn(process.execPath, [CLI, "check", "recotap.pushAccounts", path, "--workers", "2", "--out", "-"], { stdio: ["ignore", "pipe", "pipe"] });
      let stderr = "";
      child.stderr.on("data", (data) => (stderr += data));
      child.stdout.once("data", () => leave(child));
      const [status, signal] = await once(child, "close");
      assert.ok(status === 2 || signal === "SIGINT", `${status} ${signal}`);
      assert.equal(stderr, "");
    }
  });
});

/** Compared so: a difference in megabytes of text takes minutes to print. */
function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

describe("domains", () => {
  test("writes the clean ones to standard output and tells of the others on standard error", () => {
    const path = file("a.txt", "https://www.Acme.com/foo\r\n\nlocalhost\nmünchen.de");
    const { status, stdout, stderr } = prewash(["domains", path]);
    assert.deepEqual([status, stdout], [1, "acme.com\nxn--mnchen-3ya.de\n"]);
    assert.match(stderr, /^row 3 +error +single_label +`localhost` is a single name/m);
    assert.match(stderr, /^refused +1$/m);
  });
  test("reads tables and JSON, and reports", () => {
    const report = fresh("report.ndjson");
    const out = fresh("out.txt");
    const { status } = prewash(["domains", file("a.csv", "Name,Web Site\nA,www.a.com\nB,\nC,x\n"), "--column", "Web Site", "--report", report, "--out", out]);
    assert.equal(status, 1);
    assert.equal(readFileSync(out, "utf8"), "a.com\n");
    assert.deepEqual(lines(report).map(({ row, index, code, rule }) => [row, index, code ?? rule]), [[2, 0, "domain"], [4, 1, "single_label"]]);
    assert.equal(prewash(["domains", file("b.json", '["www.a.com", 5, null]')]).stdout, "a.com\n");
    assert.equal(prewash(["domains", file("b.ndjson", '"www.a.com"\n"b.com"\n')]).stdout, "a.com\nb.com\n");
    assert.match(prewash(["domains", file("c.csv", "Name,Web\nA,a.com\n")]).stderr, /--column: Name, Web/);
    assert.equal(prewash(["domains", "-"], { input: "WWW.acme.com" }).stdout, "acme.com\n");
  });
});

describe("the command", () => {
  test("says all with --help, and its version", () => {
    const { status, stdout, stderr } = prewash(["--help"]);
    assert.deepEqual([status, stderr], [0, ""]);
    const options = ["workers", "existing", "custom-fields", "segment", "out", "report", "strict", "upsert", "map", "set", "format", "api", "column"];
    for (const option of options) assert.ok(stdout.includes(`--${option}`), option);
    assert.equal(prewash(["check", "--help"]).stdout, stdout);
    assert.ok(stdout.split("\n").every((line) => line.length <= 100));
    assert.equal(prewash(["--version"]).stdout, `${JSON.parse(readFileSync(new URL("../pkg/package.json", import.meta.url))).version}\n`);
    assert.deepEqual(prewash([]), { status: 2, stdout: "", stderr: stdout });
  });
  test("lists the operations and their fields", () => {
    const { status, stdout } = prewash(["operations"]);
    assert.equal(status, 0);
    for (const name of ["monaco.upsertAccount", "monaco.upsertContact", "monaco.updateContact", "reply.updateContactAccount", "recotap.pushAccounts"]) {
      assert.match(stdout, new RegExp(`^${name.replace(".", "\\.")}  (PUT|PATCH|POST) /`, "m"));
    }
    assert.match(prewash(["operations", "recotap.pushAccounts"]).stdout, /^ {4}domain +domain +required /m);
    assert.doesNotMatch(prewash(["operations", "recotap.pushAccounts"]).stdout, /monaco/);
  });
  test("refuses what it does not know, with what was probably meant", () => {
    for (const [args, hint] of [
      [["chek", "a", "b"], "did you mean `check`"],
      [["check", "recotap.pushAccount", "a.json"], "did you mean `recotap.pushAccounts`"],
      [["check", "recotap.pushAccounts"], "check takes OPERATION and FILE"],
      [["check", "recotap.pushAccounts", "a.json", "--sttrict"], "--sttrict"],
      [["check", "recotap.pushAccounts", "a.txt"], "--format json|ndjson|csv|tsv"],
      [["check", "recotap.pushAccounts", "a.json", "--format", "xml"], "`xml` is no format"],
      [["check", "monaco.upsertAccount", "a.json", "--upsert"], "--upsert is for batches"],
      [["check", "monaco.upsertAccount", "a.json", "--existing", "x"], "--existing is for batches"],
      [["check", "recotap.pushAccounts", "a.json", "--segment", "static"], "TYPE/STATUS"],
      [["check", "recotap.pushAccounts", "a.json", "--set", "segment=x"], "segmentId, upsert"],
      [["domains"], "domains takes FILE"],
    ]) {
      const { status, stdout, stderr } = prewash(args);
      assert.deepEqual([status, stdout], [2, ""], args.join(" "));
      assert.ok(stderr.startsWith("prewash: ") && stderr.includes(hint), `${args.join(" ")}: ${stderr}`);
    }
  });
});
