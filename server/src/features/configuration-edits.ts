import type { EditConfigurationOperation } from '../rules/rule.ts';
import { insert, set } from '../syntax/edit/operations.ts';
import { planOperation } from '../syntax/edit/plan.ts';
import { parseDocument } from '../syntax/parse.ts';
import { PieceText } from '../syntax/piece-text.ts';
import type { TextEdit } from '../syntax/ranges.ts';

/** Edits of a configuration file's text (empty for a new file); undefined when one of the changes cannot be made. */
export function planConfiguration(
  text: string,
  operations: readonly EditConfigurationOperation[],
): TextEdit[] | undefined {
  const pieces = new PieceText(text);
  for (const { path, value, append } of operations) {
    const plan = planOperation(
      parseDocument(pieces.text),
      append === true ? insert(path, value) : set(path, value),
    );
    if ('refused' in plan) return undefined;
    pieces.apply(plan.edits);
  }
  return pieces.edits;
}
