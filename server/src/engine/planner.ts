import { keyOrderAt } from '../kubernetes/key-order.ts';
import type {
  AddDocumentOperation,
  EditConfigurationOperation,
  EditObjectOperation,
  Fix,
  Operation,
} from '../rules/rule.ts';
import { layoutOf } from '../syntax/edit/layout.ts';
import type { DocumentOperation } from '../syntax/edit/operations.ts';
import { isPossible, planOperation, planTogether, type Refusal } from '../syntax/edit/plan.ts';
import { renderBlock } from '../syntax/edit/render.ts';
import { type ParsedDocument, parseDocument } from '../syntax/parse.ts';
import { PieceText } from '../syntax/piece-text.ts';
import type { TextEdit } from '../syntax/ranges.ts';

export type { Refusal };

/** What applying fixes to one document means in text. */
export interface Plan {
  /** In offsets of the document; they do not overlap. */
  readonly edits: readonly TextEdit[];
  /** Texts of documents to add behind the finding's own, each from its `---` line to its last line end. */
  readonly addedDocuments: readonly string[];
  /** Changes of the configuration file, which only its owner can plan. */
  readonly configuration: readonly EditConfigurationOperation[];
  /** Changes of other objects, whose places only the workspace knows. */
  readonly objects: readonly EditObjectOperation[];
}

/** Plans one fix. All of its operations are done, or none: then the refusal says why. */
export function planFix(document: ParsedDocument, fix: Fix): Plan | Refusal {
  if (!canHold(document, fix))
    return { refused: 'A JSON file holds one document; add the other in a file of its own.' };
  const pieces = new PieceText(document.text);
  let current = document;
  for (const operation of fix.operations.filter(isDocumentOperation)) {
    const step = planOperation(current, operation, keyOrderAt);
    if ('refused' in step) return step;
    pieces.apply(step.edits);
    current = step.result;
  }
  return { edits: pieces.edits, ...aside(document, fix.operations) };
}

/** Whether one fix can be done, as planning it says for more. */
export function isFeasible(document: ParsedDocument, fix: Fix): boolean {
  if (!canHold(document, fix)) return false;
  const operations = fix.operations.filter(isDocumentOperation);
  if (operations.every((operation) => isPossible(document, operation, keyOrderAt))) return true;
  // An operation may speak of what the one before it makes.
  return operations.length > 1 && !('refused' in planFix(document, fix));
}

/**
 * Plans many fixes of one document. Fixes that get in each other's way wait: a caller that wants all of them checks the result and plans
 * again.
 */
export function planFixes(document: ParsedDocument, wanted: readonly Fix[]): Plan & { applied: number } {
  const fixes = wanted.filter((fix) => canHold(document, fix));
  const groups = fixes.map(({ operations }) => operations.filter(isDocumentOperation));
  const together = planTogether(document, groups, keyOrderAt);
  if (together === undefined) return planOneByOne(document, fixes);
  const taken = fixes.filter((_, index) => together.taken[index] === true);
  const plan = {
    edits: together.edits,
    ...aside(
      document,
      taken.flatMap(({ operations }) => operations),
    ),
  };
  return { ...plan, applied: taken.length };
}

function planOneByOne(document: ParsedDocument, fixes: readonly Fix[]): Plan & { applied: number } {
  const pieces = new PieceText(document.text);
  const done: Fix[] = [];
  let current = document;
  for (const fix of fixes) {
    const plan = planFix(current, fix);
    if ('refused' in plan) continue;
    // The paths of the other fixes speak of the document as it was: once something has moved, they wait.
    if (done.length > 0 && plan.edits.length > 0) continue;
    pieces.apply(plan.edits);
    done.push(fix);
    if (plan.edits.length > 0) current = parseDocument(pieces.text);
  }
  return {
    edits: pieces.edits,
    ...aside(
      document,
      done.flatMap(({ operations }) => operations),
    ),
    applied: done.length,
  };
}

/** Whether a fix's new documents can stand behind a document: those of YAML can, JSON has no separator. */
function canHold(document: ParsedDocument, { operations }: Fix): boolean {
  return !operations.some(({ op }) => op === 'add-document') || !layoutOf(document).json;
}

/** What a fix does outside its own document. */
function aside(document: ParsedDocument, operations: readonly Operation[]): Omit<Plan, 'edits'> {
  const added = operations
    .filter((operation) => operation.op === 'add-document')
    .map((operation) => renderDocument(document, operation));
  return {
    addedDocuments: [...new Set(added)],
    configuration: operations.filter((operation) => operation.op === 'edit-configuration'),
    objects: operations.filter((operation) => operation.op === 'edit-object'),
  };
}

function renderDocument(document: ParsedDocument, { value, comment }: AddDocumentOperation): string {
  const layout = { ...layoutOf(document), json: false };
  const comments = comment === undefined ? [] : comment.split('\n').map((line) => `# ${line}`);
  return ['---', ...comments, renderBlock(value, 0, layout), ''].join(layout.lineEnd);
}

function isDocumentOperation(operation: Operation): operation is DocumentOperation {
  const { op } = operation;
  return op !== 'add-document' && op !== 'edit-configuration' && op !== 'edit-object';
}
