import type { OffsetRange, TextEdit } from '../../syntax/ranges.ts';
import type { Derivation, DerivedDocument, TracedSpan } from './source-map.ts';
import type { TypedFiles } from './typed-files.ts';
import { restOfLine, typedRangeOf } from './verbatim.ts';

/** A position in a template. */
interface TypedOffset {
  readonly file: string;
  readonly offset: number;
  /** Spaces that each line gets on its way into the derived text. */
  readonly padding: number;
}

/** Edits of one file. */
export interface FileEdits {
  readonly file: string;
  readonly edits: readonly TextEdit[];
  /** The file is made first. */
  readonly isNew?: boolean | undefined;
}

/**
 * Takes edits of derived text to the templates that wrote it: text that stands there word by word is replaced there, and lines are inserted with
 * the indentation of the lines around them.
 */
export class TypedEdits {
  readonly #derivation: Derivation;
  readonly #files: TypedFiles;

  constructor(derivation: Derivation, files: TypedFiles) {
    this.#derivation = derivation;
    this.#files = files;
  }

  /** Undefined when a template did not write the text around an edit, or when the edits reach into several files. */
  of(derived: DerivedDocument, edits: readonly TextEdit[]): FileEdits | undefined {
    const typed = edits.map((edit) => this.#edit(derived, edit));
    const [first] = typed;
    if (first === undefined) return undefined;
    const inFile = typed.flatMap((edit) => (edit?.file === first.file ? [edit.edit] : []));
    return inFile.length === edits.length ? { file: first.file, edits: inFile } : undefined;
  }

  #edit(derived: DerivedDocument, edit: TextEdit): { file: string; edit: TextEdit } | undefined {
    const { range, newText } = withBreakBefore(edit, derived.document.text);
    const isInsertion = range.start === range.end;
    const before = range.start > 0 ? this.#typedAt(derived, range.start - 1) : undefined;
    const from = this.#typedAt(derived, range.start);
    const anchor = isInsertion ? (before ?? from) : from;
    if (anchor === undefined) return undefined;
    const start = isInsertion && anchor === before ? anchor.offset + 1 : anchor.offset;
    const end = isInsertion ? start : this.#endOf(derived, range.end, anchor.file);
    if (end === undefined || end < start) return undefined;
    const typed = { start, end };
    const isAtLineStart = range.start === 0 || derived.document.text[range.start - 1] === '\n';
    const text = newText.includes('\n') ? outdented(newText, anchor.padding, isAtLineStart) : newText;
    return { file: anchor.file, edit: { range: typed, newText: text } };
  }

  /** Where a range ends in a template: behind its last character, or behind the action that printed its last line. */
  #endOf(derived: DerivedDocument, end: number, file: string): number | undefined {
    const last = this.#typedAt(derived, end - 1);
    if (last !== undefined) return last.file === file ? last.offset + 1 : undefined;
    const { text } = derived.document;
    if (end < text.length && text[end] !== '\n') return undefined;
    for (let at = end - 1; at > 0 && text[at] !== '\n'; at--) {
      const known = this.#typedAt(derived, at);
      if (known?.file === file) return restOfLine(this.#files.text(file) ?? '', known.offset).end;
    }
    const behind = end < text.length ? this.#typedAt(derived, end) : undefined;
    return behind?.file === file ? behind.offset : undefined;
  }

  /** Where a template has the character at an offset. */
  #typedAt(derived: DerivedDocument, offset: number): TypedOffset | undefined {
    const { text } = derived.document;
    const [span] = derived.map.spans(offset, offset + 1);
    const origin = span?.origins[0];
    if (span === undefined || origin?.kind !== 'template' || origin.range === undefined) return undefined;
    const typed = this.#derivation.isOwn(origin.file) ? this.#files.text(origin.file) : undefined;
    if (typed === undefined) return undefined;
    const found = typedOffsetOf(typed, origin.range, text, span, offset);
    if (found === undefined) return undefined;
    return { file: origin.file, offset: found, padding: paddingOf(typed, origin.range, text, span) };
  }
}

/**
 * Lines are removed together with the line break before them: what stands behind their own, such as the condition of the next line, is not
 * theirs.
 */
function withBreakBefore({ range: { start, end }, newText }: TextEdit, text: string): TextEdit {
  const isWholeLines = newText === '' && start > 0 && text[start - 1] === '\n' && text[end - 1] === '\n';
  return { range: isWholeLines ? { start: start - 1, end: end - 1 } : { start, end }, newText };
}

/** Takes away the spaces that the lines get when a template is included. */
function outdented(newText: string, padding: number, isAtLineStart: boolean): string {
  return newText
    .split('\n')
    .map((line, index) => {
      if (index === 0 && !isAtLineStart) return line;
      const blanks = line.length - line.trimStart().length;
      return line.slice(Math.min(padding, blanks));
    })
    .join('\n');
}

/** By how much the lines of a run are indented more than in the text that they were taken from. */
function paddingOf(typed: string, within: OffsetRange, derived: string, span: TracedSpan): number {
  for (
    let at = derived.indexOf('\n', span.start);
    at !== -1 && at + 1 < span.end;
    at = derived.indexOf('\n', at + 1)
  ) {
    let visible = at + 1;
    while (visible < span.end && derived[visible] === ' ') visible++;
    if (visible >= span.end || derived[visible] === '\n') continue;
    const found = typedOffsetOf(typed, within, derived, span, visible);
    if (found === undefined) continue;
    const column = found - (typed.lastIndexOf('\n', found - 1) + 1);
    return Math.max(0, visible - at - 1 - column);
  }
  return 0;
}

function typedOffsetOf(
  typed: string,
  within: OffsetRange,
  derived: string,
  span: TracedSpan,
  offset: number,
): number | undefined {
  // What begins a run begins its origin too: `{{-` takes white space away before the text is cut into runs.
  if (typed.startsWith(derived.slice(span.start, offset + 1), within.start)) {
    return within.start + offset - span.start;
  }
  const lineStart = derived.lastIndexOf('\n', offset - 1) + 1;
  let start = Math.max(span.start, lineStart);
  while (start < offset && ' \t'.includes(derived[start] ?? 'x')) start++;
  const part = typedRangeOf(typed, within, derived, span, { start, end: offset + 1 });
  return part === undefined ? undefined : part.end - 1;
}
