import { RE2JS } from 're2js';
import type { Candidate } from './candidates.ts';
import type { Field } from './fields.ts';
import { wordsOf } from './keys/words.ts';
import { shownKey } from './mask.ts';
import { isPlaceholder } from './placeholders.ts';
import { THRESHOLDS } from './score.ts';
import type { CustomIdentifier, TextContext } from './types.ts';

/**
 * Why a user's pattern cannot be taken, in words; undefined when it can. Patterns are run by an implementation of RE2, which takes time
 * linear in the text whatever the pattern; what RE2 cannot do (look-around, back-references) is refused here.
 */
export function customPatternProblem(pattern: string): string | undefined {
  if (pattern.length > 1000) return 'The pattern is longer than 1000 characters.';
  try {
    if (RE2JS.compile(pattern).matcher('').find()) return 'The pattern matches an empty text.';
    return undefined;
  } catch {
    return 'The pattern is no regular expression in RE2 syntax, which has no look-around and no back-references, since they can take exponential time.';
  }
}

interface Compiled {
  readonly identifier: CustomIdentifier;
  readonly pattern: RE2JS | undefined;
  /** The words of each key. */
  readonly keys: readonly (readonly string[])[];
}

const compiled = new WeakMap<CustomIdentifier, Compiled | undefined>();

/** Identifiers that the user's configuration defines. One whose pattern cannot be taken finds nothing. */
export function customCandidates(
  text: string,
  fields: readonly Field[],
  context: TextContext,
  identifiers: readonly CustomIdentifier[],
): Candidate[] {
  return identifiers.flatMap((identifier) => {
    const ready = compile(identifier);
    if (ready === undefined) return [];
    if (ready.keys.length === 0) {
      const whole: Field = { keys: context.keys, text, locate: (offset) => offset };
      return ready.pattern === undefined ? [] : matchesIn(whole, ready);
    }
    return fields
      .filter((field) => standsUnder(field, ready.keys))
      .flatMap((field) => matchesIn(field, ready));
  });
}

function compile(identifier: CustomIdentifier): Compiled | undefined {
  if (compiled.has(identifier)) return compiled.get(identifier);
  const usable = identifier.pattern === undefined || customPatternProblem(identifier.pattern) === undefined;
  const ready: Compiled | undefined = usable
    ? {
        identifier,
        pattern: identifier.pattern === undefined ? undefined : RE2JS.compile(identifier.pattern),
        keys: (identifier.keys ?? []).map(wordsOf).filter((words) => words.length > 0),
      }
    : undefined;
  compiled.set(identifier, ready);
  return ready;
}

/** Whether the last key holds the words of one of the keys wanted, side by side. */
function standsUnder(field: Field, keys: readonly (readonly string[])[]): boolean {
  const words = ` ${wordsOf(field.keys.at(-1) ?? '').join(' ')} `;
  return keys.some((wanted) => words.includes(` ${wanted.join(' ')} `));
}

function matchesIn(field: Field, { identifier, pattern, keys }: Compiled): Candidate[] {
  const candidates: Candidate[] = [];
  const add = (start: number, end: number) => {
    const value = field.text.slice(start, end);
    if (value === '' || isPlaceholder(value)) return;
    candidates.push({
      kind: 'custom',
      label: identifier.name,
      value,
      start: field.locate(start),
      end: field.locate(end),
      points: THRESHOLDS.high,
      evidence: [
        keys.length > 0
          ? `under ${shownKey(field.keys.at(-1) ?? '')}`
          : 'in the form that the configuration gives',
      ],
      keys: field.keys,
    });
  };
  if (pattern === undefined) add(0, field.text.length);
  else {
    const matcher = pattern.matcher(field.text);
    while (matcher.find()) add(matcher.start(), matcher.end());
  }
  return candidates;
}
