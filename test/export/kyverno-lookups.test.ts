/** The policies of Kyverno that look other objects up, run over the rules' own tables: all objects of a case are in the cluster. */

import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import { clusterPolicies } from '../../server/src/export/policies.ts';
import { rules } from '../../server/src/rules/index.ts';
import { TODAY } from '../support/check-text.ts';
import { clusterOf, objectsOf, podsOf } from '../support/cluster.ts';
import { type ApiObject, decide, type KyvernoRule } from '../support/kyverno.ts';
import { unmark } from '../support/marked-text.ts';
import type { RuleCases } from '../support/rule-cases.ts';
import { isPlain } from './admission.ts';
import { BEYOND_KYVERNO } from './remainder.ts';

interface Policy {
  readonly kind: string;
  readonly metadata: ApiObject['metadata'];
  readonly spec: { readonly rules: readonly KyvernoRule[] };
}

const policies = clusterPolicies(rules, {
  action: 'deny',
  configuration: DEFAULT_CONFIGURATION,
  today: TODAY,
}) as unknown as Policy[];

/** What the cluster judges otherwise than the rule, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'policies that Kyverno makes for every namespace': 'by then they are there',
};

/** Whether any object of a file, or a pod made of them, is refused in a cluster that has all of them. */
function isRefused(id: string, code: string): boolean {
  const policy = policies.find(
    ({ kind, metadata }) => kind === 'ClusterPolicy' && metadata.name === `kube-safeguards-${id}`,
  );
  if (policy === undefined) throw new Error(`no policy for ${id}`);
  const objects = objectsOf(unmark(code).text);
  const pods = podsOf(objects);
  const cluster = clusterOf([...objects.filter(({ kind }) => kind !== 'Pod'), ...pods]);
  const asked = [...objects.filter(({ kind }) => kind !== 'Pod'), ...pods];
  return asked.some((object) => policy.spec.rules.some((rule) => decide(rule, object, cluster) === 'denied'));
}

describe.each(['network-policy-missing'])('%s', async (id) => {
  const safeguard = rules.find((rule) => rule.id === id)?.meta.safeguard;
  const { cases } = (await import(`../rules/${safeguard}/${id}.cases.ts`)) as { cases: RuleCases };
  const seen = ({ isolated, ...one }: RuleCases['valid'][number]) => isPlain(one) && isolated !== true;

  it('lets in what the rule finds nothing in', () => {
    const refused = cases.valid.filter(seen).filter(({ code }) => isRefused(id, code));
    expect(refused.map(({ name }) => name).filter((name) => !(name in OTHERWISE))).toEqual([]);
  });

  it('refuses what the rule flags, but for what it owns up to', () => {
    const admitted = cases.invalid.filter(seen).filter(({ code }) => !isRefused(id, code));
    expect(admitted.map(({ name }) => name).toSorted()).toEqual((BEYOND_KYVERNO[id] ?? []).toSorted());
  });
});
