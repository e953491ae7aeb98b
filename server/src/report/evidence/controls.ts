import { POD_SECURITY_RULES } from '../../rules/pod-security-standards.ts';
import type { Safeguard } from '../../rules/rule.ts';

/** A part of a control that one kind of fact can show. */
export interface Aspect {
  readonly id: string;
  readonly title: string;
  /** Rules whose findings speak against it; `rule:messageId` where only one of its messages does. */
  readonly rules: readonly string[];
  /** What decides it where the manifests do not. */
  readonly evidence: string;
  /** It is about workloads, those of the control plane not among them. */
  readonly workloadsOnly?: true;
}

/** A control of the checklist that a system with ePHI is released by. */
export interface Control {
  readonly id: string;
  readonly title: string;
  readonly safeguard: Safeguard;
  /** Sections of 45 CFR. */
  readonly citations: readonly string[];
  readonly aspects: readonly Aspect[];
}

/** In the order of the checklist. */
export const CONTROLS: readonly Control[] = [
  {
    id: 'rbac',
    title: 'Role-based access control with least privilege',
    safeguard: 'access-control',
    citations: ['164.312(a)(1)', '164.308(a)(4)'],
    aspects: [
      {
        id: 'rbac-authorizer',
        title: 'The API server decides by RBAC',
        rules: ['apiserver-authorization-mode', 'apiserver-anonymous-auth'],
        evidence:
          "The API server's --authorization-mode, or the statement of the provider that the managed control plane decides by RBAC.",
      },
      {
        id: 'rbac-grants',
        title: 'Bindings grant roles that are known, and no more than is needed',
        rules: [
          'rbac-wildcard',
          'rbac-cluster-admin',
          'rbac-cluster-scope',
          'rbac-secrets-access',
          'rbac-escalation-verbs',
          'rbac-pod-exec',
          'rbac-anonymous-subject',
          'shared-identity',
          'access-review-overdue',
          'audit-log-access',
          'dashboard-exposed',
        ],
        evidence:
          'kubectl get clusterroles,roles,clusterrolebindings,rolebindings -A from the cluster, with the date of the last access review.',
      },
      {
        id: 'workload-identities',
        title: 'Workloads with PHI run under identities of their own',
        rules: [
          'default-service-account',
          'service-account-token-automount',
          'service-account-token-secret',
          'kubeconfig-credential',
        ],
        evidence: 'The manifests of the workloads that are not among the inputs.',
        workloadsOnly: true,
      },
    ],
  },
  {
    id: 'mfa',
    title: 'Multi-factor authentication of people',
    safeguard: 'access-control',
    citations: ['164.312(d)', '164.312(a)(2)(i)', '164.312(a)(2)(iii)'],
    aspects: [
      {
        id: 'identity-provider',
        title: 'People sign in to the cluster through an identity provider',
        rules: [
          'apiserver-identity-provider:missing',
          'apiserver-identity-provider:noIssuer',
          'apiserver-identity-provider:staticFile',
          'session-timeout-disabled',
        ],
        evidence:
          "The API server's OIDC flags or AuthenticationConfiguration, or the access configuration of the managed cluster.",
      },
      {
        id: 'second-factor',
        title: 'A second factor is asked for',
        rules: ['apiserver-identity-provider:noSecondFactor'],
        evidence:
          'The sign-in policy of the identity provider that asks everybody with access for a second factor.',
      },
    ],
  },
  {
    id: 'etcd-encryption',
    title: 'Secrets encrypted in etcd',
    safeguard: 'encryption-at-rest',
    citations: ['164.312(a)(2)(iv)'],
    aspects: [
      {
        id: 'secrets-encrypted',
        title: 'An EncryptionConfiguration encrypts Secrets',
        rules: [
          'encryption-config-identity',
          'encryption-config-weak',
          'encryption-config-inline-key',
          'encryption-config-coverage',
        ],
        evidence:
          'The EncryptionConfiguration of the API server, or the encryption setting of the managed cluster with the key that it uses.',
      },
      {
        id: 'encryption-in-use',
        title: 'The API server uses it',
        rules: ['apiserver-encryption-config'],
        evidence:
          "The API server's --encryption-provider-config, and the bytes of a Secret as etcd holds them (etcdctl get).",
      },
      {
        id: 'etcd-transport',
        title: 'etcd speaks TLS and asks for certificates',
        rules: ['etcd-tls'],
        evidence: 'The flags of etcd, or the statement of the provider of the managed control plane.',
      },
    ],
  },
  {
    id: 'volume-encryption',
    title: 'Encrypted volumes and backups',
    safeguard: 'encryption-at-rest',
    citations: ['164.312(a)(2)(iv)'],
    aspects: [
      {
        id: 'volumes-encrypted',
        title: 'Claims for storage in PHI scope get storage that is encrypted',
        rules: [
          'storage-class-unencrypted',
          'storage-class-customer-key',
          'volume-unencrypted',
          'swap-unencrypted',
        ],
        evidence:
          'The StorageClasses of the cluster, and the encryption settings of the disks and file systems behind them.',
      },
      {
        id: 'backups-encrypted',
        title: 'Backups are encrypted',
        rules: ['backup-unencrypted'],
        evidence: 'The settings of what makes the backups, and of where they are kept.',
      },
    ],
  },
  {
    id: 'mutual-tls',
    title: 'Mutual TLS between services',
    safeguard: 'transmission-security',
    citations: ['164.312(e)(1)', '164.312(e)(2)(ii)', '164.312(d)'],
    aspects: [
      {
        id: 'mesh-mtls',
        title: 'Workloads with PHI take connections by mutual TLS alone',
        rules: [
          'mesh-mtls-missing',
          'mesh-mtls-not-strict',
          'mesh-tls-disabled',
          'mesh-injection-disabled',
          'mesh-injection-missing',
        ],
        evidence:
          "The mesh's own report of connections (istioctl x describe, linkerd viz edges), or the TLS settings of the programs.",
      },
    ],
  },
  {
    id: 'https',
    title: 'HTTPS with TLS 1.2 or later',
    safeguard: 'transmission-security',
    citations: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
    aspects: [
      {
        id: 'entrances',
        title: 'Entrances serve HTTPS, and programs connect by TLS',
        rules: [
          'ingress-without-tls',
          'ingress-http-allowed',
          'ingress-tls-host-uncovered',
          'gateway-plaintext-listener',
          'istio-gateway-plaintext',
          'service-plaintext-exposure',
          'plaintext-endpoint',
          'tls-verification-disabled',
        ],
        evidence:
          'The listeners of the load balancers in front of the cluster, and a scan of what they serve.',
      },
      {
        id: 'tls-version',
        title: 'TLS goes no lower than 1.2',
        rules: ['weak-tls-version', 'weak-tls-cipher', 'apiserver-tls'],
        evidence:
          'The TLS policy of ingress controller and load balancer, or a scan of the versions that they accept (nmap --script ssl-enum-ciphers).',
      },
    ],
  },
  {
    id: 'audit-logging',
    title: 'Audit logging, kept for six years',
    safeguard: 'audit-controls',
    citations: ['164.312(b)', '164.316(b)(2)(i)', '164.308(a)(1)(ii)(D)'],
    aspects: [
      {
        id: 'audit-policy',
        title: 'The audit policy records who used and changed what holds PHI',
        rules: [
          'audit-policy-gap',
          'audit-policy-shadowed',
          'audit-policy-secret-bodies',
          'audit-policy-no-catch-all',
          'audit-policy-stage-omitted',
          'apiserver-audit-policy-missing',
        ],
        evidence: 'The audit policy of the API server, or the audit settings of the managed cluster.',
      },
      {
        id: 'audit-log',
        title: 'The API server writes the audit log somewhere',
        rules: ['apiserver-audit-log-missing', 'log-forwarding-plaintext'],
        evidence:
          "The API server's audit flags, or the logging settings of the managed cluster, and a recent entry.",
      },
      {
        id: 'audit-retention',
        title: 'The audit log is kept for six years',
        rules: ['apiserver-audit-log-retention', 'log-retention-too-short', 'log-destination-mutable'],
        evidence: 'The retention and lock settings of the store that the audit log ends up in.',
      },
    ],
  },
  {
    id: 'default-deny',
    title: 'Default-deny network policies',
    safeguard: 'network-segmentation',
    citations: ['164.312(a)(1)', '164.312(e)(1)'],
    aspects: [
      {
        id: 'namespaces-closed',
        title: 'Namespaces with PHI are closed by default, in both directions',
        rules: [
          'namespace-default-deny-missing',
          'network-policy-missing',
          'network-policy-allow-all',
          'network-policy-egress-open',
          'network-policy-unmatched',
          'phi-reachable',
        ],
        evidence:
          'kubectl get networkpolicies -A from the cluster, and the network plug-in that enforces them.',
      },
    ],
  },
  {
    id: 'pod-security',
    title: 'Pod Security Standard Restricted',
    safeguard: 'integrity',
    citations: ['164.312(a)(1)', '164.312(c)(1)'],
    aspects: [
      {
        id: 'restricted-enforced',
        title: 'Namespaces with PHI enforce Restricted',
        rules: ['namespace-pod-security'],
        evidence:
          'kubectl get namespaces --show-labels from the cluster, or the policies of its admission controller.',
      },
      {
        id: 'pods-restricted',
        title: 'Pods of workloads with PHI meet Restricted',
        rules: [...POD_SECURITY_RULES].sort(),
        evidence: 'The manifests of the workloads that are not among the inputs.',
        workloadsOnly: true,
      },
    ],
  },
  {
    id: 'business-associates',
    title: 'Agreements with business associates',
    safeguard: 'business-associates',
    citations: ['164.308(b)', '164.314(a)'],
    aspects: [
      {
        id: 'agreements',
        title: 'Every vendor that handles ePHI is under an agreement in force',
        rules: ['baa-undocumented', 'baa-expired'],
        evidence: 'The list of vendors with access to ePHI, and the signed agreements.',
      },
    ],
  },
  {
    id: 'image-scanning',
    title: 'Image scanning',
    safeguard: 'integrity',
    citations: ['164.308(a)(5)(ii)(B)'],
    aspects: [
      {
        id: 'images-scanned',
        title: 'A pipeline scans images before they run',
        rules: ['ci-image-scan-missing'],
        evidence:
          'The scan settings of the registry or of the pipeline that builds images, and the last report.',
      },
    ],
  },
  {
    id: 'runtime-monitoring',
    title: 'Runtime monitoring',
    safeguard: 'audit-controls',
    citations: ['164.312(b)', '164.308(a)(1)(ii)(D)'],
    aspects: [
      {
        id: 'runtime-sensor',
        title: 'A sensor watches running containers',
        rules: ['runtime-monitoring-missing'],
        evidence:
          'The DaemonSet of the sensor or the values of its chart, or the sensor that the provider runs, and where its alerts go.',
      },
    ],
  },
];
