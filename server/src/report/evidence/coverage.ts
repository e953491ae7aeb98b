import type { Safeguard } from '../../rules/rule.ts';
import { SAFEGUARDS } from '../rule-list.ts';
import { CONTROLS } from './controls.ts';
import type { WeighedFinding } from './judge.ts';
import type { CoverageCell, CoverageRow, Status } from './model.ts';
import type { Observation } from './observation.ts';

/** The safeguards that namespaces are looked at for: what is about the manifest alone is none. */
export const COVERED_SAFEGUARDS: readonly Safeguard[] = (Object.keys(SAFEGUARDS) as Safeguard[]).filter(
  (safeguard) => safeguard !== 'authoring',
);

const SAFEGUARD_OF: ReadonlyMap<string, Safeguard> = new Map(
  CONTROLS.flatMap(({ safeguard, aspects }) => aspects.map(({ id }) => [id, safeguard] as const)),
);

/** What is known of each safeguard in each namespace, the cluster as a whole first. */
export function coverageOf(
  namespaces: readonly string[],
  findings: readonly WeighedFinding[],
  observations: readonly Observation[],
): CoverageRow[] {
  return [undefined, ...namespaces].map((namespace) => {
    const own = findings.filter(({ finding }) => finding.namespace === namespace);
    const seen = observations.filter((observation) => observation.namespace === namespace);
    return { namespace, cells: COVERED_SAFEGUARDS.map((safeguard) => cellOf(safeguard, own, seen)) };
  });
}

function cellOf(
  safeguard: Safeguard,
  findings: readonly WeighedFinding[],
  observations: readonly Observation[],
): CoverageCell {
  const about = findings.filter(({ finding }) => finding.safeguard === safeguard);
  const active = about.filter(({ finding }) => finding.exception === undefined);
  const violations = active.filter(({ isStrong }) => isStrong).length;
  const exceptions = about.length - active.length;
  const own = observations.filter(({ aspect }) => SAFEGUARD_OF.get(aspect) === safeguard);
  const shown = own.filter((observation) => observation.shown).length;
  const isWhole = shown > 0 && shown === own.length && active.length === 0;
  const status: Status =
    violations > 0 ? 'violated' : exceptions > 0 ? 'excepted' : isWhole ? 'met' : 'undecided';
  return { safeguard, status, violations, exceptions, shown };
}
