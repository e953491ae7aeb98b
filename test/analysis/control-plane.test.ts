import { describe, expect, it } from 'vitest';
import { worldOf } from '../../server/src/analysis/world.ts';
import { fixAll } from '../../server/src/engine/fix-all.ts';
import { rules } from '../../server/src/rules/index.ts';
import { checkerFor, checkText } from '../support/check-text.ts';

const options = { rules };

/** The rules that find something in a file, each once. */
const found = (text: string) =>
  [...new Set(checkText(text, options).map(({ finding }) => finding.rule))].sort();

const fixed = (text: string) =>
  fixAll(text, {
    checker: checkerFor(options),
    worldOf: (facts) => worldOf(facts, true),
    level: 'all',
  }).text;

const K3S = `secrets-encryption: true
write-kubeconfig-mode: "0600"
kube-apiserver-arg:
  - anonymous-auth=true # for probes
  - audit-log-path=/var/lib/rancher/k3s/server/logs/audit.log
  - audit-log-maxage=30
`;

const TALOS = `version: v1alpha1
machine:
  type: controlplane
cluster:
  controlPlane: { endpoint: "https://api.example.com:6443" }
  apiServer:
    extraArgs:
      anonymous-auth: "true"
    admissionControl:
      - name: PodSecurity
        configuration:
          apiVersion: pod-security.admission.config.k8s.io/v1
          kind: PodSecurityConfiguration
          defaults: { enforce: restricted, audit: restricted, warn: restricted }
    auditPolicy:
      apiVersion: audit.k8s.io/v1
      kind: Policy
      rules:
        - level: None
`;

const KOPS = `apiVersion: kops.k8s.io/v1alpha2
kind: Cluster
metadata:
  name: clinic.k8s.local
spec:
  authorization:
    alwaysAllow: {}
  kubeAPIServer:
    auditLogMaxAge: 10
    oidcIssuerURL: https://identity.example.com
`;

describe('control planes of k3s and RKE2', () => {
  it('are judged on what k3s leaves unset', () => {
    expect(found(K3S)).toEqual([
      'apiserver-anonymous-auth',
      'apiserver-audit-log-retention',
      'apiserver-audit-policy-missing',
      'apiserver-identity-provider',
    ]);
    expect(found('cluster-init: true\ntls-san: [a.example.com]\n')).toContain('apiserver-encryption-config');
  });

  it('are judged on what RKE2 leaves unset', () => {
    expect(found('cni: cilium\nprofile: cis\ntls-san:\n  - a.example.com\nkube-apiserver-arg: []\n')).toEqual(
      ['apiserver-identity-provider'],
    );
    expect(found('cni: cilium\nkube-apiserver-arg: ["audit-log-maxage=0"]\n')).toEqual([
      'apiserver-audit-log-missing',
      'apiserver-audit-policy-missing',
      'apiserver-identity-provider',
    ]);
  });

  it('are fixed in their own words', () => {
    expect(fixed(K3S)).toBe(`secrets-encryption: true
write-kubeconfig-mode: "0600"
kube-apiserver-arg:
  - anonymous-auth=false # for probes
  - audit-log-path=/var/lib/rancher/k3s/server/logs/audit.log
  - audit-log-maxage=2190
  - audit-policy-file=/etc/kubernetes/audit-policy.yaml
  - oidc-issuer-url=https://identity.example.com
  - oidc-client-id=kubernetes
`);
    expect(found(fixed(K3S))).toEqual([]);
    expect(fixed('cluster-init: true\ntls-san: [a.example.com]\n')).toContain('secrets-encryption: true\n');
  });
});

describe('control planes of Talos Linux', () => {
  it('are judged on what Talos leaves unset, and on the audit policy that they hold', () => {
    expect(found(TALOS)).toEqual([
      'apiserver-anonymous-auth',
      'apiserver-identity-provider',
      'audit-policy-gap',
      'audit-policy-no-catch-all',
    ]);
    const mended = fixed(TALOS);
    expect(mended).toContain('      anonymous-auth: "false"\n');
    expect(mended).toContain('        - level: Metadata\n');
    expect(found(mended)).toEqual([]);
  });

  it('are judged on the admission configuration that they hold', () => {
    expect(found(TALOS.replace('enforce: restricted', 'enforce: baseline'))).toContain(
      'namespace-pod-security',
    );
  });

  it('say nothing on machines that only work', () => {
    expect(found(TALOS.replace('controlplane', 'worker').replace('level: None', 'level: Metadata'))).toEqual(
      [],
    );
  });
});

describe('control planes of kOps', () => {
  it('are judged on the fields of the Cluster', () => {
    expect(found(KOPS)).toEqual([
      'apiserver-audit-log-missing',
      'apiserver-audit-log-retention',
      'apiserver-audit-policy-missing',
      'apiserver-authorization-mode',
      'apiserver-encryption-config',
    ]);
    const mended = fixed(KOPS);
    for (const line of [
      'rbac: {}',
      'auditLogMaxAge: 2190',
      'encryptionConfig: true',
      'auditPolicyFile: /etc/',
    ])
      expect(mended).toContain(line);
    expect(found(mended)).toEqual([]);
  });

  it('are not confused with a Cluster of the Cluster API', () => {
    expect(
      found('apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata: { name: a }\nspec: {}\n'),
    ).toEqual([]);
  });
});

describe('files that only look like it', () => {
  it.each([
    'server: { kube-apiserver-arg: x }\ntls-san: [a]\n',
    'tls-san: [a]\n',
    'tls-san: [a]\nwrite-kubeconfig-mode: "0600"\nServices: {}\n',
    'server: https://a.example.com:9345\nkubelet-arg: [max-pods=250]\nnode-taint: [a=b:NoSchedule]\n',
    'machine: { type: controlplane }\ncluster: { apiServer: { extraArgs: { anonymous-auth: "true" } } }\n',
    'version: 2\nmachine: true\ncluster: []\n',
    'kube-apiserver-arg: { a: b }\nimages: { Name: a }\nspec: [a, B]\nX: y\n',
  ])('%j', (text) => {
    expect(found(text)).toEqual([]);
  });
});
