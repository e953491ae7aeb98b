import { PieceText } from '../../syntax/piece-text.ts';
import { type Finding, isActive } from '../finding.ts';
import type { FixLevel } from '../fix-all.ts';
import type { Refusal } from '../planner.ts';
import {
  type ChartCheckOptions,
  type ChartFinding,
  type CheckedRendering,
  checkChart,
} from './chart-check.ts';
import type { ChartSource } from './chart-source.ts';
import { checkDocuments } from './check.ts';
import { isTypedFinding } from './finding.ts';
import { DerivedFixer, type DerivedPlan, type Offer } from './fix.ts';
import type { FileEdits } from './typed-edits.ts';
import { planTyped, typedOffers } from './typed-fix.ts';
import type { ValueSet } from './value-sets.ts';

/** Plans repairs of a chart's findings, by rendering the chart again. */
export class ChartFixer {
  readonly #options: ChartCheckOptions;
  readonly #fixers = new Map<CheckedRendering, DerivedFixer>();

  constructor(options: ChartCheckOptions) {
    this.#options = options;
  }

  /** What may be offered for a finding, the recommended one first. */
  offersFor(finding: ChartFinding): Offer[] {
    return isTypedFinding(finding)
      ? typedOffers(finding)
      : this.fixerFor(finding.rendering).offersFor(finding);
  }

  plan(finding: ChartFinding, offer: Offer): DerivedPlan | Refusal {
    if (isTypedFinding(finding)) return planTyped(finding, offer, this.#options.checker);
    const plan = this.fixerFor(finding.rendering).plan(finding, offer);
    if ('refused' in plan) return plan;
    const files = finding.rendering.derivation.source.windows.editsOnDisk(plan.files);
    return files === undefined ? NOT_IN_PLACE : { ...plan, files };
  }

  fixerFor(rendering: CheckedRendering): DerivedFixer {
    let fixer = this.#fixers.get(rendering);
    if (fixer === undefined) {
      const { checker } = this.#options;
      fixer = new DerivedFixer(rendering.derivation, rendering.derived, (derived) =>
        checkDocuments(derived, checker),
      );
      this.#fixers.set(rendering, fixer);
    }
    return fixer;
  }
}

const NOT_IN_PLACE: Refusal = {
  refused: 'The value stands in a text that cannot be edited without changing something else.',
};

/** Fixes can make room for others; this many rounds are enough, and end any quarrel between two of them. */
const MAX_ROUNDS = 12;

export interface ChartFixResult {
  /** The files that were changed: their new texts, and the edits that lead there. */
  readonly files: ReadonlyMap<string, PieceText>;
  /** How many findings were repaired. */
  readonly applied: number;
}

/**
 * Repairs a chart: checks it, does the recommended repairs, and checks again until nothing is left to repair. The source holds the new texts
 * afterwards.
 *
 * @param only leaves out findings; absent: all active ones
 */
export function fixChart(
  source: ChartSource,
  valueSets: readonly ValueSet[],
  options: ChartCheckOptions,
  level: FixLevel,
  only: (finding: ChartFinding) => boolean = () => true,
): ChartFixResult {
  const files = new Map<string, PieceText>();
  let applied = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { sets, findings } = checkChart(source, valueSets, options);
    const step = fixOnce(
      sets.map(({ rendering }) => rendering),
      findings.filter(only),
      options,
      level,
    );
    if (step.applied === 0) break;
    applied += step.applied;
    const texts = new Map(source.files);
    for (const { file, edits } of step.files) {
      const pieces = files.get(file) ?? new PieceText(source.text(file) ?? '');
      pieces.apply(edits);
      files.set(file, pieces);
      texts.set(file, pieces.text);
    }
    source.files = texts;
  }
  return { files, applied };
}

/** Repairs what one rendering shows: others are made again before they are looked at. */
function fixOnce(
  renderings: readonly CheckedRendering[],
  findings: readonly ChartFinding[],
  options: ChartCheckOptions,
  level: FixLevel,
): { files: readonly FileEdits[]; applied: number } {
  const fixer = new ChartFixer(options);
  for (const rendering of renderings) {
    const wanted = findings
      .filter((finding) => finding.rendering === rendering && isActive(finding.finding))
      .filter((finding) => !isTypedFinding(finding))
      .map((finding) => ({
        finding,
        offers: fixer.offersFor(finding).filter((offer) => isTaken(offer, finding, level)),
      }))
      .filter(({ offers }) => offers.length > 0);
    const { files, applied } = fixer.fixerFor(rendering).planAll(wanted);
    const onDisk = applied > 0 ? rendering.derivation.source.windows.editsOnDisk(files) : undefined;
    if (onDisk !== undefined) return { files: onDisk, applied };
  }
  return fixTyped(
    findings.filter((finding) => isTypedFinding(finding) && isActive(finding.finding)),
    fixer,
    level,
  );
}

/** Repairs the first finding of each file about the file itself; the others are looked at again. */
function fixTyped(
  findings: readonly ChartFinding[],
  fixer: ChartFixer,
  level: FixLevel,
): { files: readonly FileEdits[]; applied: number } {
  const files = new Map<string, FileEdits>();
  for (const finding of findings) {
    for (const offer of files.has(finding.file) ? [] : fixer.offersFor(finding)) {
      const plan = isTaken(offer, finding, level) ? fixer.plan(finding, offer) : undefined;
      if (plan === undefined || 'refused' in plan) continue;
      for (const edits of plan.files) files.set(edits.file, edits);
      break;
    }
  }
  return { files: [...files.values()], applied: files.size };
}

/** Whether an offer may be taken without asking. */
export function isTaken(
  { applicability, fix }: Offer,
  { finding }: { readonly finding: Finding },
  level: FixLevel,
): boolean {
  const operations = fix === undefined ? [] : (finding.fixes[fix]?.operations ?? []);
  return (
    (level === 'all' || applicability === 'safe') && operations.every(({ op }) => op !== 'edit-configuration')
  );
}
