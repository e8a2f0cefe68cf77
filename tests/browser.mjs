// The one place that finds and starts a browser.

import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const ELSEWHERE = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

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
  const wanted = process.env.CHROMIUM ? [process.env.CHROMIUM] : [...NAMES, ...ELSEWHERE];
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

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
