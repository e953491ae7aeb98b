import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

interface JsonFinding {
  readonly rule: string;
  readonly file: string;
}

/** The rules that the command line reports for an example, by file. */
function rulesByFile(example: string): Map<string, string[]> {
  const cli = join(ROOT, 'server/src/cli.ts');
  const { stdout } = spawnSync(process.execPath, [cli, 'check', '--format', 'json', '.'], {
    cwd: join(ROOT, 'examples', example),
    encoding: 'utf8',
  });
  const { findings } = JSON.parse(stdout) as { findings: JsonFinding[] };
  const rules = new Map<string, Set<string>>();
  for (const { file, rule } of findings) rules.set(file, (rules.get(file) ?? new Set()).add(rule));
  return new Map([...rules].map(([file, ids]) => [file, [...ids].sort()]));
}

/** What each file of the clinic was written to violate. Rules that come later may find more. */
const WRITTEN_TO_VIOLATE: Record<string, string[]> = {
  'manifests/api.yaml': [
    'default-service-account',
    'image-public-registry',
    'image-tag-mutable',
    'phi-in-env',
    'privilege-escalation',
    'privileged-container',
    'read-only-root-filesystem',
    'run-as-non-root',
    'secret-in-env',
    'service-account-token-automount',
  ],
  'manifests/config.yaml': ['phi-in-configmap'],
  'manifests/database.yaml': ['host-namespaces', 'image-public-registry', 'run-as-user-root'],
  'manifests/ingress.yaml': ['ingress-http-allowed', 'ingress-without-tls'],
  'manifests/namespace.yaml': ['namespace-default-deny-missing', 'namespace-pod-security'],
  'manifests/network-policy.yaml': ['network-policy-allow-all'],
  'manifests/nightly-export.yaml': ['host-path-volume', 'image-public-registry', 'run-as-non-root'],
  'manifests/rbac.yaml': [
    'rbac-cluster-admin',
    'rbac-cluster-scope',
    'rbac-pod-exec',
    'rbac-secrets-access',
    'rbac-wildcard',
    'shared-identity',
  ],
};

describe('examples', () => {
  it('the clinic shows what it was written to violate, file by file', () => {
    const found = rulesByFile('clinic');
    for (const [file, rules] of Object.entries(WRITTEN_TO_VIOLATE)) {
      expect(found.get(file), file).toEqual(expect.arrayContaining(rules));
    }
    const manifests = [...found.keys()].filter((file) => file.startsWith('manifests/'));
    expect(manifests.sort()).toEqual(Object.keys(WRITTEN_TO_VIOLATE).sort());
  });

  it('the compliant clinic has no finding', () => {
    expect([...rulesByFile('clinic-compliant')]).toEqual([]);
  });
});
