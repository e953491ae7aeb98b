/** Words and what stands between them. */
const WORDS = /[^-._]+/g;
const SEPARATORS = /[-._]/g;

/** Shorter words tell things apart: `a` and `b`, `dev` and `prd`. */
const LEAST_LENGTH = 4;

/** Objects that clusters have by themselves. */
const BUILT_IN =
  /^(?:default|kube-root-ca\.crt|cluster-admin|admin|edit|view|system[:-].*|kube-.*|standard(?:-.*)?)$/;

/**
 * The name that a mistyped one means: with one letter more, less or other, with two swapped, or with other separators. Names that differ otherwise
 * are left alone, since objects from outside of the files are as usual as slips of the pen.
 */
export function meantName(name: string, candidates: Iterable<string>): string | undefined {
  if (BUILT_IN.test(name)) return undefined;
  const words = wordsOf(name);
  const joined = words.join('');
  let meant: string | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > words.length || candidate === name) continue;
    if (!isSlip(words, joined, candidate)) continue;
    // Where two are as near, nobody knows.
    if (meant !== undefined && meant !== candidate) return undefined;
    meant = candidate;
  }
  return meant;
}

function isSlip(words: readonly string[], joined: string, candidate: string): boolean {
  if (candidate.length >= LEAST_LENGTH && candidate.replace(SEPARATORS, '') === joined) return true;
  const others = wordsOf(candidate);
  if (others.length !== words.length) return false;
  const differing = words.findIndex((word, index) => word !== others[index]);
  if (words.some((word, index) => index > differing && word !== others[index])) return false;
  return isOneSlip(words[differing] ?? '', others[differing] ?? '');
}

function wordsOf(name: string): string[] {
  return name.match(WORDS) ?? [];
}

/** Whether two words of some length differ by one slip that changes no digit. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < LEAST_LENGTH) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (/\d/.test(left + right)) return false;
  const isSwapped = left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  return isSwapped || Math.max(left.length, right.length) === 1;
}
