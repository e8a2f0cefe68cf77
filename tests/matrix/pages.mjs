// Rows that are proven in browsers: a page is built once and opened in each of them.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "../browser.mjs";
import { place } from "./place.mjs";
import { compared, note } from "./row.mjs";

/** How long a page may take. */
const PATIENCE = 60_000;

/**
 * A page that is to be opened, and where it posts what it found.
 *
 * @typedef {object} Site
 * @property {string} url
 * @property {Post} post
 * @property {() => Promise<void>} close
 */

/**
 * A row: a page in every browser, with one test for each.
 *
 * @param {string} name as in the table: `Vite, build`
 * @param {object} how
 * @param {string} how.fixture a folder of tests/matrix/fixtures/
 * @param {() => string | Promise<string>} [how.version] of what builds or serves the page
 * @param {(folder: string) => Promise<Site>} how.start builds and serves the page, which is to post what
 *   `prove` gave
 * @param {(proof: object) => void} [how.check] asserts what else the page is to have found
 * @param {string[]} [how.also] what else is proven when all that holds
 */
export function pages(name, { fixture, version, start, check = () => {}, also = [] }) {
  describe(`${name},`, { timeout: 600_000 }, () => {
    let site;
    const held = [];

    before(async () => {
      site = await start(await place(fixture));
    });
    after(async () => {
      await site?.close();
      if (held.length === 0) return;
      const versions = [...(version ? [await version()] : []), ...held.map(({ browser }) => browser)];
      note(name, { version: versions.join(", "), idna: "host", proven: [...together(held), ...also] });
    });

    for (const { name, missing, open } of browsers) {
      test(`in ${name}`, { skip: missing }, async () => {
        const { proof, version } = await visit(site, open);
        check(proof);
        // It would be by tables if the bundler had taken another entry.
        assert.equal(proof.idna, "host");
        held.push({ browser: `${name} ${version}`, name, proven: compared(proof.lines, proof.idna) });
      });
    }
  });
}

/** What was proven in each browser; what was not in all, with the names of those. */
function together(held) {
  return [...new Set(held.flatMap(({ proven }) => proven))].map((one) => {
    const where = held.filter(({ proven }) => proven.includes(one));
    return where.length === held.length ? one : `${one} (${where.map(({ name }) => name).join(" and ")})`;
  });
}

/**
 * Opens a page by `open`, and gives what it posts, with the browser's version.
 *
 * @throws Error if that is an error
 */
export async function visit({ url, post }, open) {
  const posted = post.next();
  // Where the page cannot even be opened nobody waits for it.
  posted.catch(() => {});
  const browser = await open(url);
  try {
    const proof = await posted;
    assert.equal(proof.error, undefined);
    return { proof, version: browser.version() };
  } finally {
    await browser.close();
  }
}

/**
 * Serves a folder and takes what its pages post.
 *
 * @param {string} folder
 * @param {Record<string, string>} [headers] of all that is served
 * @returns {Promise<Site>}
 */
export async function site(folder, headers = {}) {
  const post = new Post();
  const { url, close } = await serve(folder, 0, (request, response) => {
    response.setHeaders(new Map(Object.entries(headers)));
    return post.take(request, response);
  });
  return { url, post, close };
}

/** Where pages post what they found: in JSON to `/proof`, or by a form of that with one field, `proof`. */
export class Post {
  #waiting = [];

  /** A listener of requests. Gives whether it answers. */
  take(request, response) {
    if (request.method !== "POST" || request.url !== "/proof") return false;
    void request.toArray().then((chunks) => {
      response.end();
      const text = Buffer.concat(chunks).toString();
      this.#waiting.shift()?.(JSON.parse(text.replace(/^proof=/, "")));
    });
    return true;
  }

  /** What is posted next. */
  async next() {
    let late;
    const posted = new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      late = setTimeout(() => {
        this.#waiting = this.#waiting.filter((other) => other !== resolve);
        reject(new Error(`the page posted nothing within ${PATIENCE / 1000} seconds`));
      }, PATIENCE);
    });
    try {
      return await posted;
    } finally {
      clearTimeout(late);
    }
  }
}
