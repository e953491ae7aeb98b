import { worldOf } from '../../server/src/analysis/world.ts';
import { Checker } from '../../server/src/engine/checker.ts';
import { type Configuration, DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import { type Finding, isActive } from '../../server/src/engine/finding.ts';
import type { KubernetesSchemas } from '../../server/src/kubernetes/schema/schemas.ts';
import { rules as allRules } from '../../server/src/rules/index.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import type { RuleSettings } from '../../server/src/rules/settings.ts';
import { type PlacedDocument, splitDocuments } from '../../server/src/syntax/documents.ts';
import { type OffsetRange, shiftRange } from '../../server/src/syntax/ranges.ts';
import { roleOf } from '../../server/src/workspace/chart-values.ts';

export const TODAY = '2026-11-22';

export interface CheckOptions {
  readonly rules: readonly Rule[];
  /** Leaves out the findings of other rules. */
  readonly only?: string | undefined;
  readonly settings?: Partial<RuleSettings> | undefined;
  readonly isolated?: boolean | undefined;
  readonly schemas?: KubernetesSchemas | undefined;
  readonly fileName?: string | undefined;
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
