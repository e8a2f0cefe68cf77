// Medians of contenders that take turns, so that what disturbs one disturbs all.

import { performance } from "node:perf_hooks";
import { random } from "./inputs.mjs";

/** What one sample takes at least, in milliseconds: many calls, if one is short. */
const SAMPLE = 0.2;
/** For how long each contender runs before any sample counts, in milliseconds. */
const WARM_UP = 250;

/** What contenders give, so that no compiler leaves out the work. */
export let sink;

/**
 * Measures contenders in turn, in another order each round.
 *
 * @param {Record<string, () => unknown>} contenders
 * @param {number} samples of each
 * @returns {Promise<Record<string, number>>} the median time of a call of each, in nanoseconds
 */
export async function measure(contenders, samples) {
  const entries = Object.entries(contenders).map(([name, call]) => ({ name, call, calls: warmUp(call), times: [] }));
  const next = random(0);
  for (let round = 0; round < samples; round++) {
    for (const entry of shuffled(entries, next)) {
      const { call, calls, times } = entry;
      const start = performance.now();
      for (let at = 0; at < calls; at++) sink = call();
      times.push((performance.now() - start) / calls);
    }
    // Finalizers run between tasks only; without them handles would pile up.
    await new Promise(setImmediate);
  }
  return Object.fromEntries(entries.map(({ name, times }) => [name, median(times) * 1e6]));
}

/** Runs a contender until it is fast, and gives how many calls make a sample. */
function warmUp(call) {
  const start = performance.now();
  let calls = 0;
  do {
    sink = call();
    calls += 1;
  } while (performance.now() - start < WARM_UP || calls < 3);
  const from = performance.now();
  const probes = Math.min(calls, 20);
  for (let at = 0; at < probes; at++) sink = call();
  const each = (performance.now() - from) / probes;
  return Math.max(1, Math.ceil(SAMPLE / each));
}

/** The middle of a list of numbers. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A copy in random order (Fisher and Yates). */
export function shuffled(list, next) {
  const copy = [...list];
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [copy[at], copy[other]] = [copy[other], copy[at]];
  }
  return copy;
}
