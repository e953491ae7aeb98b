import type { ConfiguredException } from '../engine/exceptions.ts';
import type { PlainValue } from '../syntax/edit/operations.ts';
import { wildcardPattern } from './cel.ts';
import { MADE_BETWEEN } from './exempt.ts';
import { some } from './kyverno-policy.ts';

/** JMESPath that is true for what an exception is about, and for what a controller makes of it: as `exemptExpression` has it in CEL. */
function exemptCondition({ resource = {} }: ConfiguredException): string {
  const { kind = '*', name = '*', namespace } = resource;
  const object = 'request.object';
  const between = MADE_BETWEEN[kind];
  const owned = [
    all(like('kind', kind), like('name', name)),
    ...(between === undefined ? [] : [all(like('kind', between[0]), like('name', name, between[1]))]),
  ];
  const owners = some(`${object}.metadata.ownerReferences`, owned.join(' || '));
  const own = all(like(`${object}.kind`, kind), like(`${object}.metadata.name || ''`, name));
  const place = namespace === undefined ? '' : ` && ${like('request.namespace', namespace)}`;
  return `(${own} || ${owners})${place}`;
}

const all = (...conditions: readonly string[]) => `(${conditions.join(' && ')})`;

const like = (value: string, pattern: string, suffix = '') =>
  `regex_match('^${wildcardPattern(pattern).replaceAll("'", "\\'")}${suffix}$', ${value})`;

/** A policy that is not asked about what has an exception. */
export function withExceptions(spec: PlainValue, exceptions: readonly ConfiguredException[]): PlainValue {
  if (exceptions.length === 0) return spec;
  const { rules, ...rest } = spec as { rules: Record<string, PlainValue>[] };
  const key = `{{ ${exceptions.map((exception) => `(${exemptCondition(exception)})`).join(' || ')} }}`;
  const condition = { key, operator: 'Equals', value: false };
  return {
    ...rest,
    rules: rules.map((rule) => {
      const { all: conditions = [] } = (rule.preconditions ?? {}) as { all?: PlainValue[] };
      return { ...rule, preconditions: { all: [condition, ...conditions] } };
    }),
  };
}
