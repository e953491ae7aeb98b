import { describe, expect, it } from 'vitest';
import { type AuditEvent, decide } from '../../server/src/analysis/audit-policy/decide.ts';
import { auditPolicyOf } from '../../server/src/analysis/audit-policy/policy.ts';
import { shadows } from '../../server/src/analysis/audit-policy/shadowing.ts';
import { resourcesOf } from '../../server/src/kubernetes/resource.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';

function policyOf(rules: string) {
  const [resource] = resourcesOf(
    parseDocument(`apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [${rules}]\n`),
  );
  const policy = resource && auditPolicyOf(resource);
  if (policy === undefined) throw new Error('no policy');
  return policy;
}

const EVENT: AuditEvent = {
  actor: { name: 'person', groups: ['system:authenticated'] },
  verb: 'get',
  group: '',
  resource: 'pods',
  namespace: 'phi',
};

/** Each row is what kubernetes/apiserver's pkg/audit/policy/checker.go decides. */
describe('decide', () => {
  const REST = '{ level: Metadata }';
  it.each([
    { name: 'the first match wins', rules: `{ level: None, verbs: [get] }, ${REST}`, level: 'None' },
    { name: 'nothing matches', rules: '{ level: Metadata, users: [somebody] }', level: 'None' },
    {
      name: 'a group of the actor',
      rules: `{ level: None, userGroups: ["system:authenticated"] }, ${REST}`,
      level: 'None',
    },
    { name: 'a namespace', rules: `{ level: None, namespaces: [other] }, ${REST}`, level: 'Metadata' },
    {
      name: 'paths are about no object',
      rules: `{ level: None, nonResourceURLs: ["*"] }, ${REST}`,
      level: 'Metadata',
    },
    { name: 'a whole group', rules: `{ level: None, resources: [{ group: "" }] }, ${REST}`, level: 'None' },
    {
      name: 'another group',
      rules: `{ level: None, resources: [{ group: apps }] }, ${REST}`,
      level: 'Metadata',
    },
    {
      name: 'a resource without its subresources',
      rules: `{ level: None, resources: [{ resources: [pods] }] }, ${REST}`,
      event: { subresource: 'log' },
      level: 'Metadata',
    },
    {
      name: 'all subresources of a resource',
      rules: `{ level: None, resources: [{ resources: ["pods/*"] }] }, ${REST}`,
      event: { subresource: 'log' },
      level: 'None',
    },
    {
      name: 'a resource and all of its subresources',
      rules: `{ level: None, resources: [{ resources: ["pods/*"] }] }, ${REST}`,
      level: 'None',
    },
    {
      name: 'that subresource of anything',
      rules: `{ level: None, resources: [{ resources: ["*/log"] }] }, ${REST}`,
      event: { subresource: 'log' },
      level: 'None',
    },
    {
      name: 'other objects by name',
      rules: `{ level: None, resources: [{ resources: [pods], resourceNames: [a] }] }, ${REST}`,
      event: { name: 'b' },
      level: 'Metadata',
    },
    {
      name: 'outside namespaces',
      rules: `{ level: None, namespaces: [""] }, ${REST}`,
      event: { namespace: '' },
      level: 'None',
    },
  ])('$name: $level', ({ rules, event, level }) => {
    expect(decide(policyOf(rules), { ...EVENT, ...event }).level).toBe(level);
  });
});

describe('shadows', () => {
  it.each([
    {
      name: 'a catch-all hides everything',
      rules: '{ level: None }, { level: Metadata, nonResourceURLs: [/a] }',
      hidden: true,
    },
    {
      name: 'fewer verbs',
      rules: '{ level: None, verbs: [get, list] }, { level: Metadata, verbs: [get] }',
      hidden: true,
    },
    {
      name: 'more verbs',
      rules: '{ level: None, verbs: [get] }, { level: Metadata, verbs: [get, list] }',
      hidden: false,
    },
    {
      name: 'all verbs behind some',
      rules: '{ level: None, verbs: [get] }, { level: Metadata }',
      hidden: false,
    },
    {
      name: 'a subresource behind all of them',
      rules:
        '{ level: None, resources: [{ resources: ["pods/*"] }] }, { level: Metadata, resources: [{ resources: [pods/log] }] }',
      hidden: true,
    },
    {
      name: 'all objects behind named ones',
      rules:
        '{ level: None, resources: [{ resources: [pods], resourceNames: [a] }] }, { level: Metadata, resources: [{ resources: [pods] }] }',
      hidden: false,
    },
    {
      name: 'objects behind paths',
      rules: '{ level: None, nonResourceURLs: ["*"] }, { level: Metadata, resources: [{ group: "" }] }',
      hidden: false,
    },
  ])('$name: $hidden', ({ rules, hidden }) => {
    const [earlier, later] = policyOf(rules).rules;
    expect(earlier && later && shadows(earlier, later)).toBe(hidden);
  });
});
