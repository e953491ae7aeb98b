/** Shorter words tell things apart: `a` and `b`, `dev` and `prd`. */
const LEAST_LENGTH = 4;

/** Objects that clusters have by themselves. */
const BUILT_IN =
  /^(?:default|kube-root-ca\.crt|cluster-admin|admin|edit|view|system[:-].*|kube-.*|standard(?:-.*)?)$/;

/**
 * The name that a mistyped one means: with one letter more, less or other, with two swapped, or with another separator. Names that differ otherwise
 * are left alone, since objects from outside of the files are as usual as slips of the pen. So are those for which two are as near.
 *
 * @param canMean asked of the few candidates that are near
 */
export function meantName(
  name: string,
  candidates: Iterable<string>,
  canMean: (candidate: string) => boolean = () => true,
): string | undefined {
  if (BUILT_IN.test(name)) return undefined;
  let meant: string | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > 1 || candidate === meant) continue;
    if (!isOneSlip(name, candidate) || !canMean(candidate)) continue;
    if (meant !== undefined) return undefined;
    meant = candidate;
  }
  return meant;
}

function isOneSlip(a: string, b: string): boolean {
  const least = Math.min(a.length, b.length);
  let start = 0;
  while (start < least && a[start] === b[start]) start++;
  let end = 0;
  while (end < least - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isSwapped = left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  if (!isSwapped && Math.max(left.length, right.length) !== 1) return false;
  if (/^[-._]*$/.test(left + right)) return least >= LEAST_LENGTH;
  // Numbers count things.
  if (/[-._\d]/.test(left + right)) return false;
  return Math.min(wordAround(a, start, end), wordAround(b, start, end)) >= LEAST_LENGTH;
}

/** The length of the word in which the part of a name stands that is left between its first and its last characters. */
function wordAround(name: string, start: number, end: number): number {
  const before = /[^-._]*$/.exec(name.slice(0, start))?.[0].length ?? 0;
  const after = /^[^-._]*/.exec(name.slice(name.length - end))?.[0].length ?? 0;
  return before + (name.length - start - end) + after;
}
