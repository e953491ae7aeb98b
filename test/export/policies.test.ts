import { Environment } from '@marcbachmann/cel-js';
import { describe, expect, it } from 'vitest';
import {
  ADMISSION_CHECKS,
  type AdmissionCheck,
  WORKLOAD_VARIABLES,
  WORKLOADS,
} from '../../server/src/export/checks.ts';
import { manifestOf } from '../../server/src/export/manifest.ts';
import { clusterPolicies } from '../../server/src/export/policies.ts';
import { groupOf } from '../../server/src/kubernetes/resource.ts';
import { rules } from '../../server/src/rules/index.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { checkText } from '../support/check-text.ts';
import { TestFolder } from '../support/command-line.ts';
import { unmark } from '../support/marked-text.ts';
import type { RuleCases } from '../support/rule-cases.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';

const schemas = await loadKubernetesSchemas();

const schemaRule = rules.filter(({ id }) => id === 'kubernetes-schema');

/** The API server refuses what is of the wrong type before it asks any policy. */
function isDecodable(text: string): boolean {
  return !checkText(text, { rules: schemaRule, schemas, isolated: true }).some(
    ({ finding }) => finding.messageId === 'wrongType',
  );
}

const environment = new Environment({ unlistedVariablesAreDyn: true });

/** As the API server sees numbers: whole ones are int. */
function asCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(asCel);
  if (typeof value !== 'object' || value === null) return value;
  // Fields that are null are dropped before admission.
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, asCel(item)]])),
  );
}

interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly namespace?: string };
}

/** The objects of a file that the API server would ask a policy about. */
function askedIn(text: string, { on }: AdmissionCheck): ApiObject[] {
  const resourceRules = on === 'workloads' ? WORKLOADS : on;
  return (
    splitDocuments(text)
      .filter(({ document }) => isDecodable(document.text))
      .map(({ document }) => parseDocument(document.text).root?.toJS() as ApiObject | undefined)
      .flatMap(
        (object) => (object as { items?: ApiObject[] })?.items ?? (object === undefined ? [] : [object]),
      )
      // The bindings leave out the control plane's namespace; a workload without a pod is refused before.
      .filter(({ metadata }) => metadata?.namespace !== 'kube-system')
      .filter((object) => on !== 'workloads' || JSON.stringify(object).includes('"containers"'))
      .filter(({ apiVersion = '', kind = '' }) =>
        resourceRules.some(
          ({ apiGroups, apiVersions, resources }) =>
            apiGroups.includes(groupOf(apiVersion)) &&
            apiVersions.includes(apiVersion.split('/').at(-1) ?? '') &&
            resources.includes(`${kind.toLowerCase()}s`),
        ),
      )
  );
}

function admits({ on, expression }: AdmissionCheck, object: unknown): boolean {
  const context = { object: asCel(object), variables: {} as Record<string, unknown> };
  for (const { name, expression: value } of on === 'workloads' ? WORKLOAD_VARIABLES : [])
    context.variables[name] = environment.evaluate(value, context);
  return environment.evaluate(expression, context) === true;
}

/** What the cluster judges otherwise than the rule, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'annotations that nothing obeys any more': 'the API server ignores them since 1.27, as the finding says',
  'no source is an emptyDir; a hostPath is for another rule, an unknown key for the schema':
    'the API server drops unknown fields before it asks',
};

describe.each(ADMISSION_CHECKS)('$rule', async (check) => {
  const rule = rules.find(({ id }) => id === check.rule);
  const path = `../rules/${rule?.meta.safeguard}/${check.rule}.cases.ts`;
  const { cases } = (await import(path)) as { cases: RuleCases };
  const isPlain = ({ chart, settings, fileName }: RuleCases['valid'][number]) =>
    chart === undefined && settings === undefined && fileName === undefined;

  it('admits what the rule finds nothing in', () => {
    const asked = cases.valid
      .filter(isPlain)
      .map(({ name, code }) => ({ name, objects: askedIn(code, check) }));
    expect(asked.some(({ objects }) => objects.length > 0)).toBe(true);
    const refused = asked.filter(({ objects }) => !objects.every((object) => admits(check, object)));
    expect(refused.map(({ name }) => name).filter((name) => !(name in OTHERWISE))).toEqual([]);
  });

  it('refuses what the rule finds something in', () => {
    const asked = cases.invalid
      .filter(isPlain)
      .map(({ name, code }) => ({ name, objects: askedIn(unmark(code).text, check) }))
      .filter(({ objects }) => objects.length > 0);
    expect(asked.length).toBeGreaterThan(0);
    const admitted = asked.filter(({ objects }) => objects.every((object) => admits(check, object)));
    expect(admitted.map(({ name }) => name).filter((name) => !(name in OTHERWISE))).toEqual([]);
  });
});

describe('the command', () => {
  it('writes them with what the cluster is to do', async () => {
    const { code, output } = await new TestFolder().run('export --action audit', '', rules);
    expect(code).toBe(0);
    expect(output).toBe(manifestOf(clusterPolicies(rules, 'audit')));
    expect(output).not.toMatch(/^ +- Deny$/m);
  });
});

describe('the policies', () => {
  it('are as the Kubernetes API has them, and without findings', async () => {
    const text = manifestOf(clusterPolicies(rules, 'deny'));
    const findings = checkText(text, { rules, schemas, isolated: true });
    expect(findings.map(({ finding: { rule, message } }) => `${rule}: ${message}`)).toEqual([]);
    expect(text.match(/^kind: ValidatingAdmissionPolicy$/gm)).toHaveLength(ADMISSION_CHECKS.length);
    expect(text.match(/^kind: ValidatingAdmissionPolicyBinding$/gm)).toHaveLength(ADMISSION_CHECKS.length);
  });
});
