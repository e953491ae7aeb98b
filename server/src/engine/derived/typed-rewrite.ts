import type { DocumentOperation, PlainValue } from '../../syntax/edit/operations.ts';
import { planOperation } from '../../syntax/edit/plan.ts';
import { isList, isMap } from '../../syntax/edit/render.ts';
import type { ParsedDocument } from '../../syntax/parse.ts';
import type { Path } from '../../syntax/paths.ts';
import { PieceText } from '../../syntax/piece-text.ts';
import { difference, shiftRange, type TextEdit } from '../../syntax/ranges.ts';

/** A value in a document of a file. */
export interface TypedPath {
  readonly parsed: ParsedDocument;
  /** The offset of the document in the file. */
  readonly start: number;
  readonly path: Path;
}

/** Edits of the file that make a value another one, and nothing else; undefined where there are none, as where others share it through an anchor. */
export function editsToBecome(
  { parsed, start, path }: TypedPath,
  after: PlainValue,
): readonly TextEdit[] | undefined {
  const pieces = new PieceText(parsed.text);
  let document = parsed;
  const before = parsed.root?.at(path)?.toJS() as PlainValue;
  for (const choices of differences(before, after, path)) {
    const plan = choices
      .map((operation) => planOperation(document, operation))
      .find((candidate) => !('refused' in candidate));
    if (plan === undefined || 'refused' in plan) return undefined;
    pieces.apply(plan.edits);
    document = plan.result;
  }
  return pieces.edits.map(({ range, newText }) => ({ range: shiftRange(range, start), newText }));
}

/** Operations that make one value the other, each with what else would do the same, the smallest changes first. */
function differences(before: PlainValue, after: PlainValue, path: Path): DocumentOperation[][] {
  if (before === after) return [];
  const whole: DocumentOperation = { op: 'set', path, value: after };
  if (typeof before === 'string' && typeof after === 'string')
    return [[{ op: 'replace-text', path, ...difference(before, after) }, whole]];
  if (isMap(before) && isMap(after)) {
    const removed = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
    return [
      ...removed.map((key): DocumentOperation[] => [{ op: 'remove', path: [...path, key] }]),
      ...Object.entries(after).flatMap(([key, value]): DocumentOperation[][] =>
        Object.hasOwn(before, key)
          ? differences(before[key] ?? null, value, [...path, key])
          : [[{ op: 'set', path: [...path, key], value }]],
      ),
    ];
  }
  if (isList(before) && isList(after) && before.length === after.length)
    return after.flatMap((item, index) => differences(before[index] ?? null, item, [...path, index]));
  return [[whole]];
}
