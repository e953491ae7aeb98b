/** The policies of Kyverno, run over the rules' own tables. */

import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import { type Action, clusterPolicies } from '../../server/src/export/policies.ts';
import { rules } from '../../server/src/rules/index.ts';
import { DEFAULT_RULE_SETTINGS } from '../../server/src/rules/settings.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { cases as reviewCases } from '../rules/access-control/access-review-overdue.cases.ts';
import { cases as secretsCases } from '../rules/access-control/rbac-secrets-access.cases.ts';
import { cases as tokenCases } from '../rules/access-control/service-account-token-automount.cases.ts';
import { cases as identityCases } from '../rules/access-control/shared-identity.cases.ts';
import { cases as denyCases } from '../rules/network-segmentation/namespace-default-deny-missing.cases.ts';
import { checkText, TODAY } from '../support/check-text.ts';
import { clusterOf } from '../support/cluster.ts';
import { type ApiObject, decide, type KyvernoRule, type Outcome } from '../support/kyverno.ts';
import { unmark } from '../support/marked-text.ts';
import type { RuleCases } from '../support/rule-cases.ts';

function rulesOf(id: string, { action = 'deny' as Action, namespaces = [] as string[] } = {}): KyvernoRule[] {
  const settings = { ...DEFAULT_RULE_SETTINGS, phi: { namespaces, label: undefined } };
  const options = { action, configuration: { ...DEFAULT_CONFIGURATION, settings }, today: TODAY };
  const policies = clusterPolicies(rules, options) as { kind: string; metadata: ApiObject['metadata'] }[];
  const policy = policies.find(
    ({ kind, metadata }) => kind === 'ClusterPolicy' && metadata.name === `kube-safeguards-${id}`,
  ) as { spec: { rules: KyvernoRule[] } } | undefined;
  if (policy === undefined) throw new Error(`no policy for ${id}`);
  return policy.spec.rules;
}

function ruleOf(...of: Parameters<typeof rulesOf>): KyvernoRule {
  const [rule] = rulesOf(...of);
  if (rule === undefined) throw new Error('no rule');
  return rule;
}

function objectsIn(text: string): ApiObject[] {
  return splitDocuments(text)
    .map(({ document }) => parseDocument(document.text).root?.toJS() as ApiObject | undefined)
    .filter((object) => object !== undefined);
}

const plain = <C extends RuleCases['valid'][number]>(cases: readonly C[]) =>
  cases.filter(({ chart, settings, fileName, isolated }) => !(chart || settings || fileName || isolated));

/** An object with its case's name, for what a test says when it fails. */
const named = (cases: RuleCases['valid'], objects = objectsIn) =>
  plain(cases).flatMap(({ name, code }) => objects(unmark(code).text).map((object) => ({ name, object })));

describe('namespace-default-deny-missing', () => {
  const rule = ruleOf('namespace-default-deny-missing');
  const found = (text: string, name: string) =>
    checkText(text, { rules: rules.filter(({ id }) => id === 'namespace-default-deny-missing') }).filter(
      ({ finding }) => finding.resource?.name === name || finding.message.includes(`"${name}"`),
    );

  it('makes what the rule misses, and nothing where the rule asks for nothing', () => {
    const invalid = plain(denyCases.invalid).flatMap(({ code }) => {
      const { text } = unmark(code);
      return objectsIn(text)
        .filter(({ kind, metadata }) => kind === 'Namespace' && found(text, metadata.name).length > 0)
        .map((object) => ({ text, object }));
    });
    expect(invalid.length).toBeGreaterThan(0);
    for (const { text, object } of invalid) {
      const outcome = decide(rule, object) as { generated: Record<string, unknown> };
      const { apiVersion, kind, name, namespace, data } = outcome.generated;
      const made = stringify({ apiVersion, kind, metadata: { name, namespace }, ...(data as object) });
      expect(namespace).toBe(object.metadata.name);
      expect(found(`${text}\n---\n${made}`, object.metadata.name)).toEqual([]);
    }
    const isExcluded = ({ metadata }: ApiObject) =>
      metadata.name === 'kube-system' || metadata.labels?.['kube-safeguards.io/phi'] === 'false';
    const excluded = named(denyCases.valid).filter(({ object }) => isExcluded(object));
    expect(excluded.length).toBeGreaterThan(1);
    for (const { object } of excluded) expect(decide(rule, object)).toBe('skipped');
  });

  it('makes it in the namespaces of the configuration, and only where policies deny', () => {
    const narrow = ruleOf('namespace-default-deny-missing', { namespaces: ['clinic-*'] });
    const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    expect(decide(narrow, namespace('clinic-1'))).toHaveProperty('generated');
    expect(decide(narrow, namespace('shop'))).toBe('skipped');
    expect(() => ruleOf('namespace-default-deny-missing', { action: 'audit' })).toThrow('no policy');
  });
});

describe('access-review-overdue', () => {
  const rule = ruleOf('access-review-overdue');
  const reviewedOn = (date: string): ApiObject => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'a', annotations: { 'kube-safeguards.io/access-review': date } },
  });

  it('notes what the rule finds, and nothing else', () => {
    const outcomes = (cases: RuleCases['valid']) =>
      named(cases).map(({ object }): Outcome | 'error' => {
        try {
          return decide(rule, object);
        } catch {
          return 'error'; // a date that cannot be read, which Kyverno tells as such
        }
      });
    expect(outcomes(reviewCases.valid)).toEqual(['admitted', 'skipped']);
    // The one without a date is missed only in view of others that have one.
    expect(outcomes(reviewCases.invalid)).toEqual(['denied', 'error', 'skipped']);
  });

  it('counts days as the rule does', () => {
    // 92 and 93 days before the tests' today.
    expect(decide(rule, reviewedOn('2026-08-22'))).toBe('admitted');
    expect(decide(rule, reviewedOn('2026-08-21'))).toBe('denied');
  });
});

describe('service-account-token-automount', () => {
  const rule = ruleOf('service-account-token-automount');

  /** The pods that controllers would make from the objects of a file. */
  const podsIn = (text: string): ApiObject[] =>
    objectsIn(text).flatMap((object) => {
      const { spec } = object as { spec?: { template?: { spec?: object } } };
      const podSpec = object.kind === 'Pod' ? spec : spec?.template?.spec;
      if (podSpec === undefined) return [];
      return [{ apiVersion: 'v1', kind: 'Pod', metadata: object.metadata, spec: podSpec }];
    });

  /** The accounts of a file, and those that the cluster has in any case. */
  const accountsOf = (text: string) => (urlPath: string) => {
    const objects = objectsIn(text);
    const [, bindings] = /\/(rolebinding|clusterrolebinding)s$/.exec(urlPath) ?? [];
    if (bindings !== undefined)
      return { items: objects.filter(({ kind }) => kind.toLowerCase() === bindings) };
    if (/^\/api\/v1\/namespaces\/[^/]+$/.test(urlPath)) return undefined;
    const [, namespace, name] =
      /^\/api\/v1\/namespaces\/([^/]+)\/serviceaccounts\/([^/]+)$/.exec(urlPath) ?? [];
    expect(namespace).toBeDefined();
    const account = objects.find(
      ({ kind, metadata }) =>
        kind === 'ServiceAccount' && metadata.name === name && metadata.namespace === namespace,
    );
    return account ?? { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
  };

  it('lets in what the rule finds nothing in, and refuses the rest', () => {
    const outcomes = (cases: RuleCases['valid']) =>
      plain(cases).flatMap(({ code }) => {
        const { text } = unmark(code);
        return podsIn(text).map((pod) => decide(rule, pod, accountsOf(text)));
      });
    expect(outcomes(tokenCases.valid)).toEqual(['skipped', 'skipped', 'skipped']);
    // Where the pod itself asks for the token, the ValidatingAdmissionPolicy refuses it; where the account has roles, the rule only gives advice.
    expect(outcomes(tokenCases.invalid)).toEqual(['denied', 'skipped', 'skipped']);
  });

  it('asks nothing where a Namespace says that it holds no PHI', () => {
    const metadata = { name: 'docs', labels: { 'kube-safeguards.io/phi': 'false' } };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'docs' }, spec: {} };
    expect(decide(rule, pod, clusterOf([pod, { apiVersion: 'v1', kind: 'Namespace', metadata }]))).toBe(
      'skipped',
    );
  });

  it('asks about the account of its name, "default" unless said', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'clinic' }, spec: {} };
    const asked: string[] = [];
    decide(rule, pod, (path) => {
      asked.push(path);
      return { items: [] };
    });
    expect(asked).toContain('/api/v1/namespaces/clinic/serviceaccounts/default');
  });
});

describe('rbac-secrets-access', () => {
  const kyvernoRules = rulesOf('rbac-secrets-access');

  /** Whether each of some objects is denied where all others of its file are in the cluster. */
  const outcomesIn = (code: string) => {
    const objects = objectsIn(unmark(code).text);
    const cluster = clusterOf(objects);
    return objects.some((object) => kyvernoRules.some((rule) => decide(rule, object, cluster) === 'denied'));
  };

  it('lets in what the rule finds nothing in', () => {
    const denied = plain(secretsCases.valid).filter(({ code }) => outcomesIn(code));
    expect(denied.map(({ name }) => name)).toEqual([]);
  });

  it('refuses names that are granted in every namespace, also those of roles that are added up', () => {
    const named = plain(secretsCases.invalid).filter(({ errors }) =>
      errors.some(({ messageId }) => messageId === 'readsNamedEverywhere'),
    );
    expect(named.length).toBeGreaterThan(2);
    const admitted = named.filter(({ code }) => !outcomesIn(code));
    expect(admitted.map(({ name }) => name)).toEqual([]);
  });
});

describe('shared-identity', () => {
  const kyvernoRules = rulesOf('shared-identity', { namespaces: ['patient-*', 'default'] });

  /** The names of the objects of a file that are denied when they are created one behind the other. */
  const deniedIn = (code: string): string[] => {
    const objects = objectsIn(unmark(code).text);
    return objects.flatMap((object, index) => {
      const cluster = (urlPath: string) => ({
        items: objects
          .slice(0, index)
          .filter(({ kind, metadata: { namespace } }) =>
            urlPath.endsWith(`/namespaces/${namespace}/${kind.toLowerCase()}s`),
          ),
      });
      const isDenied = kyvernoRules.some((rule) => decide(rule, object, cluster) === 'denied');
      return isDenied ? [object.metadata.name] : [];
    });
  };

  it('lets in what the rule finds nothing in, and refuses who comes second to an account', () => {
    expect(plain(identityCases.valid).flatMap(({ code }) => deniedIn(code))).toEqual([]);
    expect(plain(identityCases.invalid).flatMap(({ code }) => deniedIn(code))).toEqual(['worker']);
  });

  const application = (kind: string, name: string, account: string, labels = '{}') => {
    const template = `template: { metadata: { labels: ${labels} }, spec: { serviceAccountName: ${account} } }`;
    const spec = kind === 'CronJob' ? `{ jobTemplate: { spec: { ${template} } } }` : `{ ${template} }`;
    return `kind: ${kind}\nmetadata: { name: ${name}, namespace: patient-portal }\nspec: ${spec}\n`;
  };

  it.each([
    ['of two kinds', [application('Deployment', 'a', 'x'), application('CronJob', 'b', 'x')], ['b']],
    [
      'of one name, in two kinds',
      [application('Deployment', 'a', 'x'), application('DaemonSet', 'a', 'x')],
      ['a'],
    ],
    [
      'whose account is named after the second',
      [application('Deployment', 'a', 'b'), application('StatefulSet', 'b', 'b')],
      [],
    ],
    [
      'of one service',
      [
        application('Deployment', 'a', 'x', '{ app: web }'),
        application('CronJob', 'b', 'x', '{ app.kubernetes.io/name: web }'),
      ],
      [],
    ],
    [
      'with the default account',
      [application('Deployment', 'a', 'default'), application('CronJob', 'b', 'default')],
      [],
    ],
  ])('asks about applications %s', (_, objects, denied) => {
    expect(deniedIn(objects.join('---\n'))).toEqual(denied);
  });
});
