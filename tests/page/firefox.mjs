// Firefox, driven by WebDriver BiDi: playwright-core asks of Firefox what its extended support release
// does not have, and puppeteer-core does not.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFirefox } from "../browser.mjs";

/**
 * Starts Firefox, headless, with an empty profile and a folder for its downloads, which both go when it
 * closes.
 *
 * @param {{ dark?: boolean }} [options] the scheme is Firefox's own, for all its pages: BiDi cannot set it
 * @returns {Promise<{ browser: import("puppeteer-core").Browser, downloads: string, close: () => Promise<void> }>}
 */
export async function launchFirefox({ dark = false } = {}) {
  const { default: puppeteer } = await import("puppeteer-core");
  const folder = mkdtempSync(join(tmpdir(), "prewash-firefox-"));
  const downloads = join(folder, "downloads");
  mkdirSync(downloads);
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: findFirefox(),
    headless: true,
    userDataDir: join(folder, "profile"),
    // 100,000 rows are looked at in one call, on a machine that may do something else besides.
    protocolTimeout: 240_000,
    extraPrefsFirefox: {
      "layout.css.prefers-color-scheme.content-override": dark ? 0 : 1,
      "browser.download.folderList": 2,
      "browser.download.dir": downloads,
      "browser.download.useDownloadDir": true,
      "browser.download.alwaysOpenPanel": false,
      "browser.download.always_ask_before_handling_new_types": false,
      // Tab goes to links too, as it does by default everywhere but on macOS.
      "accessibility.tabfocus": 7,
    },
  });
  return {
    browser,
    downloads,
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
