import { CONTROL_PLANE_KINDS, lacks, settingsOf } from '../../analysis/control-plane/index.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

const PKI = '/etc/kubernetes/pki';

/** Flags by which the API server proves itself to clients and kubelets, with the files that kubeadm uses. */
export const FLAGS: readonly (readonly [string, string])[] = [
  ['tls-cert-file', `${PKI}/apiserver.crt`],
  ['tls-private-key-file', `${PKI}/apiserver.key`],
  ['kubelet-client-certificate', `${PKI}/apiserver-kubelet-client.crt`],
  ['kubelet-client-key', `${PKI}/apiserver-kubelet-client.key`],
  ['kubelet-certificate-authority', `${PKI}/ca.crt`],
];

/**
 * An API server that talks to clients or kubelets without proof of who is who. What kubeadm sets by itself, and what it leaves to the kubelets'
 * own certificates, is not judged in its configuration.
 *
 * Source: https://kubernetes.io/docs/concepts/architecture/control-plane-node-communication/
 */
export const apiserverTls = defineRule({
  id: 'apiserver-tls',
  meta: {
    title: 'API server without certificates',
    safeguard: 'transmission-security',
    rationale:
      'Logs, exec sessions and Secrets travel between clients, the API server and kubelets. Without certificates on both sides somebody in between can read and change them, ePHI included.',
    remediation: 'Give the API server its certificates, and let it check those of the kubelets.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-8(1)', 'SC-23'],
      benchmark: 'CIS Kubernetes Benchmark 1.2.4, 1.2.5, 1.2.22',
      urls: ['https://kubernetes.io/docs/concepts/architecture/control-plane-node-communication/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      insecurePort:
        'The API server answers plain HTTP without asking who is there: all ePHI in the cluster is open. Set --insecure-port=0.',
      missing:
        'The API server runs without --{flags}, so its traffic, which carries ePHI and Secrets, can be intercepted. Set what is missing.',
      kubelet:
        'The kubelet knows no authority for client certificates, so it cannot tell the API server from others. Set clientCAFile.',
    },
  },
  resource: {
    kinds: CONTROL_PLANE_KINDS,
    check(resource, { report }) {
      const authentication = resource.root.at(['authentication', 'x509']);
      if (
        resource.kind === 'KubeletConfiguration' &&
        authentication !== undefined &&
        !authentication.has(['clientCAFile'])
      ) {
        const operations = [set([...authentication.path, 'clientCAFile'], `${PKI}/ca.crt`)];
        const fixes = [
          { title: `Set clientCAFile: ${PKI}/ca.crt`, applicability: 'review' as const, operations },
        ];
        report({ at: authentication, missing: ['clientCAFile'], messageId: 'kubelet', fixes });
      }
      const apiserver = settingsOf('kube-apiserver', resource);
      if (apiserver === undefined) return;
      const port = apiserver.flag('insecure-port');
      if (port !== undefined && port.value !== '0') {
        const fixes = [
          {
            title: 'Set --insecure-port=0',
            applicability: 'review' as const,
            operations: apiserver.set('insecure-port', '0'),
          },
        ];
        report({ at: port.at, messageId: 'insecurePort', fixes });
      }
      const missing =
        apiserver.completeness === 'whole' ? FLAGS.filter(([name]) => lacks(apiserver, name)) : [];
      if (missing.length === 0) return;
      const flags = missing.map(([name]) => name).join(', --');
      const operations = [
        ...missing.flatMap(([name, value]) => apiserver.set(name, value)),
        ...apiserver.mount({ name: 'k8s-certs', path: PKI, type: 'DirectoryOrCreate', readOnly: true }),
      ];
      const fixes = [
        { title: 'Set them to the files that kubeadm makes', applicability: 'review' as const, operations },
      ];
      report({ ...apiserver.home, messageId: 'missing', data: { flags }, fixes });
    },
  },
});
