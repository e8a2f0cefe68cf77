// Programs that serve: started for a test, and stopped after it.

import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Starts a program and waits until it has printed what `ready` matches.
 *
 * @param {string} program
 * @param {string[]} options
 * @param {{ cwd: string, env?: Record<string, string>, ready?: RegExp }} how `ready` has the URL as its
 *   first group; by default it is the first line that is a URL
 * @returns {Promise<{ url: string, told: () => string, stop: () => Promise<void> }>} what it printed so
 *   far, and what ends it
 */
export async function started(program, options, { cwd, env = {}, ready = /^\s*(http:\/\/\S+)$/m }) {
  // A group of its own, so that what it starts ends with it.
  const child = spawn(program, options, { cwd, env: { ...process.env, NO_COLOR: "1", ...env }, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const closed = once(child, "close");
  let told = "";
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGTERM");
    await closed;
  };
  try {
    const url = await new Promise((resolve, reject) => {
      const read = (text) => {
        told += text;
        const found = told.match(ready);
        if (found) resolve(found[1]);
      };
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", read);
      child.once("error", reject);
      child.once("close", () => reject(new Error(`\`${[program, ...options].join(" ")}\` ended:\n${told}`)));
      setTimeout(() => reject(new Error(`\`${[program, ...options].join(" ")}\` is not ready after two minutes:\n${told}`)), 120_000).unref();
    });
    return { url, told: () => told, stop };
  } catch (error) {
    if (child.pid) await stop();
    throw error;
  }
}

/** Sends a value as JSON; gives the status and what came back. */
export async function send(method, url, body) {
  const response = await fetch(url, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}
