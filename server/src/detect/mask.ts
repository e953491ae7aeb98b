/**
 * A form of a value that is safe to show. Of a long number of a person, the last four characters may stay, as on a receipt; of anything
 * else nothing does.
 */
export function maskOf(value: string, keep: 'last-four' | 'nothing'): string {
  const length = Math.min(value.length, 24);
  if (keep === 'nothing' || value.length < 9) return '*'.repeat(Math.max(3, Math.min(length, 8)));
  const shown = value.length - 4;
  return [...value.slice(0, 24)]
    .map((character, index) => (value.length <= 24 && index >= shown ? character : maskCharacter(character)))
    .join('');
}

function maskCharacter(character: string): string {
  return /[-/. ()@]/.test(character) ? character : '*';
}

/** A key as evidence may show it: not one that could itself be an identifier or a secret. */
export function shownKey(key: string): string {
  return /^[\w. :/-]{1,60}$/.test(key) && !/\d{3}/.test(key) ? `the key ${key}` : 'a key';
}
