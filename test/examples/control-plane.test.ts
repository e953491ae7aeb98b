import { beforeAll, describe, expect, it } from 'vitest';
import { filesOf, findingsOf } from '../support/examples.ts';

/** What each file of examples/control-plane was written to violate. */
const VIOLATIONS: Readonly<Record<string, readonly string[]>> = {
  'manifests/kube-apiserver.yaml': [
    'apiserver-anonymous-auth',
    'apiserver-authorization-mode',
    'apiserver-identity-provider',
    'apiserver-encryption-config',
    'apiserver-audit-policy-missing',
    'apiserver-audit-log-missing',
    'apiserver-tls',
    'etcd-tls',
    'weak-tls-version',
  ],
  'manifests/kubeadm-config.yaml': [
    'apiserver-anonymous-auth',
    'apiserver-audit-policy-missing',
    'apiserver-audit-log-retention',
    'apiserver-encryption-config',
    'apiserver-identity-provider',
  ],
  'manifests/audit-policy.yaml': [
    'audit-policy-gap',
    'audit-policy-secret-bodies',
    'audit-policy-shadowed',
    'audit-policy-no-catch-all',
    'audit-policy-stage-omitted',
  ],
  'manifests/encryption-configuration.yaml': [
    'encryption-config-identity',
    'encryption-config-weak',
    'encryption-config-inline-key',
    'encryption-config-coverage',
  ],
  'manifests/kubelet-configuration.yaml': [
    'apiserver-anonymous-auth',
    'apiserver-authorization-mode',
    'session-timeout-disabled',
    'swap-unencrypted',
    'weak-tls-version',
  ],
};

describe('examples/control-plane', () => {
  let found: Map<string, Set<string>>;
  beforeAll(async () => {
    found = await findingsOf('examples/control-plane');
  });

  it.each(Object.entries(VIOLATIONS))('%s violates what it was written to violate', (file, wanted) => {
    expect([...(found.get(file) ?? [])]).toEqual(expect.arrayContaining([...wanted]));
  });
});

describe('examples/control-plane-compliant', () => {
  it('passes every rule', async () => {
    expect(await findingsOf('examples/control-plane-compliant')).toEqual(new Map());
  });

  it('has the same files', () => {
    expect(filesOf('examples/control-plane-compliant')).toEqual(filesOf('examples/control-plane'));
  });
});
