/** A document made readable around the caret: a placeholder stands for what is being typed. */
export interface Draft {
  readonly text: string;
  /** Of the placeholder, with its quote. What stands elsewhere is a part of a longer text. */
  readonly start: number;
  readonly at: 'key' | 'value';
  /** The key on a line of block style whose value is being typed: the placeholder stands for both. */
  readonly field?: string;
  /** Characters of the line. */
  readonly word: { readonly start: number; readonly end: number };
  readonly quote: string;
  readonly hasValue: boolean;
  readonly needsComma: boolean;
}

/** No field is called so; it takes the place of what is being typed. */
export const PLACEHOLDER = 'kube-safeguards-caret';

const KEY_LINE = /^(\s*(?:- +)*)([\w.-]*)$/;
const REST_OF_KEY = /^([\w.-]*)(:(?:\s.*)?)$/;
const VALUE_LINE = /^(\s*(?:- +)*)([\w.-]+):\s+([\w-]*)$/;

/** Reads the caret's line as block style: the placeholder becomes its key, and a value stays only behind a key that has one. */
export function blockDraft(text: string, offset: number, character: number): Draft | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const whole = text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
  const before = text.slice(start, offset);
  const rest = whole.slice(before.length);
  const value = VALUE_LINE.exec(before);
  const key = value === null ? KEY_LINE.exec(before) : null;
  const match = value ?? key;
  const behind = key === null ? null : REST_OF_KEY.exec(rest);
  if (match === null || (behind === null && rest.trim() !== '')) return undefined;
  const word = (value === null ? match[2] : match[3]) ?? '';
  const typed = `${match[1] ?? ''}${PLACEHOLDER}${behind?.[2] ?? ':'}`;
  return {
    start: start + (match[1] ?? '').length,
    text: text.slice(0, start) + typed + text.slice(start + whole.length),
    at: value === null ? 'key' : 'value',
    ...(value === null ? {} : { field: value[2] ?? '' }),
    word: { start: character - word.length, end: character + (behind?.[1] ?? '').length },
    quote: '',
    hasValue: behind !== null,
    needsComma: false,
  };
}
