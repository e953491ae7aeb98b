import type { ConfiguredException } from '../engine/exceptions.ts';
import { isInForce } from '../engine/suppressions.ts';
import { anyOf, celMatches, celText, wildcardPattern } from './cel.ts';

/** The decisions that a cluster can respect: it does not know files, and one for a file alone must not become one for all objects. */
export function exceptionsFor(
  rule: string,
  exceptions: readonly ConfiguredException[],
  today: string,
): ConfiguredException[] {
  return exceptions.filter(
    ({ rule: id, path, resource, reason, until }) =>
      id === rule && path === undefined && resource !== undefined && isInForce({ reason, until }, today),
  );
}

/** CEL that is true for what an exception is about, and for what a controller makes of it. */
export function exemptExpression({ resource = {} }: ConfiguredException): string {
  const { kind = '*', name = '*', namespace } = resource;
  const metadata = 'object.metadata';
  const own = [...is('object.kind', kind), ...isIfThere(metadata, 'name', name)];
  const owned = [...is('o.kind', kind), ...is('o.name', name)];
  const place = namespace === undefined ? [] : isIfThere(metadata, 'namespace', namespace);
  const objects = anyOf(
    all(own),
    `(has(${metadata}.ownerReferences) && ${anyOf(...madeFrom(kind, name, owned))})`,
  );
  return all([objects, ...place]);
}

/** Pods of a Deployment belong to a ReplicaSet with its name and a hash, those of a CronJob to a Job with a number. */
export const MADE_BETWEEN: Readonly<Record<string, readonly [kind: string, suffix: string]>> = {
  Deployment: ['ReplicaSet', '-[a-z0-9]+'],
  CronJob: ['Job', '-[0-9]+'],
};

function madeFrom(kind: string, name: string, owned: readonly string[]): string[] {
  const owners = 'object.metadata.ownerReferences';
  const between = MADE_BETWEEN[kind];
  const direct = `${owners}.exists(o, ${all(owned)})`;
  if (between === undefined) return [direct];
  const [owner, suffix] = between;
  return [
    direct,
    `${owners}.exists(o, o.kind == ${celText(owner)} && ${celMatches('o.name', `^${wildcardPattern(name)}${suffix}$`)})`,
  ];
}

function isIfThere(holder: string, field: string, pattern: string): string[] {
  const conditions = is(`${holder}.${field}`, pattern);
  return conditions.length === 0 ? [] : [`has(${holder}.${field})`, ...conditions];
}

function is(value: string, pattern: string): string[] {
  if (pattern === '*') return [];
  return [
    pattern.includes('*')
      ? celMatches(value, `^${wildcardPattern(pattern)}$`)
      : `${value} == ${celText(pattern)}`,
  ];
}

function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : `(${conditions.join(' && ')})`;
}
