// The page's end of the worker of batches.

import type { Ask, Progress, Tell } from "./batch-messages.js";

/** `Omit` for each member of a union. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

interface Waiting {
  done(answer: unknown): void;
  failed(error: Error): void;
  progress?: ((progress: Progress) => void) | undefined;
}

/** Asks a worker, which is started at the first question and again after it was stopped. */
export class Client {
  #worker: Worker | undefined;
  #waiting = new Map<number, Waiting>();
  #id = 0;

  ask<T>(question: Without<Ask, "id">, progress?: (progress: Progress) => void): Promise<T> {
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#id;
    return new Promise<T>((done, failed) => {
      this.#waiting.set(id, { done: done as (answer: unknown) => void, failed, progress });
      worker.postMessage({ ...question, id });
    });
  }

  /** Stops at once whatever it does; what it kept is gone. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#fail(new Stopped("stopped"));
  }

  #start(): Worker {
    // Beside the page, wherever that is.
    const worker = new Worker(new URL("batch-worker.js", document.baseURI), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Tell>) => this.#take(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#worker = undefined;
      this.#fail(new Error(event.message || "the worker could not be loaded; reload the page"));
    });
    return worker;
  }

  #take(told: Tell): void {
    const waiting = this.#waiting.get(told.id);
    if ("progress" in told) {
      waiting?.progress?.(told.progress);
      return;
    }
    this.#waiting.delete(told.id);
    if ("failed" in told) waiting?.failed(new Error(told.failed));
    else waiting?.done(told.answer);
  }

  #fail(error: Error): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { failed } of all) failed(error);
  }
}

/** Why a question has no answer: the worker was stopped. */
export class Stopped extends Error {}
