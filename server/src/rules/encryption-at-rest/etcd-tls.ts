import {
  booleanOf,
  CONTROL_PLANE_KINDS,
  type ComponentSettings,
  lacks,
  settingsOf,
} from '../../analysis/control-plane/index.ts';
import type { DocumentOperation } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix, type RuleContext } from '../rule.ts';

const PKI = '/etc/kubernetes/pki';

/** Flags that etcd needs to know its clients and peers, with the files that kubeadm uses. */
export const ETCD_FLAGS: readonly (readonly [string, string])[] = [
  ['client-cert-auth', 'true'],
  ['cert-file', `${PKI}/etcd/server.crt`],
  ['key-file', `${PKI}/etcd/server.key`],
  ['trusted-ca-file', `${PKI}/etcd/ca.crt`],
  ['peer-client-cert-auth', 'true'],
  ['peer-cert-file', `${PKI}/etcd/peer.crt`],
  ['peer-key-file', `${PKI}/etcd/peer.key`],
  ['peer-trusted-ca-file', `${PKI}/etcd/ca.crt`],
];

/** Flags that the API server needs to be known to etcd, in the same way. */
export const APISERVER_FLAGS: readonly (readonly [string, string])[] = [
  ['etcd-cafile', `${PKI}/etcd/ca.crt`],
  ['etcd-certfile', `${PKI}/apiserver-etcd-client.crt`],
  ['etcd-keyfile', `${PKI}/apiserver-etcd-client.key`],
];

/** Flags of etcd whose values are URLs. */
export const URL_FLAGS = [
  'listen-client-urls',
  'listen-peer-urls',
  'advertise-client-urls',
  'initial-advertise-peer-urls',
];

type Context = RuleContext<'plaintext' | 'unauthenticated'>;

/**
 * etcd that talks in clear text or lets in whoever asks, or an API server that talks to it so.
 *
 * Source: https://etcd.io/docs/latest/op-guide/security/; https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/#securing-etcd-clusters
 */
export const etcdTls = defineRule({
  id: 'etcd-tls',
  meta: {
    title: 'etcd without TLS',
    safeguard: 'encryption-at-rest',
    rationale:
      'etcd holds the whole state of the cluster, every Secret included. Whoever reaches it without a certificate, or listens on its wire, has all the keys to ePHI.',
    remediation: 'Give etcd and its clients certificates, require them, and use https in all URLs.',
    references: {
      hipaa: ['164.312(a)(2)(iv)', '164.312(e)(1)', '164.312(d)'],
      nist: ['SC-8', 'SC-8(1)', 'IA-3'],
      benchmark: 'CIS Kubernetes Benchmark 1.2.25, 2.1 to 2.6',
      urls: ['https://etcd.io/docs/latest/op-guide/security/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      plaintext: '--{flag} has an http:// URL: Secrets, the keys to ePHI, travel in clear text. Use https.',
      unauthenticated:
        '{component} runs without --{flags}: whoever reaches etcd can read every Secret. Set what is missing.',
    },
  },
  resource: {
    kinds: CONTROL_PLANE_KINDS,
    check(resource, context) {
      const etcd = settingsOf('etcd', resource);
      if (etcd !== undefined) {
        for (const flag of URL_FLAGS) checkUrls(etcd, flag, context);
        checkFlags(etcd, ETCD_FLAGS, context);
      }
      const apiserver = settingsOf('kube-apiserver', resource);
      if (apiserver === undefined || apiserver.flag('etcd-servers') === undefined) return;
      checkUrls(apiserver, 'etcd-servers', context);
      checkFlags(apiserver, APISERVER_FLAGS, context);
    },
  },
});

function checkUrls(component: ComponentSettings, name: string, { report }: Context): void {
  const flag = component.flag(name);
  const urls = flag?.value.split(',') ?? [];
  if (flag === undefined || !urls.some((url) => url.startsWith('http://'))) return;
  const secure = urls.map((url) => url.replace(/^http:/, 'https:')).join(',');
  const fixes: Fix[] = [
    { title: 'Use https', applicability: 'review', operations: component.set(name, secure) },
  ];
  report({ at: flag.at, messageId: 'plaintext', data: { flag: name }, fixes });
}

/** All that is missing is one finding: it is one decision, and one fix. */
function checkFlags(
  component: ComponentSettings,
  wanted: readonly (readonly [string, string])[],
  { report }: Context,
): void {
  const missing = wanted.filter(([name]) => {
    const flag = component.flag(name);
    return flag === undefined ? lacks(component, name) : booleanOf(flag) === false;
  });
  if (missing.length === 0) return;
  const flags = missing.map(([name]) => name).join(', --');
  const operations = [
    ...missing.flatMap(([name, value]) => component.set(name, value)),
    ...(missing.some(([, value]) => value.startsWith(PKI)) ? mountCertificates(component) : []),
  ];
  const fixes: Fix[] = [
    { title: 'Set them to the files that kubeadm makes', applicability: 'review', operations },
  ];
  report({
    ...component.home,
    messageId: 'unauthenticated',
    data: { component: component.component, flags },
    fixes,
  });
}

/** As kubeadm mounts them, which mounts them by itself. */
function mountCertificates({ component, completeness, mount }: ComponentSettings): DocumentOperation[] {
  if (completeness !== 'whole') return [];
  const file = { type: 'DirectoryOrCreate', readOnly: true } as const;
  return component === 'etcd'
    ? mount({ ...file, name: 'etcd-certs', path: `${PKI}/etcd` })
    : mount({ ...file, name: 'k8s-certs', path: PKI });
}
