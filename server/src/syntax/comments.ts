import type { CST } from 'yaml';
import type { OffsetRange } from './ranges.ts';

/** A comment, from its `#` to the end of its line (without the line end). */
export interface Comment {
  readonly range: OffsetRange;
  readonly text: string;
}

/** The comments of a document, in order. The composed tree loses their places, so they are read from the tokens. */
export function commentsIn(tokens: readonly CST.Token[], text: string): Comment[] {
  const comments: Comment[] = [];
  if (!text.includes('#')) return comments;
  const add = (source: readonly CST.SourceToken[] | undefined) => {
    for (const token of source ?? []) {
      if (token.type !== 'comment') continue;
      const content = token.source.trimEnd();
      comments.push({ range: { start: token.offset, end: token.offset + content.length }, text: content });
    }
  };
  const visit = (token: CST.Token | null | undefined): void => {
    if (token === null || token === undefined) return;
    if (token.type === 'comment') add([token as CST.SourceToken]);
    if ('start' in token && Array.isArray(token.start)) add(token.start);
    if ('props' in token)
      for (const prop of token.props) if (prop.type === 'comment') add([prop as CST.SourceToken]);
    if ('items' in token) {
      for (const item of token.items) {
        add(item.start);
        if ('key' in item) visit(item.key);
        if ('sep' in item) add(item.sep);
        if ('value' in item) visit(item.value);
      }
    }
    if ('value' in token && token.type === 'document') visit(token.value);
    if ('end' in token && Array.isArray(token.end)) add(token.end);
  };
  for (const token of tokens) visit(token);
  return comments.sort((a, b) => a.range.start - b.range.start);
}
