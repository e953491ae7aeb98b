import type { OffsetRange } from '../../syntax/ranges.ts';
import { isInComment } from './places.ts';
import type { ConfigurationText } from './texts.ts';

/** A name with a value, in any notation: a variable, a flag, a line of properties, YAML, JSON, TOML or XML attributes. */
export interface NamedSetting {
  readonly name: string;
  readonly value: string;
  /** From the name to the end of the value, in offsets of the text; all of the text where the name stands outside of it. */
  readonly range: OffsetRange;
  readonly valueRange: OffsetRange;
  /** Settings of the same block, or with the same beginning of the name. */
  readonly neighbours: () => readonly { readonly name: string; readonly value: string }[];
}

const PAIR =
  /(?<![\w.-])([A-Za-z][\w.-]{0,79})["']?[ \t]{0,8}(?:=>|[:=])[ \t]{0,8}(?:"([^"\n]{0,200})"|'([^'\n]{0,200})'|([^\s"',;{}[\]<>&#]{1,200}))?/g;

/** The settings of a text whose name or value asks for a look: those about TLS. */
export const INTERESTING =
  /ssl|tls|insecure|verif|security[._]?\w*[._]?protocol|endpoint[._]identification|trust/i;

export function settingsIn(text: ConfigurationText): NamedSetting[] {
  const { decoded } = text.scalar;
  const own: NamedSetting[] = [];
  if (
    (text.place === 'env' || text.place === 'config') &&
    !decoded.includes('\n') &&
    INTERESTING.test(text.name)
  ) {
    const range = { start: 0, end: decoded.length };
    own.push({
      name: text.name,
      value: decoded,
      range,
      valueRange: range,
      neighbours: () => withSamePrefix(text),
    });
  }
  if (!INTERESTING.test(decoded)) return own;
  const pairs = [...decoded.matchAll(PAIR)].filter(([, name = '']) => INTERESTING.test(name));
  return [
    ...own,
    ...pairs
      .filter(({ index }) => !isInComment(decoded, index))
      .map((match) => {
        const value = match[2] ?? match[3] ?? match[4] ?? '';
        const isQuoted = match[2] !== undefined || match[3] !== undefined;
        const end = match.index + match[0].length;
        const valueEnd = isQuoted ? end - 1 : end;
        return {
          name: match[1] ?? '',
          value,
          range: { start: match.index, end },
          valueRange: { start: valueEnd - value.length, end: valueEnd },
          neighbours: () => neighboursAt(decoded, match.index),
        };
      }),
  ];
}

/** `DB_SSLMODE` and `DB_HOST`: variables that begin alike belong together. */
function withSamePrefix({ name, siblings }: ConfigurationText): { name: string; value: string }[] {
  const prefix = /^.*?(?=[_.-]?(?:ssl|tls|security|insecure))/i.exec(name)?.[0] ?? '';
  return [...siblings].flatMap(([key, value]) => (key.startsWith(prefix) ? [{ name: key, value }] : []));
}

const BLOCK = 1500;

/** The settings of the lines around, up to a blank line or a section's header. */
function neighboursAt(text: string, at: number): { name: string; value: string }[] {
  const before =
    text
      .slice(Math.max(0, at - BLOCK), at)
      .split(/\n\s*(?:\n|\[[^\]\n]*\]\s*\n)/)
      .at(-1) ?? '';
  const after = text.slice(at, at + BLOCK).split(/\n\s*(?:\n|\[)/)[0] ?? '';
  return [...(before + after).matchAll(PAIR)].map((match) => ({
    name: match[1] ?? '',
    value: match[2] ?? match[3] ?? match[4] ?? '',
  }));
}
