import { keyOrderAt } from '../../kubernetes/key-order.ts';
import { splitDocuments } from '../../syntax/documents.ts';
import type { DocumentOperation } from '../../syntax/edit/operations.ts';
import { planOperation } from '../../syntax/edit/plan.ts';
import { type ParsedDocument, parseDocument } from '../../syntax/parse.ts';
import type { Path } from '../../syntax/paths.ts';
import { applyEdits, difference, shiftRange, type TextEdit } from '../../syntax/ranges.ts';
import { ScalarValue } from '../../syntax/values.ts';
import { deepestAt } from './locate.ts';

/** An operation on what stands at a path. */
export type PathOperation = DocumentOperation & { readonly path: Path };

/**
 * Plans an operation on a document, or on the YAML in one of its texts when the path leads into that, as it does into an inline patch.
 *
 * @returns edits of the document; undefined when the operation cannot be done
 */
export function planWithin(
  document: ParsedDocument,
  operation: DocumentOperation,
): readonly TextEdit[] | undefined {
  const inner = 'path' in operation ? textOn(operation.path, document) : undefined;
  const planned =
    inner === undefined || !('path' in operation)
      ? operation
      : inText(inner, { ...operation, path: operation.path.slice(inner.path.length) });
  if (planned === undefined) return undefined;
  const plan = planOperation(document, planned, keyOrderAt);
  return 'refused' in plan ? undefined : plan.edits;
}

/** The text of several lines that a path leads into. */
function textOn(path: Path, { root }: ParsedDocument): ScalarValue | undefined {
  if (root === undefined) return undefined;
  const { value, rest } = deepestAt(root, path);
  return value instanceof ScalarValue && rest.length > 0 && value.decoded.includes('\n') ? value : undefined;
}

/** An operation on the YAML in a text, as one on the text. */
function inText({ decoded, path }: ScalarValue, operation: PathOperation): DocumentOperation | undefined {
  const documents = splitDocuments(decoded).flatMap(({ document, start }) => {
    const parsed = parseDocument(document.text);
    const missing = parsed.root && deepestAt(parsed.root, operation.path).rest.length;
    return missing === undefined ? [] : [{ parsed, start, missing }];
  });
  const [best] = documents.toSorted((a, b) => a.missing - b.missing);
  if (best === undefined) return undefined;
  const plan = planOperation(best.parsed, operation, keyOrderAt);
  if ('refused' in plan) return undefined;
  const edits = plan.edits.map(({ range, newText }) => ({ range: shiftRange(range, best.start), newText }));
  return { op: 'replace-text', path, ...difference(decoded, applyEdits(decoded, edits)) };
}
