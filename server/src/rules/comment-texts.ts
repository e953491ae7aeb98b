import type { Comment } from '../syntax/comments.ts';
import type { ParsedDocument } from '../syntax/parse.ts';
import type { OffsetRange } from '../syntax/ranges.ts';

/** Comments on lines that follow each other, read as one text. */
export interface CommentText {
  /** Without the `#` and one blank at the start of each line. */
  readonly text: string;
  /** Where a part of the text is written. */
  readonly rangeOf: (part: OffsetRange) => OffsetRange;
  /** The comments that a part of the text touches. */
  readonly commentsAt: (part: OffsetRange) => readonly Comment[];
}

interface Line {
  /** Of the line in the text. */
  readonly start: number;
  /** Of the line's text in the document. */
  readonly source: number;
}

export function commentTextsIn({ comments, text }: ParsedDocument): CommentText[] {
  const blocks: Comment[][] = [];
  for (const comment of comments) {
    const block = blocks.at(-1);
    const before = block?.at(-1);
    const gap = before === undefined ? undefined : text.slice(before.range.end, comment.range.start);
    if (gap !== undefined && /^[ \t]*\r?\n[ \t]*$/.test(gap)) block?.push(comment);
    else blocks.push([comment]);
  }
  return blocks.map(textOf);
}

function textOf(comments: readonly Comment[]): CommentText {
  const lines: Line[] = [];
  let text = '';
  for (const comment of comments) {
    const marker = /^#+ ?/.exec(comment.text)?.[0].length ?? 1;
    if (lines.length > 0) text += '\n';
    lines.push({ start: text.length, source: comment.range.start + marker });
    text += comment.text.slice(marker);
  }
  const lineAt = (offset: number) => lines.findLastIndex(({ start }) => start <= offset);
  const sourceOf = (offset: number) => {
    const line = lines[lineAt(offset)];
    return line === undefined ? 0 : line.source + offset - line.start;
  };
  return {
    text,
    rangeOf: ({ start, end }) => ({ start: sourceOf(start), end: sourceOf(end - 1) + 1 }),
    commentsAt: ({ start, end }) => comments.slice(lineAt(start), lineAt(end - 1) + 1),
  };
}
