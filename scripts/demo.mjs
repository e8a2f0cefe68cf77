// npm run demo: builds the page and serves it until Ctrl-C. `npm run demo -- 9000` takes that port.

import { join } from "node:path";
import { main, root } from "./command.mjs";
import { page } from "./page.mjs";
import { serve } from "./serve.mjs";

await main(import.meta.url, async () => {
  await page();
  const { url } = await serve(join(root, "www/dist"), Number(process.argv[2] ?? 8000));
  console.log(`\nThe page is at ${url}  (stop with Ctrl-C)`);
});
