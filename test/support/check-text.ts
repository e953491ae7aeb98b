import { worldOf } from '../../server/src/analysis/world.ts';
import { Checker } from '../../server/src/engine/checker.ts';
import { type Configuration, DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import { checkChart } from '../../server/src/engine/derived/chart-check.ts';
import { ChartSource } from '../../server/src/engine/derived/chart-source.ts';
import { OWN_VALUES } from '../../server/src/engine/derived/value-sets.ts';
import { type Finding, isActive } from '../../server/src/engine/finding.ts';
import type { KubernetesSchemas } from '../../server/src/kubernetes/schema/schemas.ts';
import { rules as allRules } from '../../server/src/rules/index.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import type { RuleSettings } from '../../server/src/rules/settings.ts';
import { type PlacedDocument, splitDocuments } from '../../server/src/syntax/documents.ts';
import { type OffsetRange, shiftRange } from '../../server/src/syntax/ranges.ts';
import { roleOf } from '../../server/src/workspace/chart-values.ts';
import type { RuleCases } from './rule-cases.ts';

export const TODAY = '2026-11-22';

export interface CheckOptions {
  readonly rules: readonly Rule[];
  /** Leaves out the findings of other rules. */
  readonly only?: string | undefined;
  readonly settings?: Partial<RuleSettings> | undefined;
  readonly isolated?: boolean | undefined;
  readonly schemas?: KubernetesSchemas | undefined;
  readonly fileName?: string | undefined;
  readonly chart?: RuleCases['valid'][number]['chart'] | undefined;
}

/** A finding with its range in the file, and the document that it stands in. */
export interface FileFinding {
  readonly finding: Finding;
  readonly range: OffsetRange;
  readonly placed: PlacedDocument;
}

export function checkerFor({ rules, settings, schemas }: CheckOptions): Checker {
  return new Checker({
    rules,
    schemas,
    configuration: {
      ...DEFAULT_CONFIGURATION,
      rules: switchedOn(rules),
      settings: { ...DEFAULT_CONFIGURATION.settings, ...settings },
    },
    today: TODAY,
    knownRules: new Set(allRules.map(({ id }) => id)),
    onCrash: (rule, error) => {
      throw new Error(`${rule} failed`, { cause: error });
    },
  });
}

/** A rule that is off by default is tested alone. */
function switchedOn([rule, ...others]: readonly Rule[]): Configuration['rules'] {
  const isAlone = rule?.meta.offByDefault === true && others.length === 0;
  return isAlone ? { [rule.id]: rule.meta.severity } : {};
}

/** Checks a text as the only file there is, and gives its active findings. */
export function checkText(text: string, options: CheckOptions): FileFinding[] {
  const checker = checkerFor(options);
  const placed = splitDocuments(text);
  if (options.chart !== undefined) return checkChartFile(text, options.chart, checker, placed);
  const inspections = placed.map(({ document }) => checker.inspect(document, roleOf(options.fileName ?? '')));
  const facts = inspections.flatMap((inspection) => inspection.facts);
  const world = worldOf(facts, options.isolated !== true);
  const forFile = inspections
    .flatMap(({ suppressions }) => suppressions)
    .filter(({ reach }) => reach === 'file');
  return placed.flatMap((place, index) => {
    const inspection = inspections[index];
    const findings = inspection === undefined ? [] : checker.findings(inspection, world, forFile);
    return findings
      .filter((finding) => isActive(finding) && (options.only ?? finding.rule) === finding.rule)
      .map((finding) => ({ finding, range: shiftRange(finding.range, place.start), placed: place }));
  });
}

/** Checks a file of a chart, and gives the findings in this file. */
function checkChartFile(
  text: string,
  { file, files = {} }: NonNullable<CheckOptions['chart']>,
  checker: Checker,
  placed: readonly PlacedDocument[],
): FileFinding[] {
  const chart = { 'Chart.yaml': 'apiVersion: v2\nname: clinic\nversion: 0.1.0\n', ...files, [file]: text };
  const source = new ChartSource(new Map(Object.entries(chart)));
  const { findings } = checkChart(source, [OWN_VALUES], {
    checker,
    configuration: DEFAULT_CONFIGURATION,
    today: TODAY,
  });
  const [whole] = placed;
  return findings
    .filter((found) => found.file === file && isActive(found.finding))
    .flatMap(({ finding }) =>
      whole === undefined ? [] : [{ finding, range: finding.range, placed: whole }],
    );
}
