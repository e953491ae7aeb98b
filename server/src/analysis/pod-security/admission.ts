import { type SetOperation, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';

/** What Pod Security admission does with a pod that breaks its level: refuse it, note it in the audit log, or warn who sent it. */
export type Mode = 'enforce' | 'audit' | 'warn';

const MODES: readonly Mode[] = ['enforce', 'audit', 'warn'];
const STRICTEST = 'restricted';

/** Where levels are written: labels of a Namespace, or the defaults of a PodSecurityConfiguration. */
export interface LevelSource {
  /** The object below which the levels stand. */
  readonly at: Value;
  readonly pathOf: (mode: Mode) => Path;
}

/** The labels of a Namespace. */
export function namespaceLevels(namespace: Value): LevelSource {
  return {
    at: namespace,
    pathOf: (mode) => ['metadata', 'labels', `pod-security.kubernetes.io/${mode}`],
  };
}

/** The defaults of a PodSecurityConfiguration, which hold where a Namespace has no labels. */
export function defaultLevels(configuration: Value): LevelSource {
  return { at: configuration, pathOf: (mode) => ['defaults', mode] };
}

export function levelOf({ at, pathOf }: LevelSource, mode: Mode): Value | undefined {
  const level = at.at(pathOf(mode));
  return level?.isNull === true ? undefined : level;
}

/**
 * The modes that are below `restricted`, the most important first. Warnings follow `enforce` where no level is named for them.
 *
 * Source: PolicyToEvaluate in https://github.com/kubernetes/pod-security-admission/blob/master/api/helpers.go.
 */
export function weakModes(source: LevelSource): Mode[] {
  const isStrict = (mode: Mode) => levelOf(source, mode)?.text === STRICTEST;
  return MODES.filter((mode) => {
    if (mode === 'warn' && levelOf(source, 'warn') === undefined) return !isStrict('enforce');
    return !isStrict(mode);
  });
}

/** Sets every level that is written as something else, or not at all, to `restricted`. */
export function restrictOperations(source: LevelSource): SetOperation[] {
  return MODES.filter((mode) => levelOf(source, mode)?.text !== STRICTEST).map((mode) =>
    set([...source.at.path, ...source.pathOf(mode)], STRICTEST),
  );
}
