import { anyOf, celMatches } from './cel.ts';

/**
 * A regular expression as the API server reads it, which looks neither ahead nor back and counts to a thousand. What stands around a match then becomes a
 * part of it.
 */
export function inRe2({ source }: RegExp): string {
  const outside = (set: string) => (set.startsWith('[') ? `[^${set.slice(1)}` : `[^${set}]`);
  return source
    .replaceAll(/\(\?<!(\\w|\[[^\]]*\])\)/g, (_, set: string) => `(^|${outside(set)})`)
    .replaceAll(/\(\?!(\\w|\[[^\]]*\])\)/g, (_, set: string) => `($|${outside(set)})`)
    .replaceAll('(?<=[?&])', '[?&]')
    .replaceAll('-(?!-)', '-')
    .replaceAll(/\(\?<\w+>/g, '(')
    .replaceAll(/\{(\d+),\d{4,}\}/g, '{$1,}')
    .replaceAll('\\/', '/');
}

/** Whether a text in ASCII matches one of several patterns. */
export function celMatchesAny(text: string, patterns: readonly RegExp[]): string {
  const joined = (some: readonly string[]) => `(${some.join(')|(')})`;
  const exact = patterns.filter(({ ignoreCase }) => !ignoreCase).map(inRe2);
  const folded = patterns.filter(({ ignoreCase }) => ignoreCase).map((pattern) => lowerCased(inRe2(pattern)));
  return anyOf(
    ...(exact.length > 0 ? [celMatches(text, joined(exact))] : []),
    ...(folded.length > 0 ? [celMatches(`${text}.lowerAscii()`, joined(folded))] : []),
  );
}

/** But for escapes, whose case says what they stand for. */
function lowerCased(source: string): string {
  return source.replaceAll(/\\.|[A-Z]/g, (part) => (part.length === 1 ? part.toLowerCase() : part));
}
