import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { worldOf } from '../../../server/src/analysis/world.ts';
import { type FixLevel, fixAll } from '../../../server/src/engine/fix-all.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { checkerFor, checkText } from '../../support/check-text.ts';

const integrity = rules.filter(({ meta }) => meta.safeguard === 'integrity');
const podRules = integrity.filter(({ meta }) =>
  meta.references.benchmark?.startsWith('Pod Security Standards'),
);

const read = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../fixtures/pod-security', name), 'utf8');

const fix = (text: string, level: FixLevel) =>
  fixAll(text, {
    checker: checkerFor({ rules: integrity }),
    worldOf: (facts) => worldOf(facts, true),
    level,
  }).text;

it('hardens a Deployment that breaks every rule about pods into one that passes Restricted', () => {
  const before = read('all-violating.yaml');
  const broken = new Set(checkText(before, { rules: podRules }).map(({ finding }) => finding.rule));
  // Those that stand in the way of each other: no profile and one that confines nothing, and storage whose replacement nobody can guess.
  const expected = podRules
    .map(({ id }) => id)
    .filter((id) => id !== 'seccomp-profile' && id !== 'volume-types');
  expect([...broken].sort()).toEqual(expected.filter((id) => id !== 'namespace-pod-security').sort());

  const after = fix(before, 'all');
  expect(after).toBe(read('hardened.yaml'));
  expect(checkText(after, { rules: podRules })).toEqual([]);
  expect(fix(after, 'all')).toBe(after);
});

it('leaves what runs as it was when only safe fixes are wanted', () => {
  const before = `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  hostNetwork: true
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      securityContext:
        runAsUser: 10001
`;
  expect(fix(before, 'safe')).toBe(
    before.replace(
      '  hostNetwork: true\n',
      '  hostNetwork: true\n  securityContext:\n    runAsNonRoot: true\n',
    ),
  );
});
