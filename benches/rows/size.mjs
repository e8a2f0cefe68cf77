// What there is to download.

import { kilobytes } from "../report.mjs";
import { sizes } from "../sizes.mjs";

export async function run() {
  const measured = await sizes();
  const lines = Object.entries(measured).map(([name, { raw, minified, gzip, brotli }]) => ({
    name,
    cells: [kilobytes(raw), minified === undefined ? "" : kilobytes(minified), kilobytes(gzip), kilobytes(brotli)],
  }));
  return [
    {
      row: "size",
      what: "size",
      head: ["raw", "minified", "gzip -9", "brotli 11"],
      lines,
      targets: [
        { of: "KB, everything in a browser by gzip", measured: measured["browser, everything"].gzip / 1e3, most: 60 },
        { of: "KB, prewash.wasm by brotli", measured: measured["prewash.wasm"].brotli / 1e3, most: 110 },
      ],
    },
  ];
}
