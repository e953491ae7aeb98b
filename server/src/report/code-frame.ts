import type { OffsetRange } from '../syntax/ranges.ts';
import { type Paint, printable } from './colours.ts';
import { MASK } from './redaction.ts';
import type { FilePlace } from './run.ts';

/** Longer lines are cut around the flagged text. */
const WIDEST_LINE = 100;

interface Piece {
  readonly text: string;
  readonly flagged: boolean;
}

/**
 * The flagged line with the flagged text underlined, as two lines of text; of a range over several lines, the first one.
 *
 * @param hidden ranges of the file that are masked, sorted and without overlaps
 */
export function codeFrame(
  text: string,
  place: FilePlace,
  hidden: readonly OffsetRange[],
  paint: Paint,
): [string, string] {
  const { line, flagged } = flaggedLine(text, place.range);
  const pieces = cutAround(piecesOf(text, line, flagged, hidden));
  const number = String(place.start.line + 1);
  const source = pieces.map((piece) => piece.text).join('');
  const marks = pieces.map((piece) => (piece.flagged ? '~' : ' ').repeat(piece.text.length)).join('');
  const bar = paint('dim', '|');
  return [
    `${paint('dim', number)} ${bar} ${source}`.trimEnd(),
    `${' '.repeat(number.length)} ${bar} ${paint('red', marks.trimEnd())}`.trimEnd(),
  ];
}

/** The first line that a range touches, without its line end, and the part of the range on it; at least one character. */
function flaggedLine(text: string, range: OffsetRange): { line: OffsetRange; flagged: OffsetRange } {
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  const lineEnd = text.indexOf('\n', range.start);
  let end = lineEnd === -1 ? text.length : lineEnd;
  if (text[end - 1] === '\r') end--;
  const line = { start, end: Math.max(start, end) };
  const flaggedEnd = Math.min(Math.max(range.end, range.start + 1), Math.max(line.end, range.start + 1));
  return { line, flagged: { start: range.start, end: flaggedEnd } };
}

/** A line as pieces of one kind each: flagged or not, with masks in place of what is hidden. */
function piecesOf(
  text: string,
  line: OffsetRange,
  flagged: OffsetRange,
  hidden: readonly OffsetRange[],
): Piece[] {
  const pieces: Piece[] = [];
  const addVisible = (start: number, end: number) => {
    const borders = [start, flagged.start, flagged.end, end].filter((at) => at >= start && at <= end);
    for (let index = 1; index < borders.length; index++) {
      const [from = 0, to = 0] = [borders[index - 1], borders[index]];
      const isFlagged = from >= flagged.start && to <= flagged.end;
      if (to > from) pieces.push({ text: printable(text.slice(from, to)), flagged: isFlagged });
    }
  };
  let at = line.start;
  for (const range of hidden) {
    const start = Math.max(range.start, line.start);
    const end = Math.min(range.end, line.end);
    if (start >= end) continue;
    addVisible(at, start);
    pieces.push({ text: MASK, flagged: start < flagged.end && flagged.start < end });
    at = end;
  }
  addVisible(at, line.end);
  // A finding at the end of the line, such as a missing bracket, points behind it.
  if (flagged.start >= line.end) pieces.push({ text: ' ', flagged: true });
  return pieces;
}

/** Shortens a long line to the surroundings of its flagged text. */
function cutAround(pieces: readonly Piece[]): Piece[] {
  const width = pieces.reduce((sum, { text }) => sum + text.length, 0);
  if (width <= WIDEST_LINE) return [...pieces];
  const before = pieces.slice(
    0,
    pieces.findIndex(({ flagged }) => flagged),
  );
  const flaggedStart = before.reduce((sum, { text }) => sum + text.length, 0);
  const from = Math.max(0, Math.min(flaggedStart - WIDEST_LINE / 4, width - WIDEST_LINE));
  return [
    ...(from > 0 ? [{ text: '...', flagged: false }] : []),
    ...slicePieces(pieces, from, from + WIDEST_LINE),
    ...(from + WIDEST_LINE < width ? [{ text: '...', flagged: false }] : []),
  ];
}

function slicePieces(pieces: readonly Piece[], from: number, to: number): Piece[] {
  let at = 0;
  return pieces.flatMap((piece) => {
    const text = piece.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += piece.text.length;
    return text === '' ? [] : [{ ...piece, text }];
  });
}
