import type { Severity } from '../../rules/rule.ts';
import { type Aspect, CONTROLS, type Control } from './controls.ts';
import {
  type EvidenceFinding,
  type JudgedAspect,
  type JudgedControl,
  STATUSES,
  type Statement,
  type Status,
} from './model.ts';
import type { Observation } from './observation.ts';

/** A finding with what decides how much it says. */
export interface WeighedFinding {
  readonly finding: EvidenceFinding;
  readonly messageId: string;
  /** Whether it says that something is wrong, and not only that somebody should look. */
  readonly isStrong: boolean;
  /** What it is about: something that may hold PHI, the system below, or a namespace that holds none. */
  readonly scope: 'phi' | 'system' | 'outside';
}

/** What a judgement is made from. */
export interface Evidence {
  readonly findings: readonly WeighedFinding[];
  readonly observations: readonly Observation[];
  /** By id; those that the configuration switches off say `off`. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
}

/** The gravest of some; `undecided` of none. */
export function gravest(statuses: readonly Status[]): Status {
  return STATUSES.find((status) => statuses.includes(status)) ?? 'undecided';
}

/** Every control of the checklist, judged. A control is what the gravest of its parts is. */
export function judgeControls(evidence: Evidence): JudgedControl[] {
  return CONTROLS.map((control) => judgeControl(control, evidence));
}

function judgeControl({ aspects, ...control }: Control, evidence: Evidence): JudgedControl {
  const judged = aspects.map((aspect) => judgeAspect(aspect, evidence));
  return { ...control, status: gravest(judged.map(({ status }) => status)), aspects: judged };
}

/**
 * A part of a control. Findings speak against it; that there are none does not speak for it: it is met when something in the manifests shows it for
 * everything that it has to be shown for.
 */
function judgeAspect({ id, title, rules, evidence, workloadsOnly }: Aspect, known: Evidence): JudgedAspect {
  const about = known.findings.filter(
    ({ finding, messageId, scope }) =>
      (scope === 'phi' || (scope === 'system' && workloadsOnly !== true)) &&
      rules.some((rule) => rule === finding.rule || rule === `${finding.rule}:${messageId}`),
  );
  const active = about.filter(({ finding }) => finding.exception === undefined);
  const own = known.observations.filter(({ aspect }) => aspect === id);
  const parts = {
    shown: statementsOf(own.filter(({ shown }) => shown)),
    open: statementsOf(own.filter(({ shown }) => !shown)),
    violations: active.filter(({ isStrong }) => isStrong).map(({ finding }) => finding),
    exceptions: about.filter(({ finding }) => finding.exception !== undefined).map(({ finding }) => finding),
    questions: active.filter(({ isStrong }) => !isStrong).map(({ finding }) => finding),
    rulesOff: [...new Set(rules.map((rule) => rule.split(':')[0] ?? rule))].filter(
      (rule) => known.severities.get(rule) === 'off',
    ),
  };
  return { id, title, status: statusOf(parts), ...parts, evidence };
}

function statusOf({
  shown,
  open,
  violations,
  exceptions,
  questions,
  rulesOff,
}: Pick<JudgedAspect, 'shown' | 'open' | 'violations' | 'exceptions' | 'questions' | 'rulesOff'>): Status {
  if (violations.length > 0) return 'violated';
  if (exceptions.length > 0) return 'excepted';
  const isWhole = open.length === 0 && questions.length === 0 && rulesOff.length === 0;
  return shown.length > 0 && isWhole ? 'met' : 'undecided';
}

/** Each once: a chart with several sets of values says the same several times. */
function statementsOf(observations: readonly Observation[]): Statement[] {
  const byText = new Map<string, Statement>();
  for (const { text, place } of observations) {
    const key = `${text}\n${place.file}\n${place.unit ?? ''}`;
    if (!byText.has(key)) byText.set(key, { text, place });
  }
  return [...byText.values()].sort(byPlace);
}

export function byPlace({ place: a, text: one }: Statement, { place: b, text: other }: Statement): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (one < other ? -1 : one > other ? 1 : 0);
}
