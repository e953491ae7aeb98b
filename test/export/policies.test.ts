import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { type Configuration, DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import { admissionChecks } from '../../server/src/export/checks.ts';
import { exportList } from '../../server/src/export/export-list.ts';
import { manifestOf } from '../../server/src/export/manifest.ts';
import { NOT_EXPORTED } from '../../server/src/export/not-exported.ts';
import { clusterPolicies, type ExportOptions } from '../../server/src/export/policies.ts';
import { rules } from '../../server/src/rules/index.ts';
import { DEFAULT_RULE_SETTINGS } from '../../server/src/rules/settings.ts';
import { checkText, TODAY } from '../support/check-text.ts';
import { TestFolder } from '../support/command-line.ts';
import { unmark } from '../support/marked-text.ts';
import type { RuleCases } from '../support/rule-cases.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';
import { admits, asCel, askedIn, environment, isAskedAbout, isPlain, objectsIn } from './admission.ts';
import { BY_KYVERNO, PRESENT, REMAINDER, REPORTED } from './remainder.ts';

const CHECKS = admissionChecks(DEFAULT_RULE_SETTINGS);
const ADMISSION_CHECKS = CHECKS.filter(({ reports }) => reports !== 'only');
const REPORTING_CHECKS = CHECKS.filter(({ reports }) => reports === 'only');
const schemas = await loadKubernetesSchemas();

const optionsWith = (
  configuration: Partial<Configuration>,
  action: ExportOptions['action'] = 'deny',
): ExportOptions => ({
  action,
  configuration: { ...DEFAULT_CONFIGURATION, ...configuration },
  today: TODAY,
});

/** What the cluster judges otherwise than the rule, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'an empty context and an empty profile; flow style in JSON':
    'the API server refuses a profile without a type',
  'annotations that nothing obeys any more': 'the API server ignores them since 1.27, as the finding says',
  'upper case': 'the API server takes hosts in lower case alone',
  'an Ingress of ingress-nginx whose host has a certificate through another one':
    'the policy sees one Ingress, so that each has to bring its certificate',
  'ingress-nginx: another Ingress has the certificate':
    'the policy sees one Ingress, so that each has to bring its certificate',
  'an IngressClass tells the controller': 'the policy does not see the class',
  'a name that is filled in later': 'by then it is filled in',
  ...Object.fromEntries(
    ['a ServiceAccount from elsewhere', 'alone, a file does not say what the default ServiceAccount has'].map(
      (name) => [name, 'by then a pod has what its ServiceAccount brings'],
    ),
  ),
  'an account with roles is meant to call the API': 'only advice, which hangs on other objects',
  'none named, but a Namespace in the same files': 'the cluster sees where it has been put',
  'none named, and other files may set it': 'the cluster sees where it has been put',
  ...Object.fromEntries(
    [
      'an issuer of the workspace, two hosts, flow style, CRLF, an old API version',
      'a short elliptic curve; an old version of the API; an Ingress',
    ].map((name) => [name, 'no API server with policies knows this version']),
  ),
  ...Object.fromEntries(
    [
      'false on the pod, though its container says true',
      'Knative takes it on containers alone',
      'a container of Knative, which needs no name, and one for a person who looks for an error',
      'true, and null, which is as good as nothing; a pod has no such default',
    ].map((name) => [name, 'what a kind that is no workload of Kubernetes makes is refused as a pod']),
  ),
  'no source is an emptyDir; a hostPath is for another rule, an unknown key for the schema':
    'the API server drops unknown fields before it asks',
};

/** Where the rule only gives advice since it sees more, or less, than the cluster does. */
const REFUSED_ADVICE: Readonly<Record<string, string>> = {
  'outside of PHI scope it is advice': 'the bindings leave out Namespaces that say so of themselves',
  'default because nothing names another': 'the cluster sees where it has been put',
  'an Ingress on AWS whose load balancer connects to nodes; one of GKE':
    'the policy does not see the Ingress',
  'an Ingress without a class, which a cloud may serve': 'the policy does not see the Ingress',
};

/** Files of nodes, of clients and of kOps look like objects, but never pass admission; some do not even look so. */
const isFile = ({ apiVersion = '', kind }: ReturnType<typeof objectsIn>[number]) =>
  !/^\w/.test(apiVersion) ||
  /^(?:kubelet\.config\.k8s|apiserver\.config\.k8s|kops\.k8s)\.io\//.test(apiVersion) ||
  (apiVersion === 'v1' && kind === 'Config');

function isFlagged(object: object, id: string): boolean {
  const rule = rules.filter((known) => known.id === id);
  return checkText(JSON.stringify(object), { rules: rule, isolated: true }).length > 0;
}

describe.each(ADMISSION_CHECKS)('$rule', async (check) => {
  const rule = rules.find(({ id }) => id === check.rule);
  const path = `../rules/${rule?.meta.safeguard}/${check.rule}.cases.ts`;
  const { cases } = (await import(path)) as { cases: RuleCases };

  it('admits what the rule finds nothing in', () => {
    const asked = cases.valid.filter(isPlain).map(({ name, code }) => ({ name, all: objectsIn(code) }));
    const isAsked = (object: (typeof asked)[number]['all'][number]) => isAskedAbout(object, check);
    expect(asked.some(({ all }) => all.some(isAsked))).toBe(true);
    const refused = asked.filter(({ all }) =>
      all.some((object, at) => {
        // In whatever order they come.
        const others = [[], all.slice(0, at), all.slice(at + 1), all.toSpliced(at, 1)];
        return isAsked(object) && !others.every((present) => admits(check, object, present));
      }),
    );
    expect(refused.map(({ name }) => name).filter((name) => !(name in OTHERWISE))).toEqual([]);
  });
});

describe.each(REPORTING_CHECKS)('$rule: $part', async (check) => {
  const safeguard = rules.find(({ id }) => id === check.rule)?.meta.safeguard;
  const { cases } = (await import(`../rules/${safeguard}/${check.rule}.cases.ts`)) as { cases: RuleCases };
  const isTold = (code: string) => {
    const all = objectsIn(unmark(code).text);
    return all.some(
      (object, at) => isAskedAbout(object, check) && !admits(check, object, all.toSpliced(at, 1)),
    );
  };

  it('is reported where nothing that would decide otherwise is there', () => {
    const told = cases.valid.filter((one) => isPlain(one) && one.isolated !== true && isTold(one.code));
    expect(told.map(({ name }) => name)).toEqual([]);
    const reported = cases.invalid.filter((one) => isPlain(one) && isTold(one.code));
    const names = reported.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    expect((REPORTED[check.rule] ?? []).filter((name) => !names.includes(name))).toEqual([]);
  });
});

const CHECKED_RULES = rules.filter(({ id }) => ADMISSION_CHECKS.some((check) => check.rule === id));

describe.each(CHECKED_RULES)('$id', async ({ id, meta }) => {
  const checks = ADMISSION_CHECKS.filter(({ rule }) => rule === id);
  const { cases } = (await import(`../rules/${meta.safeguard}/${id}.cases.ts`)) as { cases: RuleCases };

  it('is refused, but for the remainder that its policies own up to', () => {
    const remainder = cases.invalid.filter(isPlain).filter(({ code }) => {
      const objects = objectsIn(unmark(code).text).filter((object) => !isFile(object));
      if (objects.length === 0) return false;
      const isRefused = (object: ReturnType<typeof objectsIn>[number]) =>
        checks.some(
          (check) => isAskedAbout(object, check) && !admits(check, object, [...objects, ...PRESENT]),
        );
      // An object that is flagged by itself has to be refused by itself.
      return (
        !objects.some(isRefused) || objects.some((object) => isFlagged(object, id) && !isRefused(object))
      );
    });
    const names = remainder.map(({ name }) => name).filter((name) => !(name in OTHERWISE));
    const remaining = REMAINDER[id] ?? [];
    const elsewhere = [...(BY_KYVERNO[id] ?? []), ...(REPORTED[id] ?? [])];
    expect(names.toSorted()).toEqual([...remaining, ...elsewhere].toSorted());
    expect(names.length).toBeLessThan(cases.invalid.length);
    if (remaining.length > 0) expect(checks.some(({ beyond }) => beyond !== undefined)).toBe(true);
  });

  it('is not refused where the rule only gives advice', () => {
    const rule = rules.filter((known) => known.id === id);
    const advised = cases.invalid.filter(isPlain).filter(({ code, isolated }) => {
      const found = checkText(unmark(code).text, { rules: rule, isolated: isolated ?? true });
      return found.every(({ finding }) => finding.severity === 'information');
    });
    const refusing = checks.filter(({ isAdvice }) => !isAdvice && meta.severity !== 'information');
    const refused = advised.filter(({ code }) =>
      refusing.some((check) => askedIn(unmark(code).text, check).some((object) => !admits(check, object))),
    );
    expect(refused.map(({ name }) => name).filter((name) => !(name in REFUSED_ADVICE))).toEqual([]);
  });
});

describe('the command', () => {
  it('writes them with what the cluster is to do', async () => {
    const { code, output } = await new TestFolder().run('export --action audit', '', rules);
    expect(code).toBe(0);
    expect(output).toBe(manifestOf(clusterPolicies(rules, optionsWith({}, 'audit'))));
    expect(output).not.toMatch(/^ +- Deny$/m);
  });
});

describe('the policies', () => {
  it('are as the Kubernetes API has them, and without findings', async () => {
    const text = manifestOf(clusterPolicies(rules, optionsWith({ rules: { 'run-as-high-uid': 'warning' } })));
    const findings = checkText(text, { rules, schemas, isolated: true });
    expect(findings.map(({ finding: { rule, message } }) => `${rule}: ${message}`)).toEqual([]);
    const lookups = CHECKS.filter(({ looksUp }) => looksUp);
    const native = CHECKS.length - lookups.length;
    expect(text.match(/^kind: ValidatingAdmissionPolicy$/gm)).toHaveLength(native);
    expect(text.match(/^kind: ValidatingAdmissionPolicyBinding$/gm)).toHaveLength(native);
    expect(text.match(/^kind: ValidatingPolicy$/gm)).toHaveLength(lookups.length);
  });
});

describe('flags of programs', () => {
  const isIn = (rule: string, container: object) =>
    letsIn(policiesWith({}), rule, podOf('a', 'clinic', {}, { containers: [{ name: 'a', ...container }] }));

  it.each([
    [['--token-ttl=0'], false],
    [['--token-ttl=900'], true],
    [['--enable-skip-login'], false],
    [['--enable-skip-login=false'], true],
  ])('of a dashboard: %s', (args, isAdmitted) => {
    expect(isIn('session-timeout-disabled', { image: 'kubernetesui/dashboard:v2.7.0', args })).toBe(
      isAdmitted,
    );
    expect(isIn('session-timeout-disabled', { image: 'registry.example/api:1', args })).toBe(true);
  });

  it.each([
    ['0', false],
    ['168h', false],
    ['0h0m', false],
    ['11h59m', true],
    ['a while', true],
  ])('of oauth2-proxy: --cookie-expire=%s', (duration, isAdmitted) => {
    const container = { command: ['/bin/oauth2-proxy', `--cookie-expire=${duration}`] };
    expect(isIn('session-timeout-disabled', container)).toBe(isAdmitted);
  });

  it.each([
    [['--kubelet-insecure-tls=true'], false],
    [['--TLS-insecure'], false],
    [['--insecure-skip-tls-verify=false'], true],
    [['--insecure-port=0'], true],
    [['curl', '--insecure', 'http://localhost'], true],
  ])('that switch verification off: %s', (args, isAdmitted) => {
    expect(isIn('tls-verification-disabled', { image: 'registry.example/api:1', args })).toBe(isAdmitted);
  });
});

describe('regular expressions', () => {
  it('are such as the API server can read', () => {
    const expressions = CHECKS.flatMap(({ expression, also = [], variables = [] }) => [
      ...[expression, ...also],
      ...variables.map((variable) => variable.expression),
    ]);
    const patterns = expressions.flatMap((expression) =>
      [...expression.matchAll(/\.(?:matches|find|findAll)\('((?:[^'\\]|\\.)*)'\)/g)].map(([, text = '']) =>
        text.replaceAll(/\\(.)/g, '$1'),
      ),
    );
    expect(patterns.length).toBeGreaterThan(20);
    // RE2, in which CEL is defined, as a port of it reads them.
    for (const pattern of new Set(patterns)) expect(() => RE2JS.compile(pattern)).not.toThrow();
  });
});

interface Policy {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly validationActions?: readonly string[];
    readonly matchConditions?: readonly { readonly expression: string }[];
    readonly variables?: readonly { readonly name: string; readonly expression: string }[];
    readonly validations?: readonly { readonly expression: string }[];
  };
}

function policiesWith(configuration: Partial<Configuration>): Policy[] {
  return clusterPolicies(rules, optionsWith(configuration)) as unknown as Policy[];
}

/** Whether the policy of a rule lets an object in, asked as the API server asks. */
function letsIn(policies: readonly Policy[], rule: string, object: object, namespaceLabels = {}): boolean {
  const policy = policies.find(
    ({ kind, metadata }) =>
      kind === 'ValidatingAdmissionPolicy' && metadata.name === `kube-safeguards-${rule}`,
  );
  if (policy === undefined) throw new Error(`no policy for ${rule}`);
  const { matchConditions: conditions = [], variables = [], validations = [] } = policy.spec;
  const context = {
    object: asCel(object),
    request: { userInfo: { username: 'ana' } },
    namespaceObject: { metadata: { labels: namespaceLabels } },
    variables: {} as Record<string, unknown>,
  };
  if (!conditions.every(({ expression }) => environment.evaluate(expression, context) === true)) return true;
  for (const { name, expression } of variables)
    context.variables[name] = environment.evaluate(expression, context);
  return validations.every(({ expression }) => environment.evaluate(expression, context) === true);
}

const podOf = (name: string, namespace: string, more: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, ...more },
  spec: {
    hostNetwork: true,
    containers: [{ name: 'a', image: 'registry.clinic.example/team/a:1.0.0' }],
    ...spec,
  },
});

describe('the configuration', () => {
  it('leaves out rules that are off, and takes in those that are on', () => {
    const names = (configuration: Partial<Configuration>) =>
      policiesWith(configuration).map(({ metadata }) => metadata.name);
    const changed = names({ rules: { 'host-namespaces': 'off', 'run-as-high-uid': 'error' } });
    expect(names({})).toContain('kube-safeguards-host-namespaces');
    expect(names({})).not.toContain('kube-safeguards-run-as-high-uid');
    expect(changed).not.toContain('kube-safeguards-host-namespaces');
    expect(changed).toContain('kube-safeguards-run-as-high-uid');
  });

  it('makes advice a warning', () => {
    const actions = (severity: 'information' | 'error') =>
      policiesWith({ rules: { 'host-namespaces': severity } }).find(
        ({ kind, metadata }) =>
          kind.endsWith('Binding') && metadata.name === 'kube-safeguards-host-namespaces',
      )?.spec.validationActions;
    expect(actions('error')).toEqual(['Deny', 'Audit']);
    expect(actions('information')).toEqual(['Warn', 'Audit']);
  });

  it('says which registries are allowed', () => {
    const images = {
      allowedRegistries: ['registry.clinic.example/team', '*.ours.example', 'docker.io/library/nginx'],
      mirrors: {},
    };
    const policies = policiesWith({ settings: { ...DEFAULT_RULE_SETTINGS, images } });
    const isIn = (image: string) =>
      letsIn(
        policies,
        'image-public-registry',
        podOf('a', 'clinic', {}, { containers: [{ name: 'a', image }] }),
      );
    expect(
      [
        'registry.clinic.example/team/a:1',
        'x.ours.example/a/b@sha256:00',
        'nginx:1.27',
        'docker.io/library/nginx',
      ].filter((image) => !isIn(image)),
    ).toEqual([]);
    expect(
      [
        'registry.clinic.example/other/a',
        'nginx-evil:1',
        'evil.example/x:1.ours.example',
        'registry.clinic.example.evil/team/a',
        'ghcr.io/a/b',
      ].filter(isIn),
    ).toEqual([]);
  });

  it('narrows policies to PHI scope', () => {
    const phi = { namespaces: ['clinic-*'], label: 'data=phi' };
    const policies = policiesWith({ settings: { ...DEFAULT_RULE_SETTINGS, phi } });
    const isIn = (object: object, labels = {}) => letsIn(policies, 'host-namespaces', object, labels);
    expect(isIn(podOf('a', 'clinic-1'))).toBe(false);
    expect(isIn(podOf('a', 'shop'))).toBe(true);
    expect(isIn(podOf('a', 'shop', { labels: { data: 'phi' } }))).toBe(false);
    expect(isIn(podOf('a', 'shop'), { data: 'phi' })).toBe(false);
    expect(isIn(podOf('a', 'shop'), { 'kube-safeguards.io/phi': 'true' })).toBe(false);
    expect(isIn(podOf('a', 'clinic-1'), { 'kube-safeguards.io/phi': 'false' })).toBe(true);
    // Nobody lets himself pass.
    expect(isIn(podOf('a', 'clinic-1', { labels: { 'kube-safeguards.io/phi': 'false' } }))).toBe(false);
  });

  it('narrows what Kyverno makes to the namespaces that hold PHI', () => {
    const matchOf = (phi: { namespaces: string[]; label: string | undefined }) => {
      const policies = policiesWith({ settings: { ...DEFAULT_RULE_SETTINGS, phi } });
      const made = policies.find(
        ({ kind, metadata }) => kind === 'ClusterPolicy' && metadata.name.endsWith('default-deny-missing'),
      );
      return (made?.spec as { rules?: readonly { match: unknown }[] } | undefined)?.rules?.[0]?.match;
    };
    const named = { any: [{ resources: { kinds: ['Namespace'], names: ['clinic-*'] } }] };
    expect(matchOf({ namespaces: ['clinic-*'], label: undefined })).toEqual(named);
    // The label may stand on any object, so that no namespace can be left out.
    expect(matchOf({ namespaces: ['clinic-*'], label: 'data=phi' })).toEqual({
      any: [{ resources: { kinds: ['Namespace'] } }],
    });
  });

  it('exempts what has an exception, and what is made from it, as long as it lasts', () => {
    const decided = {
      rule: 'host-namespaces',
      reason: 'It forwards packets.',
      approver: 'Ann',
      date: '2026-01-01',
    };
    const resource = { kind: 'Deployment', name: 'router-*', namespace: 'clinic' };
    const withException = (more: object) => policiesWith({ exceptions: [{ ...decided, resource, ...more }] });
    const deployment = {
      ...podOf('router-1', 'clinic'),
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'a', image: 'a' }] } } },
    };
    const madePod = (owner: object) => podOf('x', 'clinic', { ownerReferences: [owner] });
    const policies = withException({});
    const isIn = (object: object) => letsIn(policies, 'host-namespaces', object);
    expect(isIn(deployment)).toBe(true);
    expect(isIn(madePod({ kind: 'ReplicaSet', name: 'router-1-5d4f' }))).toBe(true);
    expect(isIn({ ...deployment, metadata: { name: 'router-1', namespace: 'other' } })).toBe(false);
    expect(isIn(madePod({ kind: 'ReplicaSet', name: 'web-5d4f' }))).toBe(false);
    expect(isIn(podOf('router-1', 'clinic'))).toBe(false);
    const note = policies.find(({ metadata }) => metadata.name.endsWith('host-namespaces'))?.metadata
      .annotations;
    expect(note).toEqual({
      'kube-safeguards.io/exceptions': 'Deployment clinic/router-*: It forwards packets. (Ann, 2026-01-01)',
    });
    // Past its date, or for a file, which the cluster does not know.
    for (const ended of [{ until: '2020-01-01' }, { path: 'deploy/router.yaml' }])
      expect(letsIn(withException(ended), 'host-namespaces', deployment)).toBe(false);
  });

  it('that is wrong gives no policies', async () => {
    const folder = new TestFolder({ '.kube-safeguards.yaml': 'rules: { host-namespaces: of }\n' });
    const { code, output, errors } = await folder.run('export', '', rules);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(/^\.kube-safeguards\.yaml:1/);
  });
});

describe('every rule', () => {
  it('is a policy, or there is a reason why not', () => {
    const list = exportList(rules, { ...DEFAULT_CONFIGURATION, rules: { 'run-as-high-uid': 'warning' } });
    expect(list.filter(({ as, note }) => as.length === 0 && note === undefined)).toEqual([]);
    const exported = list.filter(({ as }) => as.length > 0).map(({ rule }) => rule);
    expect(exported.filter((rule) => rule in NOT_EXPORTED)).toEqual([]);
    const known = new Set(rules.map(({ id }) => id));
    expect(Object.keys(NOT_EXPORTED).filter((rule) => !known.has(rule))).toEqual([]);
  });

  it('is told by the command', async () => {
    const folder = new TestFolder({ '.kube-safeguards.yaml': 'rules: { host-namespaces: off }\n' });
    const { output } = await folder.run('export --list', '', rules);
    expect(output).toMatch(/^privileged-container +ValidatingAdmissionPolicy$/m);
    expect(output).toMatch(/^host-namespaces +no policy: is off$/m);
    expect(output).toMatch(/^phi-reachable +no policy: weighs all policies/m);
  });
});
