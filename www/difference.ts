// What differs between a body and the body that will be sent.
//
// The one is the other with some edits, so they run side by side with short detours: a walk over
// pieces finds these in linear time, and the library's finer comparison looks at each of them alone.

import { presentableDiff } from "@codemirror/merge";

/** Text of the one (`from` to `to` of `removed`) in whose place the other has `added`; each may be empty. */
export interface Difference {
  removed: string;
  /** Where `added` stands in the cleaned body. */
  from: number;
  to: number;
}

/** How many pieces ahead the walk looks for a place where both agree again. */
const AHEAD = 48;

/** A detour longer than this is told as one: nobody reads it letter by letter. */
const FINE = 4_000;

/** The differences, in their order; `most` bounds them. */
export function differences(before: string, after: string, most: number): { found: Difference[]; more: boolean } {
  const found: Difference[] = [];
  const [old, now] = [pieces(before), pieces(after)];
  let [one, other, at] = [0, 0, 0];
  while (one < old.length || other < now.length) {
    if (old[one] === now[other]) {
      at += (now[other] as string).length;
      one += 1;
      other += 1;
      continue;
    }
    const [skipped, came] = detour(old, one, now, other);
    const added = now.slice(other, other + came).join("");
    for (const { fromA, toA, fromB, toB, removed } of finer(old.slice(one, one + skipped).join(""), added)) {
      if (found.length >= most) return { found, more: true };
      found.push({ removed: removed.slice(fromA, toA), from: at + fromB, to: at + toB });
    }
    at += added.length;
    one += skipped;
    other += came;
  }
  return { found, more: false };
}

/** Pieces end after a comma, a bracket or a line: about one a member. */
function pieces(text: string): string[] {
  return text.match(/[^,\n[\]{}]*(?:[,\n[\]{}]|$)/g)?.filter((piece) => piece !== "") ?? [];
}

/** How many pieces of each are passed until both agree again, the fewest first. */
function detour(old: string[], one: number, now: string[], other: number): [number, number] {
  for (let both = 1; both <= AHEAD; both += 1) {
    for (let skipped = 0; skipped <= both; skipped += 1) {
      const came = both - skipped;
      const [a, b] = [one + skipped, other + came];
      if (a > old.length || b > now.length || old[a] !== now[b]) continue;
      // A lone bracket or line end says little: the next piece has to agree as well.
      if (old[a + 1] === now[b + 1]) return [skipped, came];
    }
  }
  return [old.length - one, now.length - other];
}

/** What stays the same between two differences, if it is no longer than this, is told with them: few letters between are hard to read. */
const NEAR = 5;

interface Detour {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

function finer(removed: string, added: string): (Detour & { removed: string })[] {
  if (removed.length + added.length > FINE) return [{ fromA: 0, toA: removed.length, fromB: 0, toB: added.length, removed }];
  const joined: Detour[] = [];
  for (const { fromA, toA, fromB, toB } of presentableDiff(removed, added, { scanLimit: 200, timeout: 20 })) {
    const last = joined.at(-1);
    // White space that was trimmed stands for itself.
    const says = (one: Detour): boolean => (removed.slice(one.fromA, one.toA) + added.slice(one.fromB, one.toB)).trim() !== "";
    if (last && fromA - last.toA <= NEAR && says(last) && says({ fromA, toA, fromB, toB })) Object.assign(last, { toA, toB });
    else joined.push({ fromA, toA, fromB, toB });
  }
  return joined.map((one) => ({ ...one, removed }));
}
