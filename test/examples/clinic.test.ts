import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../server/src/cli/main.ts';
import { resourcesOf } from '../../server/src/kubernetes/resource.ts';
import { ruleOf, rules } from '../../server/src/rules/index.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { TODAY } from '../support/check-text.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';

const root = join(import.meta.dirname, '../..');

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
  'charts/patient-portal/values.yaml': ['secret-in-values', 'phi-in-values'],
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
    const schemas = await loadKubernetesSchemas();
    const manifests = filesOf(folder).filter((file) => file.startsWith('manifests/'));
    const problems = manifests.flatMap((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8');
      const resources = splitDocuments(text).flatMap(({ document }) =>
        resourcesOf(parseDocument(document.text)),
      );
      return resources.flatMap(({ apiVersion, kind, root: value }) =>
        schemas.validate(apiVersion, kind, value.toJS()).map((problem) => ({ file, ...problem })),
      );
    });
    expect(problems).toEqual([]);
  });
});

function filesOf(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

/** Rule ids by file, as the command line finds them. */
async function findingsOf(folder: string): Promise<Map<string, Set<string>>> {
  let output = '';
  let errors = '';
  await runCommand(['check', folder, '--format', 'json'], {
    workingFolder: root,
    rules,
    version: '0.0.0',
    now: 0,
    today: TODAY,
    colour: false,
    standardInput: new Uint8Array(),
    writeOutput: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
  });
  expect(errors).toBe('');
  const { findings } = JSON.parse(output) as { findings: { file: string; rule: string }[] };
  const byFile = new Map<string, Set<string>>();
  for (const { file, rule } of findings) {
    const path = file.slice(folder.length + 1);
    byFile.set(path, (byFile.get(path) ?? new Set()).add(rule));
  }
  return byFile;
}
