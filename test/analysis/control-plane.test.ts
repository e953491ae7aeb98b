import { describe, expect, it } from 'vitest';
import { settingsOfKops } from '../../server/src/analysis/control-plane/kops.ts';
import { worldOf } from '../../server/src/analysis/world.ts';
import { fixAll } from '../../server/src/engine/fix-all.ts';
import { resourcesOf } from '../../server/src/kubernetes/resource.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
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

const K3S_QUIET = `secrets-encryption: true
kube-apiserver-arg:
  - audit-policy-file=/etc/kubernetes/audit-policy.yaml
  - audit-log-path=/var/log/audit.log
  - oidc-issuer-url=https://identity.example.com
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

  it('know flags by the fields that kOps has for them', () => {
    const text = `apiVersion: kops.k8s.io/v1alpha2
kind: Cluster
spec: { kubeAPIServer: { etcdCaFile: a, etcdCertFile: b, etcdKeyFile: c, clientCAFile: d } }
`;
    const [apiServer] = resourcesOf(parseDocument(text)).flatMap(settingsOfKops);
    const flags = ['etcd-cafile', 'etcd-certfile', 'etcd-keyfile', 'client-ca-file'];
    expect(flags.map((name) => apiServer?.flag(name)?.value)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are not confused with a Cluster of the Cluster API', () => {
    expect(
      found('apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata: { name: a }\nspec: {}\n'),
    ).toEqual([]);
  });
});

const OPEN_KUBELET = [
  'apiserver-anonymous-auth',
  'apiserver-authorization-mode',
  'session-timeout-disabled',
  'weak-tls-version',
];

/** A kubelet with all four, in every form in which one is set, and the lines that mend it. */
describe('kubelets', () => {
  it.each([
    {
      form: 'a KubeletConfiguration',
      text: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: { anonymous: { enabled: true } }
authorization: { mode: AlwaysAllow }
streamingConnectionIdleTimeout: 0s
tlsMinVersion: VersionTLS10
`,
      mended: ['enabled: false', 'mode: Webhook', 'Timeout: 4h', 'VersionTLS12'],
    },
    {
      form: 'a node that kubeadm starts',
      text: `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
nodeRegistration:
  kubeletExtraArgs:
    - { name: anonymous-auth, value: "true" }
    - { name: authorization-mode, value: AlwaysAllow }
    - { name: streaming-connection-idle-timeout, value: "0" }
    - { name: tls-min-version, value: VersionTLS10 }
`,
      mended: ['value: "false"', 'value: Webhook', 'value: "4h"', 'value: VersionTLS12'],
    },
    {
      form: 'nodes that the Cluster API makes',
      text: `apiVersion: bootstrap.cluster.x-k8s.io/v1beta1
kind: KubeadmConfigTemplate
metadata: { name: workers, namespace: clusters }
spec:
  template:
    spec:
      initConfiguration:
        nodeRegistration:
          kubeletExtraArgs: { anonymous-auth: "true", authorization-mode: AlwaysAllow }
      joinConfiguration:
        nodeRegistration:
          kubeletExtraArgs: { streaming-connection-idle-timeout: 0s, tls-min-version: VersionTLS11 }
`,
      mended: ['anonymous-auth: "false"', 'mode: Webhook', 'timeout: 4h', 'VersionTLS12'],
    },
    {
      form: 'k3s',
      text: `${K3S_QUIET}kubelet-arg:
  - anonymous-auth=true
  - authorization-mode=AlwaysAllow
  - streaming-connection-idle-timeout=0s
  - tls-min-version=VersionTLS10
`,
      mended: ['- anonymous-auth=false', '=Webhook', '=4h', '=VersionTLS12'],
    },
    {
      form: 'an agent of k3s or RKE2',
      text: `server: https://server.example.com:9345
kubelet-arg+:
  - anonymous-auth=true
  - authorization-mode=AlwaysAllow
  - streaming-connection-idle-timeout=0s
  - tls-min-version=VersionTLS10
`,
      mended: ['- anonymous-auth=false', '=Webhook', '=4h', '=VersionTLS12'],
    },
    {
      form: 'Talos Linux, on machines that only work',
      text: `version: v1alpha1
machine:
  type: worker
  kubelet:
    extraArgs: { anonymous-auth: "true", tls-min-version: VersionTLS10 }
    extraConfig: { authorization: { mode: AlwaysAllow }, streamingConnectionIdleTimeout: 0s }
cluster: {}
`,
      mended: ['anonymous-auth: "false"', 'mode: Webhook', 'Timeout: 4h', 'VersionTLS12'],
    },
    {
      form: 'nodes of kOps',
      text: `apiVersion: kops.k8s.io/v1alpha2
kind: InstanceGroup
metadata: { name: nodes }
spec:
  kubelet:
    anonymousAuth: true
    authorizationMode: AlwaysAllow
    streamingConnectionIdleTimeout: 0s
    tlsMinVersion: VersionTLS10
`,
      mended: ['anonymousAuth: false', 'Mode: Webhook', 'Timeout: 4h', 'VersionTLS12'],
    },
  ])('$form', ({ text, mended }) => {
    expect(found(text)).toEqual(OPEN_KUBELET);
    const output = fixed(text);
    for (const line of mended) expect(output).toContain(line);
    expect(found(output)).toEqual([]);
  });

  it('are judged on what somebody has set', () => {
    expect(
      found('apiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\nnodeRegistration: {}\n'),
    ).toEqual([]);
  });
});

describe('an etcd of somebody else', () => {
  it.each([
    `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
etcd:
  external:
    endpoints: ["http://10.0.0.5:2379", "https://10.0.0.6:2379"]
    caFile: /etc/etcd/ca.crt
    certFile: /etc/etcd/client.crt
    keyFile: /etc/etcd/client.key
`,
    'secrets-encryption: true\ntls-san: [a]\ndatastore-endpoint: http://10.0.0.5:2379,https://10.0.0.6:2379\n',
  ])('is reached in clear text', (text) => {
    expect(found(text)).toContain('etcd-tls');
    expect(found(fixed(text))).not.toContain('etcd-tls');
    expect(fixed(text)).toContain('https://10.0.0.5:2379');
  });

  it('is no etcd', () => {
    expect(found('tls-san: [a]\ndatastore-endpoint: mysql://a:b@tcp(db:3306)/k3s\n')).not.toContain(
      'etcd-tls',
    );
  });
});

describe('a file of the host that a flag needs', () => {
  const pod = (mounts: string, volumes: string) => `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      command:
        - kube-apiserver
      volumeMounts:
${mounts}
  volumes:
${volumes}
`;

  it('is not mounted twice', () => {
    const folder = '        - { name: k8s, mountPath: /etc/kubernetes/, readOnly: true }';
    const output = fixed(pod(folder, '    - { name: k8s, hostPath: { path: /etc/kubernetes } }'));
    expect(output).toContain('--audit-policy-file=/etc/kubernetes/audit-policy.yaml');
    expect(output.match(/mountPath: /g)).toHaveLength(2);
    expect(output).toContain('mountPath: /var/log/kubernetes/audit\n');
    expect(output).toContain('hostPath: { path: /etc/kubernetes }');
  });

  it('gets a volume with a name of its own, and a folder for logs one that can be written to', () => {
    const logs = '        - { name: audit-log, mountPath: /var/log, readOnly: true }';
    const output = fixed(pod(logs, '    - { name: audit-log, hostPath: { path: /var/log } }'));
    expect(output).toContain('- name: audit-log-2\n          mountPath: /var/log/kubernetes/audit\n');
    expect(output).toContain(
      '- name: audit-log-2\n      hostPath:\n        path: /var/log/kubernetes/audit\n',
    );
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
