import type { CST } from 'yaml';
import type { OffsetRange } from './ranges.ts';

/**
 * Quoted texts whose further lines are indented no deeper than their key. YAML forbids that, yet libyaml and goyaml, and so kubectl and Helm,
 * read them, and generators of CRDs write them; our parser ends such a text at its first line.
 *
 * @param tokens of a document in which the parser found errors
 * @returns the ranges of such texts, from quote to quote; only those that end where a value can end, so that a quote which is
 * missing while somebody types swallows nothing
 */
export function outdentedQuotes(tokens: readonly CST.Token[], text: string): OffsetRange[] {
  const found: OffsetRange[] = [];
  for (const start of openQuotes(tokens)) {
    if (start < (found.at(-1)?.end ?? 0)) continue;
    const end = closingQuote(text, start);
    if (end === undefined || !endsValue(text, end) || /\n(?:---|\.\.\.)\s/.test(text.slice(start, end)))
      continue;
    found.push({ start, end });
  }
  return found;
}

/** The text with those quotes on one line each. Offsets stay, what is decoded from them does not. */
export function withoutLineBreaksIn(text: string, quotes: readonly OffsetRange[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of quotes) {
    result += text.slice(at, start) + text.slice(start, end).replace(/[\r\n]/g, ' ');
    at = end;
  }
  return result + text.slice(at);
}

/** Offsets of quoted scalars that the parser has not seen an end of. */
function openQuotes(tokens: readonly CST.Token[]): number[] {
  const starts: number[] = [];
  const visit = (token: CST.Token | null | undefined): void => {
    if (token === null || token === undefined) return;
    if (token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar') {
      if (closingQuote(token.source, 0) !== token.source.length) starts.push(token.offset);
    }
    if ('items' in token) {
      for (const item of token.items) {
        if ('key' in item) visit(item.key);
        if ('value' in item) visit(item.value);
      }
    }
    if (token.type === 'document') visit(token.value);
  };
  for (const token of tokens) visit(token);
  return starts;
}

/** The offset behind the quote that closes the one at an offset. */
function closingQuote(text: string, start: number): number | undefined {
  const isDouble = text[start] === '"';
  for (let at = start + 1; at < text.length; at++) {
    if (isDouble && text[at] === '\\') at++;
    else if (!isDouble && text.startsWith("''", at)) at++;
    else if (text[at] === text[start]) return at + 1;
  }
  return undefined;
}

function endsValue(text: string, end: number): boolean {
  const lineEnd = text.indexOf('\n', end);
  return /^[ \t\r]*(?:[,}\]].*|[ \t]#.*)?$/.test(text.slice(end, lineEnd === -1 ? text.length : lineEnd));
}
