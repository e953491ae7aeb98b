import { beforeAll, describe, expect, it } from 'vitest';
import { ruleOf } from '../../server/src/rules/index.ts';
import { filesOf, findingsOf, schemaProblemsOf } from '../support/examples.ts';

/** What nobody said to a pod: it misses every safeguard that has to be asked for. */
const PLAIN_POD = [
  'run-as-non-root',
  'privilege-escalation',
  'read-only-root-filesystem',
  'drop-capabilities',
  'seccomp-profile',
  'service-account-token-automount',
];

/** What each file of examples/clinic was written to violate. */
const CLINIC: Readonly<Record<string, readonly string[]>> = {
  'manifests/namespace.yaml': ['namespace-pod-security', 'namespace-default-deny-missing'],
  'manifests/portal.yaml': [
    ...PLAIN_POD,
    'default-service-account',
    'image-public-registry',
    'image-tag-mutable',
    'privileged-container',
    'service-node-port',
    'service-plaintext-exposure',
  ],
  'manifests/api.yaml': [
    ...PLAIN_POD,
    'run-as-user-root',
    'privileged-container',
    'secret-in-env',
    'phi-in-env',
    'tls-verification-disabled',
    'plaintext-endpoint',
    'application-log-unstructured',
  ],
  'manifests/config.yaml': ['phi-in-configmap', 'secret-in-configmap', 'plaintext-endpoint'],
  'manifests/database.yaml': [
    ...PLAIN_POD,
    'secret-in-env',
    'host-path-volume',
    'storage-class-unencrypted',
    'volume-unencrypted',
  ],
  'manifests/imaging.yaml': [
    ...PLAIN_POD,
    'privileged-container',
    'host-namespaces',
    'host-ports',
    'host-path-volume',
    'service-load-balancer-public',
    'service-plaintext-exposure',
  ],
  'manifests/ingress.yaml': ['ingress-without-tls', 'ingress-http-allowed'],
  'manifests/network-policy.yaml': ['network-policy-allow-all'],
  'manifests/rbac.yaml': [
    'rbac-wildcard',
    'rbac-cluster-admin',
    'rbac-cluster-scope',
    'shared-identity',
    'rbac-secrets-access',
    'rbac-pod-exec',
    'default-service-account',
  ],
  'manifests/secrets.yaml': ['secret-manifest-plaintext'],
  'manifests/claims-export.yaml': [
    ...PLAIN_POD,
    'default-service-account',
    'image-public-registry',
    'tls-verification-disabled',
    'plaintext-endpoint',
    'volume-unencrypted',
  ],
  'charts/patient-portal/values.yaml': [
    'secret-in-values',
    'phi-in-values',
    'image-public-registry',
    'image-tag-mutable',
    'service-node-port',
    'service-plaintext-exposure',
    'ingress-without-tls',
    'drop-capabilities',
    'read-only-root-filesystem',
    'privilege-escalation',
    'plaintext-endpoint',
  ],
  'charts/patient-portal/templates/deployment.yaml': [
    'default-service-account',
    'run-as-non-root',
    'seccomp-profile',
    'service-account-token-automount',
  ],
  '.github/workflows/deploy.yaml': ['ci-image-scan-missing'],
};

/** Files that are no manifests. */
const OTHERS = ['docker-compose.yaml', 'README.md', 'charts/patient-portal/Chart.yaml'];

describe('examples/clinic', () => {
  let found: Map<string, Set<string>>;
  beforeAll(async () => {
    found = await findingsOf('examples/clinic');
  });

  it.each(Object.entries(CLINIC))('%s violates what it was written to violate', (file, wanted) => {
    const known = wanted.filter((id) => ruleOf(id) !== undefined);
    expect([...(found.get(file) ?? [])]).toEqual(expect.arrayContaining(known));
  });

  it('misses at least twenty safeguards', () => {
    expect(new Set([...found.values()].flatMap((ids) => [...ids])).size).toBeGreaterThanOrEqual(20);
  });

  it('has files that are no manifests and stay quiet', () => {
    for (const file of OTHERS) expect(found.get(file)).toBeUndefined();
  });
});

describe('examples/clinic-compliant', () => {
  it('passes every rule', async () => {
    expect(await findingsOf('examples/clinic-compliant')).toEqual(new Map());
  });

  it('has a file for each of examples/clinic', () => {
    const files = filesOf('examples/clinic-compliant');
    expect(files).toEqual(expect.arrayContaining(filesOf('examples/clinic')));
  });
});

describe.each(['examples/clinic', 'examples/clinic-compliant'])('the manifests of %s', (folder) => {
  it('are what the API server would accept', async () => {
    expect(await schemaProblemsOf(folder)).toEqual([]);
  });
});
