import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.ts';
import type { Safeguard } from '../../server/src/rules/rule.ts';

/** Ids are a public contract: they stand in suppressions, configurations and reports. None of these groups loses or renames one unnoticed. */
const CATALOGUE: Partial<Record<Safeguard, string>> = {
  'access-control': `rbac-wildcard rbac-cluster-admin rbac-cluster-scope rbac-secrets-access rbac-escalation-verbs rbac-pod-exec
    rbac-anonymous-subject shared-identity default-service-account service-account-token-automount service-account-token-secret
    kubeconfig-credential default-namespace namespace-mixed-workloads access-review-overdue session-timeout-disabled
    apiserver-anonymous-auth apiserver-authorization-mode apiserver-identity-provider dashboard-exposed`,
  integrity: `run-as-non-root run-as-user-root privileged-container privilege-escalation drop-capabilities added-capabilities seccomp-profile
    seccomp-unconfined apparmor-profile selinux-options proc-mount unsafe-sysctls host-namespaces host-path-volume docker-socket-mount
    host-ports host-probes volume-types windows-host-process read-only-root-filesystem share-process-namespace run-as-high-uid
    image-public-registry image-tag-mutable image-pull-policy image-not-minimal image-pull-secret-missing namespace-pod-security
    admission-webhook-fail-open ci-image-scan-missing runtime-monitoring-missing`,
  'encryption-at-rest': `encryption-config-identity encryption-config-weak encryption-config-inline-key encryption-config-coverage
    apiserver-encryption-config etcd-tls storage-class-unencrypted storage-class-customer-key volume-unencrypted secret-manifest-plaintext
    secret-in-env secret-in-configmap secret-in-args secret-in-values secret-env-exposure backup-unencrypted swap-unencrypted`,
  'phi-exposure':
    'phi-in-configmap phi-in-env phi-in-args phi-in-metadata phi-in-values phi-in-secret phi-in-comment',
  'audit-controls': `audit-policy-gap audit-policy-shadowed audit-policy-secret-bodies audit-policy-no-catch-all audit-policy-stage-omitted
    apiserver-audit-policy-missing apiserver-audit-log-missing apiserver-audit-log-retention log-retention-too-short
    log-destination-mutable log-forwarding-plaintext application-log-unstructured audit-log-access`,
  'network-segmentation': `namespace-default-deny-missing network-policy-missing network-policy-allow-all network-policy-egress-open
    network-policy-unmatched phi-reachable service-node-port service-load-balancer-public service-external-ips external-name-service`,
  'business-associates': 'baa-undocumented baa-expired',
  'transmission-security': `ingress-without-tls ingress-tls-host-uncovered ingress-http-allowed weak-tls-version weak-tls-cipher
    certificate-automation-missing certificate-rotation certificate-weak-key gateway-plaintext-listener istio-gateway-plaintext
    mesh-mtls-not-strict mesh-mtls-missing mesh-tls-disabled mesh-injection-disabled mesh-injection-missing mesh-authorization-allow-all
    mesh-authorization-missing mesh-access-log-disabled plaintext-endpoint tls-verification-disabled service-plaintext-exposure
    apiserver-tls`,
  authoring: 'yaml-syntax kubernetes-schema api-removed suppression-invalid helm-template-error',
};

describe('the catalogue', () => {
  it.each(Object.entries(CATALOGUE))('has every rule of %s', (safeguard, ids) => {
    const have = rules.filter(({ meta }) => meta.safeguard === safeguard).map(({ id }) => id);
    expect(have.sort()).toEqual(ids.split(/\s+/).sort());
  });

  it('has each rule once', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it('keeps each rule in a file of its name', () => {
    for (const { id, meta } of rules) {
      const file = join(import.meta.dirname, '../../server/src/rules', meta.safeguard, `${id}.ts`);
      expect(readFileSync(file, 'utf8')).toContain(`id: '${id}'`);
    }
  });
});
