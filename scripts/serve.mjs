// A static server on this machine alone, for the page: `node scripts/serve.mjs [FOLDER] [PORT]`.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { Refusal, main, root } from "./command.mjs";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves a folder on 127.0.0.1.
 *
 * @param {string} folder
 * @param {number} port 0 takes any that is free
 * @param {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => boolean} first
 *   sees each request first: it may set headers, and gives true if it answers
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve(folder, port = 0, first = () => false) {
  const server = createServer((request, response) => {
    if (first(request, response)) return;
    answer(resolve(folder), request, response).catch(() => response.destroy());
  });
  await new Promise((listening, failed) => {
    server.once("error", (error) => {
      failed(error.code === "EADDRINUSE" ? new Refusal(`port ${port} is in use: give another one`) : error);
    });
    server.listen(port, "127.0.0.1", listening);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}

async function answer(folder, request, response) {
  const file = await find(folder, request.url);
  if (!file || !["GET", "HEAD"].includes(request.method)) {
    response.writeHead(file ? 405 : 404, { "content-type": "text/plain" });
    response.end(file ? "only GET and HEAD\n" : "not found\n");
    return;
  }
  response.writeHead(200, {
    "cache-control": "no-cache",
    "content-length": file.size,
    "content-type": TYPES[extname(file.path)] ?? "application/octet-stream",
    "x-content-type-options": "nosniff",
  });
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(file.path), response);
}

/** The file that a request's path names, unless it leads out of the folder. */
async function find(folder, url) {
  let path;
  try {
    path = join(folder, decodeURIComponent(new URL(url, "http://localhost").pathname));
  } catch {
    return undefined;
  }
  if (path !== folder && !path.startsWith(folder + sep)) return undefined;
  let found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    path = join(path, "index.html");
    found = await stat(path).catch(() => undefined);
  }
  return found?.isFile() ? { path, size: found.size } : undefined;
}

await main(import.meta.url, async () => {
  const [folder = join(root, "www/dist"), port = "8000"] = process.argv.slice(2);
  const { url } = await serve(folder, Number(port));
  console.log(`${url}  (stop with Ctrl-C)`);
});
