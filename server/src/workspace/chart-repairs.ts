import type { Configuration } from '../engine/configuration.ts';
import { type ChartFinding, checkChart } from '../engine/derived/chart-check.ts';
import { ChartFixer, type ChartFixResult, fixChart } from '../engine/derived/chart-fix.ts';
import { ChartSource } from '../engine/derived/chart-source.ts';
import type { DerivedPlan, Offer } from '../engine/derived/fix.ts';
import type { NamedWindow } from '../engine/derived/typed-windows.ts';
import type { ValueSet } from '../engine/derived/value-sets.ts';
import type { FixLevel } from '../engine/fix-all.ts';
import type { Refusal } from '../engine/planner.ts';
import type { FileContents } from '../helm/index.ts';
import type { ContainedChecker } from './contained-checker.ts';

/** What a chart is checked with. */
export interface ChartChecking {
  readonly contained: ContainedChecker;
  readonly configuration: Configuration;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** A chart as it is now, and what it is checked with. */
export interface ChartState extends ChartChecking {
  readonly files: ReadonlyMap<string, FileContents>;
  readonly windows: readonly NamedWindow[];
  readonly folder: string;
}

/** What may be done about a finding, with the edits of files of the chart or the reason why not. */
export interface ChartRepair {
  readonly offer: Offer;
  readonly plan: DerivedPlan | Refusal;
}

export function repairsOf(finding: ChartFinding, chart: ChartState): ChartRepair[] {
  const whole = withDocuments(finding, chart);
  const { result = [] } = chart.contained.run((checker) => {
    const fixer = new ChartFixer({ checker, ...optionsOf(chart) });
    return fixer.offersFor(whole).map((offer) => ({ offer, plan: fixer.plan(whole, offer) }));
  });
  return result;
}

/** Repairs a chart, without keeping the result. */
export function fixWhole(
  chart: ChartState,
  valueSets: readonly ValueSet[],
  level: FixLevel,
  only: (finding: ChartFinding) => boolean,
): ChartFixResult {
  const source = new ChartSource(chart.files, chart.windows);
  const { result } = chart.contained.run((checker) =>
    fixChart(source, valueSets, { checker, ...optionsOf(chart) }, level, only),
  );
  return result ?? { files: new Map(), applied: 0 };
}

/** A finding with its documents, which may have been let go. */
function withDocuments(found: ChartFinding, chart: ChartState): ChartFinding {
  if (found.rendering.isShed !== true) return found;
  const source = new ChartSource(chart.files, chart.windows);
  const { result } = chart.contained.run((checker) =>
    checkChart(source, [found.rendering.derivation.valueSet], { checker, ...optionsOf(chart) }),
  );
  const again = result?.findings.find(
    ({ file, finding: { rule, range } }) =>
      file === found.file && rule === found.finding.rule && range.start === found.finding.range.start,
  );
  return again ?? found;
}

function optionsOf({ configuration, today, folder }: ChartState) {
  return { configuration, today, folder };
}
