import { areSame } from '../analysis/names/kinds.ts';
import { keyOrderAt } from '../kubernetes/key-order.ts';
import { resourcesOf } from '../kubernetes/resource.ts';
import type { EditObjectOperation } from '../rules/rule.ts';
import { splitDocuments } from '../syntax/documents.ts';
import { set } from '../syntax/edit/operations.ts';
import { planOperation } from '../syntax/edit/plan.ts';
import { parseDocument } from '../syntax/parse.ts';
import { shiftRange, type TextEdit } from '../syntax/ranges.ts';

/** The edits of a file, in its offsets, that change an object in it; undefined where it is not there or cannot be changed in this way. */
export function objectEdits(
  text: string,
  { object, path, value }: EditObjectOperation,
): TextEdit[] | undefined {
  for (const { document, start } of splitDocuments(text)) {
    if (!document.text.includes(object.name)) continue;
    const parsed = parseDocument(document.text);
    const found = resourcesOf(parsed).find((resource) => areSame(resource, object));
    if (found === undefined) continue;
    const plan = planOperation(parsed, set([...found.root.path, ...path], value), keyOrderAt);
    if ('refused' in plan) return undefined;
    return plan.edits.map(({ range, newText }) => ({ range: shiftRange(range, start), newText }));
  }
  return undefined;
}
