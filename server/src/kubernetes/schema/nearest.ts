/**
 * The candidate that the author most likely meant, or undefined when none is near: another case, or a few edits
 * (insert, delete, replace, swap of neighbours) in proportion to the length.
 */
export function nearestOf(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  const limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  let nearest: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    if (differsInDigits(wanted, candidate.toLowerCase())) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/**
 * Whether a word is a slip of the pen for another rather than a name of its own: one that is merely longer (`data` and
 * `dataTo`, `selector` and `selectors`) may well have been added to the API.
 */
export function isSlip(word: string, candidate: string): boolean {
  const [shorter = '', longer = ''] = [word.toLowerCase(), candidate.toLowerCase()].sort(
    (one, other) => one.length - other.length,
  );
  if (shorter === longer) return true;
  if (longer.startsWith(shorter) || longer.endsWith(shorter)) return false;
  const limit = shorter.length < 8 ? 2 : 3;
  return editDistance(shorter, longer, limit) < limit;
}

/** `v1` and `v2` are two names, not one and a slip. */
function differsInDigits(one: string, other: string): boolean {
  return one !== other && one.replace(/\d/g, '') === other.replace(/\d/g, '');
}

/** Optimal string alignment distance, or `limit` when it is at least that. */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) cost = Math.min(cost, at(before, column - 2) + 1);
      current.push(cost);
    }
    if (Math.min(...current) >= limit) return limit;
    before = previous;
    previous = current;
  }
  return at(previous, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
