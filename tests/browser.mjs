// The one place that finds and starts a browser.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

const CHROMIUMS = [
  ...["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const FIREFOXES = ["firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"];
/** Where distributions put WebKit's own programs: in these folders, or in one there for the machine's kind. */
const LIBRARIES = ["/usr/libexec", "/usr/lib64", "/usr/lib"];

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

/**
 * The path of WebKit's MiniBrowser, or undefined: what WEBKIT names, else the first one found. It shows
 * its windows on Xvfb's display, and there must be that too.
 */
export function findWebKit() {
  if (!find(undefined, ["Xvfb"])) return undefined;
  const among = (folder, pattern) => (existsSync(folder) ? readdirSync(folder) : []).filter((name) => pattern.test(name)).map((name) => join(folder, name));
  const libraries = LIBRARIES.flatMap((folder) => [folder, ...among(folder, /-linux-gnu\w*$/)]);
  const versions = libraries.flatMap((folder) => among(folder, /^webkit2?gtk-[\d.]+$/));
  return find(process.env.WEBKIT, versions.map((folder) => join(folder, "MiniBrowser")));
}

function find(named, names) {
  const wanted = named ? [named] : names;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return wanted
    .flatMap((name) => (isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))))
    .find(isExecutable);
}

/**
 * Starts Chromium, headless, with an empty profile of its own that goes when it closes.
 *
 * @param {string[]} [options] for its command line
 */
export async function launchChromium(options = []) {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("no Chromium found: set CHROMIUM to the path of its executable");
  // Here and not above: the scripts look for Chromium before the npm packages are installed.
  const { chromium } = await import("playwright-core");
  // Chromium's sandbox refuses to work for root.
  const chromiumSandbox = process.getuid?.() !== 0;
  return await chromium.launch({ executablePath, headless: true, chromiumSandbox, args: [...QUIET, ...options] });
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
  const firefox = await started(executable, ["--headless", "--no-remote", "--profile", profile, url], process.env);
  return {
    version: () => versionOf(executable),
    async close() {
      await firefox.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Opens a page in WebKit, on a display of its own that nobody sees, with an empty home that goes when it
 * closes. Nothing drives it either.
 */
export async function openInWebKit(url) {
  const executable = findWebKit();
  if (!executable) throw new Error("no WebKit found: set WEBKIT to the path of its MiniBrowser, and install Xvfb");
  const home = mkdtempSync(join(tmpdir(), "prewash-webkit-"));
  const xvfb = await display();
  // The user's own settings, and the buses that lead to them, are left alone.
  const { PATH, LANG = "C.UTF-8" } = process.env;
  const env = { PATH, LANG, HOME: home, XDG_RUNTIME_DIR: home, DISPLAY: xvfb.name, GSETTINGS_BACKEND: "memory", NO_AT_BRIDGE: "1" };
  const webkit = await started(executable, [url], env);
  return {
    version: () => versionOf(executable, env),
    async close() {
      await webkit.close();
      await xvfb.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A display in memory, of a number that is free. */
async function display() {
  const options = ["-displayfd", "3", "-screen", "0", "1024x768x24", "-nolisten", "tcp"];
  const child = spawn("Xvfb", options, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  await once(child, "spawn");
  const [number] = await Promise.race([once(child.stdio[3].setEncoding("utf8"), "data"), once(child, "exit").then(() => [""])]);
  if (number === "") throw new Error("Xvfb has ended before it had a display");
  return {
    name: `:${number.trim()}`,
    async close() {
      if (child.exitCode !== null) return;
      const closed = once(child, "close");
      child.kill();
      await closed;
    },
  };
}

/** The version that a browser tells. */
function versionOf(executable, env = process.env) {
  return spawnSync(executable, ["--version"], { encoding: "utf8", env }).stdout.match(/\d+(\.\d+)*/)[0];
}

/** Starts a program in a group of its own, so that all its processes end with it. */
async function started(program, options, env) {
  const child = spawn(program, options, { stdio: "ignore", detached: true, env });
  await once(child, "spawn");
  return {
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, "close");
      process.kill(-child.pid, "SIGKILL");
      await closed;
    },
  };
}

/**
 * The browsers that pages are opened in.
 *
 * `missing` is false, or says why a test in it is skipped; `open` opens a page in a browser of its own.
 *
 * @type {{ name: string, missing: false | string, open: (url: string) => Promise<{ version: () => string, close: () => Promise<void> }> }[]}
 */
export const browsers = [
  { name: "Chromium", find: findChromium, variable: "CHROMIUM", open: openInChromium },
  { name: "Firefox", find: findFirefox, variable: "FIREFOX", open: openInFirefox },
  { name: "WebKit", find: findWebKit, variable: "WEBKIT", open: openInWebKit },
].map(({ name, find, variable, open }) => ({
  name,
  missing: find() ? false : `no ${name} found: install it, or set ${variable} to the path of its executable`,
  open,
}));

/**
 * Opens a page in Chromium.
 *
 * @param {string} url
 * @param {string[]} [options] for its command line
 */
export async function openInChromium(url, options = []) {
  const browser = await launchChromium(options);
  try {
    const page = await browser.newPage();
    // Not until it is loaded: a page may go elsewhere before that.
    await page.goto(url, { waitUntil: "commit" });
    return browser;
  } catch (error) {
    await browser.close();
    throw error;
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
