import type { Fix } from '../../rules/rule.ts';
import { applyEdits, type TextEdit } from '../../syntax/ranges.ts';
import type { Checker } from '../checker.ts';
import type { Refusal } from '../planner.ts';
import { SUPPRESSION_RULE } from '../suppressions.ts';
import type { ChartFinding } from './chart-check.ts';
import { commentEdits } from './comment-edits.ts';
import { isTypedFinding } from './finding.ts';
import type { DerivedPlan, Offer } from './fix.ts';
import { isAsExpected } from './proof.ts';
import { planStaticFix } from './static-check.ts';
import { TypedFiles } from './typed-files.ts';

const REFUSED: Refusal = {
  refused: 'No edit was found that does this and changes nothing of what the chart gives.',
};

const NOTHING_ELSE = { operations: new Map(), allowed: new Map(), added: [] };

/** What may be offered for a finding about a file itself: about a suppression in it, or about what is typed in a template that does not render. */
export function typedOffers(finding: ChartFinding): Offer[] {
  if (!isTypedFinding(finding)) return [];
  return finding.finding.fixes.map(({ title }, fix): Offer => {
    return { title, applicability: 'review', fix, decision: undefined };
  });
}

/** Plans such an offer, and proves it. */
export function planTyped(finding: ChartFinding, offer: Offer, checker: Checker): DerivedPlan | Refusal {
  const fix = finding.finding.fixes[offer.fix ?? -1];
  if (fix === undefined) return REFUSED;
  const { file, rendering } = finding;
  const { derivation } = rendering;
  const text = derivation.textOf(file);
  if (text === undefined || !derivation.isOwn(file)) return REFUSED;
  if (finding.finding.rule === SUPPRESSION_RULE) return planSuppression(finding, fix, text);
  const edits = planStaticFix(text, checker, finding.finding, fix);
  return 'refused' in edits ? edits : planOf(file, edits);
}

/** A comment decides nothing, so all documents have to stay as they are. */
function planSuppression(
  { file, rendering }: ChartFinding,
  { operations }: Fix,
  text: string,
): DerivedPlan | Refusal {
  const { derivation, derived } = rendering;
  const [operation] = operations;
  if (operation?.op !== 'replace-comment') return REFUSED;
  const files = new TypedFiles((name) => derivation.textOf(name));
  for (const edits of commentEdits(files, file, operation.range, operation.newText)) {
    const edited = applyEdits(text, edits);
    if (edited === text) continue;
    const after = derivation.derive(new Map([[file, edited]]), false);
    if (isAsExpected(derived, after, NOTHING_ELSE)) return planOf(file, edits);
  }
  return REFUSED;
}

function planOf(file: string, edits: readonly TextEdit[]): DerivedPlan {
  return { files: [{ file, edits }], configuration: [] };
}
