import { meaningOf } from './keys/meaning.ts';
import type { Hits } from './scan/hits.ts';
import type { TextContext } from './types.ts';

/** Whether any field of a text can be a person's: without a word that says so no field counts, and ordinary configuration is left at once. */
export function mayHoldIdentifiers(hits: Hits, context: TextContext): boolean {
  if (hits.identifiers.length > 0 || hits.isHealthFormat) return true;
  return (
    context.keys.some(speaksOfPerson) || context.siblings?.some(({ key }) => speaksOfPerson(key)) === true
  );
}

function speaksOfPerson(key: string): boolean {
  const meaning = meaningOf(key);
  return meaning.own || meaning.person !== undefined;
}
