import { describe, expect, it } from 'vitest';
import { admissionChecks } from '../../server/src/export/checks.ts';
import { rules } from '../../server/src/rules/index.ts';
import { DEFAULT_RULE_SETTINGS } from '../../server/src/rules/settings.ts';
import { checkText } from '../support/check-text.ts';
import { type ApiObject, admits, isAskedAbout } from './admission.ts';

/* Clusters that are made by objects of another cluster, in each form that one can be told in. */

const RULES = [
  ...['apiserver-authorization-mode', 'apiserver-anonymous-auth', 'apiserver-identity-provider'],
  ...['apiserver-encryption-config', 'etcd-tls', 'apiserver-audit-policy-missing'],
  ...['apiserver-audit-log-missing', 'apiserver-audit-log-retention', 'apiserver-tls'],
  'session-timeout-disabled',
];
const CHECKS = admissionChecks(DEFAULT_RULE_SETTINGS).filter(({ rule }) => RULES.includes(rule));

/** The rules of which a policy refuses an object; the rules themselves have to say the same. */
function refused(object: object): string[] {
  const found = checkText(JSON.stringify(object), {
    rules: rules.filter(({ id }) => RULES.includes(id)),
    isolated: true,
  });
  const flagged = new Set(found.map(({ finding }) => finding.rule));
  const denied = new Set(
    CHECKS.filter(
      (check) => isAskedAbout(object as ApiObject, check) && !admits(check, object as ApiObject),
    ).map(({ rule }) => rule),
  );
  expect([...denied].toSorted()).toEqual([...flagged].toSorted());
  return [...denied].toSorted();
}

type Arguments = Readonly<Record<string, string>>;
const asMap = (args: Arguments) => args;
const asList = (args: Arguments) => Object.entries(args).map(([name, value]) => ({ name, value }));

/** What the Cluster API knows, each around what kubeadm is told. */
const FORMS: Readonly<Record<string, (configuration: object) => object>> = {
  'a KubeadmControlPlane': (kubeadmConfigSpec) => controlPlane('', { kubeadmConfigSpec }),
  'a KubeadmControlPlaneTemplate': (kubeadmConfigSpec) =>
    controlPlane('Template', { template: { spec: { kubeadmConfigSpec } } }),
  'a KubeadmConfig': (spec) => bootstrap('', spec),
  'a KubeadmConfigTemplate': (spec) => bootstrap('Template', { template: { spec } }),
};
const named = { metadata: { name: 'a', namespace: 'clusters' } };
const controlPlane = (suffix: string, spec: object) => ({
  apiVersion: 'controlplane.cluster.x-k8s.io/v1beta1',
  kind: `KubeadmControlPlane${suffix}`,
  ...named,
  spec,
});
const bootstrap = (suffix: string, spec: object) => ({
  apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2',
  kind: `KubeadmConfig${suffix}`,
  ...named,
  spec,
});

const GOOD: Arguments = {
  'anonymous-auth': 'false',
  'audit-log-path': '/var/log/audit.log',
  'audit-policy-file': '/etc/kubernetes/audit.yaml',
  'encryption-provider-config': '/etc/kubernetes/encryption.yaml',
  'oidc-issuer-url': 'https://id.clinic.example',
};
const IN_NOTHING = [
  'apiserver-anonymous-auth',
  'apiserver-audit-log-missing',
  'apiserver-audit-policy-missing',
  'apiserver-encryption-config',
  'apiserver-identity-provider',
];

describe.each(Object.entries(FORMS))('%s', (_, formOf) => {
  const withArguments = (args: unknown) =>
    formOf({ clusterConfiguration: { apiServer: { extraArgs: args } } });

  it.each([asMap, asList])('is read with arguments %o', (written) => {
    const changed = (args: Arguments) => refused(withArguments(written({ ...GOOD, ...args })));
    expect(changed({})).toEqual([]);
    expect(changed({ 'authorization-mode': 'Node,AlwaysAllow' })).toEqual(['apiserver-authorization-mode']);
    expect(changed({ 'authorization-mode': 'Node' })).toEqual(['apiserver-authorization-mode']);
    expect(changed({ 'authorization-mode': 'Node', 'authorization-config': '/a.yaml' })).toEqual([]);
    expect(changed({ 'anonymous-auth': 'T' })).toEqual(['apiserver-anonymous-auth']);
    expect(changed({ 'token-auth-file': '/tokens.csv' })).toEqual(['apiserver-identity-provider']);
    expect(changed({ 'audit-log-maxage': '30' })).toEqual(['apiserver-audit-log-retention']);
    expect(changed({ 'audit-log-maxage': '2190', 'audit-log-maxbackup': '0' })).toEqual([]);
    expect(changed({ 'audit-log-maxbackup': '10' })).toEqual(['apiserver-audit-log-retention']);
    expect(changed({ 'audit-log-maxbackup': '10', 'audit-webhook-config-file': '/a' })).toEqual([]);
    expect(changed({ 'insecure-port': '8080' })).toEqual(['apiserver-tls']);
    expect(changed({ 'etcd-servers': 'https://a:2379,http://b:2379' })).toEqual(['etcd-tls']);
  });

  it('is refused for what kubeadm does not set, but not where it makes no cluster', () => {
    expect(refused(withArguments({}))).toEqual(IN_NOTHING);
    expect(refused(formOf({ clusterConfiguration: {} }))).toEqual(IN_NOTHING);
    expect(refused(formOf({ joinConfiguration: {} }))).toEqual([]);
    expect(refused(formOf({}))).toEqual([]);
  });

  it('is read with etcd, its own and one of somebody else', () => {
    const withEtcd = (etcd: object) =>
      refused(formOf({ clusterConfiguration: { apiServer: { extraArgs: GOOD }, etcd } }));
    expect(withEtcd({ local: { extraArgs: { 'listen-client-urls': 'http://0.0.0.0:2379' } } })).toEqual([
      'etcd-tls',
    ]);
    expect(withEtcd({ local: { extraArgs: { 'client-cert-auth': 'false' } } })).toEqual(['etcd-tls']);
    expect(withEtcd({ local: { dataDir: '/var/lib/etcd' } })).toEqual([]);
    expect(withEtcd({ external: { endpoints: ['https://a:2379', 'http://b:2379'] } })).toEqual(['etcd-tls']);
    expect(withEtcd({ external: { endpoints: ['https://a:2379'], caFile: '/ca' } })).toEqual([]);
  });

  it.each(['initConfiguration', 'joinConfiguration'])('is read with the kubelets of its %s', (key) => {
    const withKubelet = (kubeletExtraArgs: unknown) =>
      refused(formOf({ [key]: { nodeRegistration: { kubeletExtraArgs } } }));
    for (const written of [asMap, asList]) {
      expect(
        withKubelet(
          written({
            'anonymous-auth': 'true',
            'authorization-mode': 'AlwaysAllow',
            'streaming-connection-idle-timeout': '0s',
          }),
        ),
      ).toEqual(['apiserver-anonymous-auth', 'apiserver-authorization-mode', 'session-timeout-disabled']);
      expect(
        withKubelet(written({ 'anonymous-auth': 'false', 'streaming-connection-idle-timeout': '0h5m' })),
      ).toEqual([]);
    }
  });
});

describe('a pod', () => {
  const withCommand = (command: readonly string[], args: readonly string[] = []) =>
    refused({
      apiVersion: 'v1',
      kind: 'Pod',
      ...named,
      spec: { containers: [{ name: 'a', command, args }] },
    });
  const flags = Object.entries(GOOD).map(([name, value]) => `--${name}=${value}`);
  const certificates = ['tls-cert-file', 'tls-private-key-file'].map((name) => `--${name}=/${name}`);
  const ofKubelets = [
    'kubelet-client-certificate',
    'kubelet-client-key',
    'kubelet-certificate-authority',
  ].flatMap((name) => [`--${name}`, `/${name}`]);
  const whole = ['kube-apiserver', ...flags, ...certificates, ...ofKubelets, '--authorization-mode=RBAC'];

  it('is read by its words, of which the last counts', () => {
    expect(withCommand(whole)).toEqual([]);
    expect(withCommand(['/usr/local/bin/kube-apiserver'], whole.slice(1))).toEqual([]);
    expect(withCommand(whole, ['--anonymous-auth'])).toEqual(['apiserver-anonymous-auth']);
    expect(withCommand(whole, ['--anonymous-auth', '--profiling=false'])).toEqual([
      'apiserver-anonymous-auth',
    ]);
    expect(withCommand(whole, ['-authorization-mode', 'AlwaysAllow'])).toEqual([
      'apiserver-authorization-mode',
    ]);
    expect(
      withCommand(whole, ['--authorization-mode', 'AlwaysAllow', '--authorization-mode', 'RBAC']),
    ).toEqual([]);
    expect(withCommand(whole.slice(0, -1))).toEqual(['apiserver-authorization-mode']);
    expect(withCommand(whole.filter((word) => !word.includes('kubelet-client-key')))).toEqual([
      'apiserver-tls',
    ]);
    expect(withCommand(['kube-apiserver'])).toEqual(
      [...IN_NOTHING, 'apiserver-authorization-mode', 'apiserver-tls'].toSorted(),
    );
  });

  it('that runs something else is let in', () => {
    expect(withCommand([])).toEqual([]);
    expect(withCommand(['kube-apiserver-proxy', '--insecure-port=80'])).toEqual([]);
    expect(withCommand(['sh', '-c', 'kube-apiserver --anonymous-auth=true'])).toEqual([]);
  });

  it('with etcd is read, too', () => {
    expect(withCommand(['etcd'])).toEqual(['etcd-tls']);
    expect(withCommand(['/bin/etcdctl', 'snapshot', 'save'])).toEqual([]);
  });
});
