/** Stands for the items in the frame around them: no report holds it otherwise. */
const ITEMS = '\u0000items';
const WRITTEN_ITEMS = JSON.stringify(ITEMS);
/** So many characters are written at a time. */
const PIECE = 65_536;

/**
 * What `JSON.stringify(value, undefined, 2)` would write of a value with one long list, and the end of the line, piece by piece, so that neither the list nor its text is ever there
 * as a whole.
 *
 * @param frame the value with the given list in the place of the long one
 */
export function* jsonPieces(
  frame: (items: readonly unknown[]) => unknown,
  items: Iterable<unknown>,
): Generator<string> {
  const [head = '', tail = ''] = JSON.stringify(frame([ITEMS]), undefined, 2).split(WRITTEN_ITEMS);
  const indent = head.slice(head.lastIndexOf('\n'));
  let piece = head;
  let isFirst = true;
  for (const item of items) {
    if (!isFirst) piece += `,${indent}`;
    isFirst = false;
    piece += JSON.stringify(item, undefined, 2).replaceAll('\n', indent);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${isFirst ? JSON.stringify(frame([]), undefined, 2) : piece + tail}\n`;
}
