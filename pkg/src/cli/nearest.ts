// The word that was probably meant.

/** The nearest of some words, if one is near: a third of its letters may differ. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  const given = plain(word);
  let best: string | undefined;
  let least = Infinity;
  for (const one of words) {
    const other = plain(one);
    const distance = edits(given, other);
    const most = Math.floor(Math.max(given.length, other.length) / 3);
    if (distance <= most && distance < least) {
      least = distance;
      best = one;
    }
  }
  return best;
}

/** A word without what writers of headers differ in: case, white space and punctuation. */
export function plain(word: string): string {
  return word.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** How many letters to put in, leave out or change (Levenshtein). */
function edits(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 20) return Infinity;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}
