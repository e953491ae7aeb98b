const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

/** The order in which goyaml.v2 writes the keys of a map: numbers inside of names count as numbers. Source: `keyList.Less` in its sorter.go. */
export function compareYamlKeys(left: string, right: string): number {
  if (left === right) return 0;
  const a = isAsciiText(left) && isAsciiText(right) ? left : [...left];
  const b = typeof a === 'string' ? right : [...right];
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    if (a[index] !== b[index]) return compareAt(a, b, index);
  }
  return a.length - b.length;
}

function isAsciiText(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

function compareAt(a: ArrayLike<string>, b: ArrayLike<string>, index: number): number {
  const left = a[index] ?? '';
  const right = b[index] ?? '';
  const difference = (left.codePointAt(0) ?? 0) - (right.codePointAt(0) ?? 0);
  const isLeftLetter = LETTER.test(left);
  const isRightLetter = LETTER.test(right);
  if (isLeftLetter && isRightLetter) return difference;
  if (isLeftLetter || isRightLetter) return isRightLetter ? -1 : 1;
  const lead = (left === '0' || right === '0') && hasSignificantDigitBefore(a, index) ? 1n : 0n;
  const leftRun = digitRun(a, index, lead);
  const rightRun = digitRun(b, index, lead);
  if (leftRun.value !== rightRun.value) return leftRun.value < rightRun.value ? -1 : 1;
  return leftRun.end === rightRun.end ? difference : leftRun.end - rightRun.end;
}

function hasSignificantDigitBefore(text: ArrayLike<string>, index: number): boolean {
  for (let before = index - 1; before >= 0 && DIGIT.test(text[before] ?? ''); before--) {
    if (text[before] !== '0') return true;
  }
  return false;
}

function digitRun(text: ArrayLike<string>, start: number, lead: bigint): { value: bigint; end: number } {
  let value = lead;
  let end = start;
  for (; end < text.length && DIGIT.test(text[end] ?? ''); end++) {
    value = BigInt.asIntN(64, value * 10n + BigInt((text[end]?.codePointAt(0) ?? 0x30) - 0x30));
  }
  return { value, end };
}
