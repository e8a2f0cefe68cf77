// Pictures of each part, as `npm run screenshots` takes them, in each browser: they are there to be looked
// at, in target/screenshots/. What a machine can see of them: that they are as wide as asked for, that
// the dark ones are dark, and that none is empty.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { picture, pictures } from "../../scripts/screenshots.mjs";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "./drive.mjs";

for (const browser of browsers) {
  describe(browser.name, { skip: browser.missing }, () => {
    const folder = join(root, "target/screenshots", browser.name.toLowerCase());
    let server;

    before(async () => {
      mkdirSync(folder, { recursive: true });
      server = await serve(join(root, "www/dist"));
    });

    after(async () => {
      await browser.close();
      await server?.close();
    });

    for (const one of pictures()) {
      test(one.name, async () => {
        const path = join(folder, one.name);
        await picture(browser, server.url, one, path);
        const bytes = readFileSync(path);
        // Firefox leaves out its scroll bar.
        const width = bytes.readUInt32BE(16);
        assert.ok(width <= one.width && width >= one.width - 20, `a picture ${width} pixels wide, for ${one.width}`);
        assert.ok(bytes.length > 5000, `${bytes.length} bytes`);
      });
    }

    test("light is light and dark is dark", async () => {
      for (const dark of [false, true]) {
        const page = await browser.open(server.url, { dark });
        await page.see(".part.form h2");
        const [background, text] = await page.evaluate(() => {
          const brightness = (colour) => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765;
          const { backgroundColor, color } = getComputedStyle(document.body);
          return [brightness(backgroundColor), brightness(color)];
        });
        assert.ok(dark ? background < 0.15 && text > 0.85 : background > 0.85 && text < 0.15, `${background} ${text}`);
        await page.close();
      }
    });
  });
}
