// The one place that finds and starts a browser.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

const CHROMIUMS = [
  ...["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const FIREFOXES = ["firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/** Without these Chromium talks to its maker's hosts at every start, which a closed network refuses. */
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

/** The path of a Chromium or Chrome, or undefined: what CHROMIUM names, else the first one found. */
export function findChromium() {
  return find(process.env.CHROMIUM, CHROMIUMS);
}

/** The path of a Firefox, or undefined: what FIREFOX names, else the first one found. */
export function findFirefox() {
  return find(process.env.FIREFOX, FIREFOXES);
}

function find(named, names) {
  const wanted = named ? [named] : names;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return wanted
    .flatMap((name) => (isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))))
    .find(isExecutable);
}

/** Starts Chromium, headless, with an empty profile of its own that goes when it closes. */
export async function launchChromium() {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("no Chromium found: set CHROMIUM to the path of its executable");
  // Here and not above: the scripts look for Chromium before the npm packages are installed.
  const { chromium } = await import("playwright-core");
  // Chromium's sandbox refuses to work for root.
  const chromiumSandbox = process.getuid?.() !== 0;
  return await chromium.launch({ executablePath, headless: true, chromiumSandbox, args: QUIET });
}

/** Firefox's way of being quiet. */
const QUIET_FIREFOX = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.getAddons.cache.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.server": "",
};

/**
 * Opens a page in Firefox, headless, with an empty profile of its own that goes when it closes.
 * Nothing drives it, since playwright-core asks of Firefox what its extended support release does not
 * have: the page does its work and sends what it found.
 */
export async function openInFirefox(url) {
  const executable = findFirefox();
  if (!executable) throw new Error("no Firefox found: set FIREFOX to the path of its executable");
  const profile = mkdtempSync(join(tmpdir(), "prewash-firefox-"));
  const preferences = Object.entries(QUIET_FIREFOX).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, "user.js"), preferences.join(""));
  // A group of its own, so that all its processes end with it.
  const child = spawn(executable, ["--headless", "--no-remote", "--profile", profile, url], { stdio: "ignore", detached: true });
  await once(child, "spawn");
  return {
    async close() {
      if (child.exitCode === null) {
        const closed = once(child, "close");
        process.kill(-child.pid, "SIGKILL");
        await closed;
      }
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
