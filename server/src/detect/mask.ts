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
