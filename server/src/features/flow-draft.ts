import { type Draft, PLACEHOLDER } from './field-draft.ts';

const WORD_BEFORE = /(["']?)([\w.-]*)$/;
const WORD_BEHIND = /^([\w.-]*)(["']?)/;

/**
 * Reads the surroundings of a caret as a map in braces, of YAML or JSON, on one line or many. Keys come behind a brace or a comma, values
 * behind a colon; missing commas behind the caret are supplied, since JSON being typed lacks them. Undefined where no such place is.
 */
export function flowDraft(text: string, offset: number, character: number): Draft | undefined {
  if (text.lastIndexOf('{', offset - 1) === -1 || offset === 0) return undefined;
  const [, quote = '', typed = ''] = WORD_BEFORE.exec(lineBefore(text, offset)) ?? [];
  const start = offset - quote.length - typed.length;
  const [, rest = '', closing = ''] = WORD_BEHIND.exec(lineBehind(text, offset)) ?? [];
  const end = offset + rest.length + (closing === quote ? closing.length : 0);
  const before = significantBefore(text, start);
  if (!/[{,:]/.test(before)) return undefined;
  const behind = significantBehind(text, end);
  const at = before === ':' ? 'value' : 'key';
  const hasValue = at === 'key' && behind === ':';
  const needsComma = !hasValue && behind !== '' && !/[,}\]]/.test(behind);
  const placeholder = `"${PLACEHOLDER}"${at === 'value' || hasValue ? '' : ': null'}${needsComma ? ',' : ''}`;
  return {
    text: text.slice(0, start) + placeholder + text.slice(end),
    start,
    at,
    word: { start: character - (offset - start), end: character + (end - offset) },
    quote,
    hasValue,
    needsComma,
  };
}

function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

function lineBehind(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(offset, end === -1 ? undefined : end);
}

/** The last character before an offset that is neither space nor comment; empty when there is none. */
function significantBefore(text: string, offset: number): string {
  for (let end = offset; end > 0; ) {
    const line = lineBefore(text, end);
    const code = line.replace(/(?:^|\s)#.*$/, '').trimEnd();
    if (code !== '') return code.at(-1) ?? '';
    end -= line.length + 1;
  }
  return '';
}

/** The first character from an offset on that is neither space nor comment; empty when there is none. */
function significantBehind(text: string, offset: number): string {
  for (let at = offset; at < text.length; ) {
    const line = lineBehind(text, at);
    const code = line.replace(/(?:^|\s)#.*$/, '').trimStart();
    if (code !== '') return code.charAt(0);
    at += line.length + 1;
  }
  return '';
}
