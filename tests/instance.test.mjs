// The running core: what happens when it cannot start, traps, or is used for long.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { info, recotap, schema } from "prewash";
import { internal } from "./internal.mjs";

/** The glue, with a switch that makes the next call of a name trap as Rust's panics do. */
const TRAPPING = `
  import { glue as real } from "real:#glue";
  export function glue() {
    globalThis.started = (globalThis.started ?? 0) + 1;
    const glue = real();
    return Object.fromEntries(Object.entries(glue).map(([name, call]) => [name, (...args) => {
      if (globalThis.trap !== name) return call(...args);
      globalThis.trap = undefined;
      throw globalThis.trapped?.() ?? new WebAssembly.RuntimeError("unreachable");
    }]));
  }
`;

describe("a trap", async () => {
  const { schema, cleanDomain, cleanDomains, recotap, openapi } = await internal(`export * from "./index.js";`, { "#glue": TRAPPING });
  const internalIssue = (reason) => ({
    code: "internal",
    severity: "error",
    path: [],
    pointer: "",
    message: "the check failed through no fault of the input; please report it",
    params: { reason },
  });
  const refused = (reason = "unreachable") => ({ ok: false, issues: [internalIssue(reason)], changes: [] });
  const domain = schema({ type: "object", properties: { domain: { type: "string", format: "domain" } } });
  const strict = domain.with({ strict: true });

  const trap = (name, run) => {
    domain.check({});
    globalThis.trap = name;
    const before = globalThis.started;
    const result = run();
    assert.equal(globalThis.trap, undefined, `${name} was called`);
    assert.equal(globalThis.started, before, "a fresh instance is started by the next call, not by this one");
    return result;
  };

  test("ends in one internal issue, and the next call is as good as ever", () => {
    for (let count = 0; count < 3; count++) {
      assert.deepEqual(trap("check_shaped", () => domain.check({ domain: "www.acme.com" })), refused());
      assert.equal(domain.check({ domain: "www.acme.com" }).value.domain, "acme.com");
    }
  });
  test("leaves no handle that leads into the fresh instance", () => {
    trap("check_shaped", () => domain.check({}));
    assert.equal(schema(true).check({ a: 1 }).ok, true, "takes the first handle of the new instance");
    assert.equal(domain.check({ domain: "localhost" }).ok, false);
    assert.equal(strict.check({ domain: "www.acme.com" }).value.domain, "acme.com");
  });
  test("is told wherever it happens", () => {
    assert.deepEqual(trap("check", () => domain.checkText('{"domain":"a.com"}')), refused());
    assert.deepEqual(trap("check_field", () => domain.checkField("domain", "x")), refused());
    assert.deepEqual(trap("check", () => domain.check({ date: new Date() })), refused());
    assert.deepEqual(trap("input", () => domain.checkText(" ".repeat(1 << 15))), refused());
    assert.deepEqual(trap("clean_domain", () => cleanDomain("acme.com")), refused());
    assert.deepEqual(trap("clean_domains", () => cleanDomains(["a.com", "b.com"])), [refused(), refused()]);
    trap("compile", () => assert.throws(() => schema({ type: "string" }), { name: "Error", message: internalIssue().message }));
    trap("with_options", () => assert.deepEqual(domain.with({ strict: true }).check({}), refused()));
    trap("operations", () => assert.throws(() => openapi({}), { name: "Error", message: internalIssue().message }));
  });
  test("of a stack that overflows counts as well", () => {
    globalThis.trapped = () => new RangeError("Maximum call stack size exceeded");
    assert.deepEqual(trap("check_shaped", () => domain.check({})), refused("Maximum call stack size exceeded"));
    delete globalThis.trapped;
  });
  test("in a long list refuses those of one crossing, and the next goes on", () => {
    globalThis.trap = "clean_domains";
    const results = cleanDomains(Array(3000).fill("www.acme.com"));
    assert.equal(results.length, 3000);
    const crossed = results.findIndex(({ ok }) => ok);
    results.forEach((result, at) => assert.deepEqual(result, at < crossed ? refused() : cleanDomain("www.acme.com")));
    assert.ok(crossed > 1 && crossed < 3000);
    assert.notEqual(results[0].issues[0], results[1].issues[0]);
  });
  test("of a batch leaves every item told", () => {
    const { batch } = recotap.pushAccounts;
    const summary = { total: 0, created: 0, updated: 0, failed: 0 };
    const nothing = { ok: false, results: [], summary, items: [], issues: [internalIssue("unreachable")] };
    assert.deepEqual(trap("plan", () => batch.plan({ accounts: [] }, { existing: ["a.com"] })), nothing);
    const items = [{ domain: "a.com", name: "A" }, { domain: "b.com", name: "B" }];
    const [plan] = trap("plan", () => [...batch.plans(items)]);
    const unread = (index) => ({ index, status: "invalid", domain: null, issues: [], changes: [] });
    assert.deepEqual(plan, { ...nothing, items: [unread(0), unread(1)] });
    trap("respond", () => assert.throws(() => batch.respond([])));
    const sent = batch.plan({ accounts: items });
    const { ok, issues } = trap("reconcile", () => batch.reconcile(sent, {}));
    assert.deepEqual([ok, issues], [false, [internalIssue("unreachable")]]);
    assert.equal(batch.plan({ accounts: items }).ok, true);
  });
  test("is not what a mistake of the caller's is", () => {
    const before = globalThis.started;
    assert.throws(() => schema({ type: "text" }), TypeError);
    assert.throws(() => domain.with({ linkedinHost: "m" }).check({}), TypeError);
    assert.throws(() => recotap.pushAccounts.batch.respond([{}]), TypeError);
    assert.throws(() => domain.with({ messages: { type: () => { throw new Error("mine"); } } }).check(1), { message: "mine" });
    domain.check({});
    assert.equal(globalThis.started, before);
  });
});

describe("the start", () => {
  const run = (code, ...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args, "--input-type=module", "--eval", code], {
      cwd: new URL("..", import.meta.url),
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  };
  test("is at the first call, not at the import", () => {
    const code = `
      const { Module } = WebAssembly;
      let compiled = 0;
      WebAssembly.Module = class extends Module { constructor(...args) { super(...args); compiled++; } };
      const { cleanDomain, monaco, splitCustomFields } = await import("prewash");
      splitCustomFields({});
      const { method } = monaco.upsertAccount;
      const before = compiled;
      cleanDomain("acme.com");
      cleanDomain("acme.com");
      monaco.upsertAccount.body.check({});
      console.log(before, compiled);`;
    assert.equal(run(code), "0 1");
  });
  test("works where neither Buffer nor fromBase64 decodes", () => {
    const code = `
      delete Uint8Array.fromBase64;
      const { cleanDomain } = await import("prewash");
      delete globalThis.Buffer;
      process.stdout.write(cleanDomain("www.acme.com").value);`;
    assert.equal(run(code), "acme.com");
  });
  test("that the runtime refuses is one error that says what to do", () => {
    const code = `
      const { cleanDomain, schema, openapi, monaco, init } = await import("prewash");
      const own = schema({ type: "string" });
      const told = [];
      for (const call of [() => cleanDomain("a.com"), () => own.check("x"), () => monaco.upsertAccount.body.check({})]) {
        try { call(); } catch ({ name, message }) { told.push(name + ": " + message); }
      }
      await init().catch(({ name, message }) => told.push(name + ": " + message));
      console.log(told.join("\\n"));`;
    const refuse = `data:text/javascript,${encodeURIComponent(`
      const refuse = () => { throw new WebAssembly.CompileError("WebAssembly.Module(): Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not an allowed source of script in the following Content Security Policy directive"); };
      WebAssembly.Module = class { constructor() { refuse(); } };
      WebAssembly.compile = async () => refuse();`)}`;
    const lines = run(code, "--import", refuse).split("\n");
    assert.equal(lines.length, 4);
    for (const line of lines) {
      assert.equal(
        line,
        "Error: prewash cannot start: WebAssembly is refused here; a page with a Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src",
      );
    }
  });
  test("by init() is before the first call, and a second one changes nothing", () => {
    assert.equal(run(`const { init, cleanDomain } = await import("prewash"); await init(); await init(); console.log(cleanDomain("www.acme.com").value);`), "acme.com");
  });
  test("by init() does nothing synchronously, and before it the error says to call it where that is refused", () => {
    // V8 has this refusal for its own tests: of modules over 1000 bytes, and of any to instantiate.
    const code = `
      %SetWasmCompileControls(1000, true);
      %SetWasmInstantiateControls();
      const { cleanDomain, init } = await import("prewash");
      try { cleanDomain("acme.com"); } catch ({ message }) { console.log(message); }
      await Promise.all([init(), init()]);
      console.log(cleanDomain("www.acme.com").value);`;
    const told = "prewash cannot start: synchronous compilation is refused here; call `await init()` first";
    assert.equal(run(code, "--allow-natives-syntax"), `${told}\nacme.com`);
  });
  test("of the slim entry is by init(source), from bytes, a module, a Response or a promise", () => {
    const wasm = JSON.stringify(new URL("../pkg/dist/prewash.wasm", import.meta.url).href);
    const start = (source) => `
      import { readFileSync } from "node:fs";
      import { cleanDomain, init, schema } from "prewash/slim";
      const bytes = readFileSync(new URL(${wasm}));
      const own = schema({ type: "string", format: "domain" });
      try { cleanDomain("acme.com"); } catch ({ message }) { console.log(message); }
      await init("prewash.wasm").catch(({ name }) => console.log(name));
      await init(${source});
      await init();
      console.log(cleanDomain("www.acme.com").value, own.check("www.acme.com").value);`;
    const expected = "prewash/slim is not started; call `await init(source)` with prewash.wasm first\nTypeError\nacme.com acme.com";
    const sources = ["bytes", "bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)", "new WebAssembly.Module(bytes)"];
    sources.push("new Response(bytes)", "Promise.resolve(new Response(bytes))", "Promise.resolve({ default: new WebAssembly.Module(bytes) })");
    for (const source of sources) assert.equal(run(start(source)), expected, source);
  });
});

test("info tells the version of the package", () => {
  const { version } = JSON.parse(readFileSync(new URL("../pkg/package.json", import.meta.url)));
  assert.deepEqual(Object.keys(info()), ["version", "unicode", "idna"]);
  assert.equal(info().version, version);
});

test("an empty text is judged as ever after memory has grown", () => {
  const any = schema(true);
  let large = "[1]";
  for (const empty of ["", new Uint8Array(0)]) {
    for (const judge of [(text) => any.checkText(text), (text) => recotap.pushAccounts.batch.plan(text)]) {
      large = `[${large},${large},${"1,".repeat(200_000)}1]`;
      assert.equal(any.checkText(large).ok, true);
      assert.deepEqual(judge(empty).issues.map(({ code }) => code), ["invalid_json"]);
    }
  }
});

test("memory does not grow with use", { timeout: 60_000 }, () => {
  const code = `
    import { monaco, recotap, schema } from "prewash";
    const { body } = monaco.upsertContact;
    const round = async (times) => {
      for (let at = 0; at < times; at++) {
        body.check({ email: "Jane@ACME.com", domain: "www.acme.com", extra: at });
        body.with({ strict: at % 2 === 0 }).check({ email: "x" });
        if (at % 10 === 0) schema({ type: "string", maxLength: at }).check("x");
        if (at % 10 === 0) recotap.pushAccounts.batch.plan({ accounts: [{ domain: "a.com", name: "A" }] }, { existing: ["b.com"] });
        // Finalizers run between tasks.
        if (at % 500 === 0) { globalThis.gc(); await new Promise((resolve) => setTimeout(resolve)); }
      }
      globalThis.gc();
      return process.memoryUsage().rss;
    };
    await round(5000);
    const before = await round(5000);
    const after = await round(30000);
    console.log(Math.round((after - before) / 1024));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", "--input-type=module", "--eval", code], {
    cwd: new URL("..", import.meta.url),
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  assert.ok(Number(stdout) < 12_000, `grew by ${stdout.trim()} KiB over 30,000 rounds`);
});
