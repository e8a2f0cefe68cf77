// How long a check takes, as far as the browser's clock can tell.

/** Of so many checks the median is told: a single one may have met something else at work. */
const KEPT = 15;

/** A watch for one kind of work. */
export function stopwatch() {
  const times: number[] = [];
  const tick = resolution();
  return {
    /** Does the work, and keeps how long it took. */
    time<T>(work: () => T): T {
      const start = performance.now();
      const result = work();
      times.push(performance.now() - start);
      if (times.length > KEPT) times.shift();
      return result;
    },
    /** The median of the last times, in words. */
    told(): string {
      const median = [...times].sort((one, other) => one - other)[(times.length - 1) >> 1];
      if (median === undefined) return "";
      const took = median < tick ? `under ${duration(tick)}, the least this browser's clock can tell` : duration(median);
      return `Checked in ${took}${times.length > 1 ? ` (median of the last ${times.length})` : ""}.`;
    },
  };
}

function duration(milliseconds: number): string {
  return milliseconds < 1 ? `${Math.max(1, Math.round(milliseconds * 1000))} µs` : `${Number(milliseconds.toPrecision(2))} ms`;
}

/** The least that the clock can tell: browsers make it coarse on purpose. */
function resolution(): number {
  let least = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    least = Math.min(least, now - start);
  }
  return least;
}
