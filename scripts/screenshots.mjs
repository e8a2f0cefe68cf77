// npm run screenshots: a picture of each part, at 1280 and 390 pixels, in light and dark, with its samples
// loaded, into target/screenshots/. `npm run screenshots -- --readme` writes the one of the README instead.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { browsers } from "../tests/page/drive.mjs";
import { PARTS, filled } from "../tests/page/parts.mjs";
import { Refusal, main, root } from "./command.mjs";
import { page as build } from "./page.mjs";
import { serve } from "./serve.mjs";

const WIDTHS = [1280, 390];

/** Each picture that there is to take. */
export function* pictures() {
  for (const part of PARTS) {
    for (const width of WIDTHS) {
      for (const dark of [false, true]) yield { part, width, dark, name: `${part}-${width}-${dark ? "dark" : "light"}.png` };
    }
  }
}

/**
 * Takes a picture of a part.
 *
 * @param {(typeof browsers)[number]} browser
 * @param {string} url of the page
 */
export async function picture(browser, url, { part, width, dark }, path, options) {
  const page = await browser.open(url, { width, height: width > 600 ? 900 : 844, dark });
  await filled(page, url, part);
  await page.see({ text: /^Kept in your browser/ });
  // What fades in is there.
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))));
  await page.screenshot(path, options);
  await page.close();
}

await main(import.meta.url, async () => {
  const [chromium] = browsers;
  if (chromium.missing) throw new Refusal(chromium.missing);
  await build();
  const server = await serve(join(root, "www/dist"));
  try {
    if (process.argv.includes("--readme")) {
      await picture(chromium, server.url, { part: "form", width: 1280, dark: false }, join(root, "docs/page.png"), { fullPage: false });
      console.log("docs/page.png");
      return;
    }
    const folder = join(root, "target/screenshots");
    await mkdir(folder, { recursive: true });
    for (const one of pictures()) {
      await picture(chromium, server.url, one, join(folder, one.name));
      console.log(`target/screenshots/${one.name}`);
    }
  } finally {
    await chromium.close();
    await server.close();
  }
});
