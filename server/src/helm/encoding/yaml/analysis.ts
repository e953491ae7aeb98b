/** What libyaml's emitter finds out about a scalar before it chooses a style. */
export interface ScalarShape {
  readonly isMultiline: boolean;
  readonly allowsPlain: boolean;
  readonly allowsSingleQuotes: boolean;
  /** Whether a literal block can hold it. */
  readonly allowsBlock: boolean;
}

const SIMPLE: ScalarShape = {
  isMultiline: false,
  allowsPlain: true,
  allowsSingleQuotes: true,
  allowsBlock: true,
};

/** Text that nothing below would object to; most scalars. */
const OBVIOUSLY_PLAIN = /^[A-Za-z0-9_/][A-Za-z0-9_/.=+,;()$^~<>\\-]*$/;

const BREAK = /[\n\r\u0085\u2028\u2029]/;
/** `#`, `,`, brackets, `&*!|>'"%@` and the backtick begin something else than a plain scalar. */
const RESERVED_START = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$)|---|\.\.\.)/;
/** A colon before a blank, or a `#` behind one. */
const RESERVED_INSIDE = /:(?:[ \t]|$)|[ \t\n\r\u0085\u2028\u2029\0]#/;
const BREAK_THEN_SPACE = /[\n\r\u0085\u2028\u2029] /;
const SPACE_THEN_BREAK = / [\n\r\u0085\u2028\u2029]/;
const UNPRINTABLE = /[^\n -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

export function analyzeScalar(text: string): ScalarShape {
  if (OBVIOUSLY_PLAIN.test(text)) return SIMPLE;
  if (text === '') {
    return { isMultiline: false, allowsPlain: true, allowsSingleQuotes: true, allowsBlock: false };
  }
  const isSpecial = UNPRINTABLE.test(text);
  const hasSpaceBreak = SPACE_THEN_BREAK.test(text);
  const hasBreakSpace = BREAK_THEN_SPACE.test(text);
  const isMultiline = BREAK.test(text);
  const isPadded = text.startsWith(' ') || text.endsWith(' ');
  const isReserved = RESERVED_START.test(text) || RESERVED_INSIDE.test(text);
  return {
    isMultiline,
    allowsPlain: !(isSpecial || isMultiline || isPadded || isReserved),
    allowsSingleQuotes: !(isSpecial || hasSpaceBreak || hasBreakSpace),
    allowsBlock: !(isSpecial || hasSpaceBreak || text.endsWith(' ')),
  };
}
