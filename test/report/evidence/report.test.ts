import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONTROLS } from '../../../server/src/report/evidence/controls.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { provisionOf } from '../../../server/src/rules/references.ts';
import { TestFolder } from '../../support/command-line.ts';

const TIME = '--time 2026-01-31T12:00:00Z';

const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata:
  name: phi
  labels:
    kube-safeguards.io/phi: "true"
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/audit: restricted
    pod-security.kubernetes.io/warn: restricted
`;

const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: phi }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;

const CLAIM = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: records, namespace: phi }
spec: { accessModes: [ReadWriteOnce], storageClassName: fast, resources: { requests: { storage: 1Gi } } }
`;

const storageClass = (encrypted: string) => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
parameters: { encrypted: "${encrypted}", kmsKeyId: "alias/phi" }
`;

const RULES = `apiVersion: v1
kind: ConfigMap
metadata: { name: falco-rules, namespace: falco }
data:
  rules.yaml: |
    - rule: Shell
      condition: spawned_process
`;

const SENSOR = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: falco, namespace: falco }
spec:
  selector: { matchLabels: { app: falco } }
  template:
    metadata: { labels: { app: falco } }
    spec: { containers: [{ name: falco, image: "docker.io/falcosecurity/falco:0.43.0" }] }
`;

/** The status of each part of the controls by its id, from the table for spreadsheets. */
async function statusesOf(
  files: Readonly<Record<string, string>>,
  args = '',
): Promise<Record<string, string>> {
  const { output } = await new TestFolder(files).run(`report --format csv ${TIME} ${args}`.trim(), '', rules);
  const rows = output.split('\r\n').map((line) => line.split(','));
  return Object.fromEntries(
    rows.filter(([record]) => record === 'control').map(([, , part = '', status = '']) => [part, status]),
  );
}

describe('the controls', () => {
  it('name rules, messages and provisions that there are', () => {
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    const unknown = CONTROLS.flatMap(({ aspects }) => aspects.flatMap((aspect) => aspect.rules)).filter(
      (name) => {
        const [id = '', messageId] = name.split(':');
        const rule = byId.get(id);
        return rule === undefined || (messageId !== undefined && !(messageId in rule.meta.messages));
      },
    );
    expect(unknown).toEqual([]);
    for (const { citations } of CONTROLS)
      for (const section of citations) expect(provisionOf(section)).toBeDefined();
  });

  it('are never met for want of findings', async () => {
    const statuses = await statusesOf({
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: b }\n',
    });
    expect(Object.keys(statuses).length).toBe(CONTROLS.flatMap(({ aspects }) => aspects).length);
    expect(new Set(Object.values(statuses))).toEqual(new Set(['not decidable from manifests']));
  });
});

describe('a part of a control', () => {
  it('is met by what shows it', async () => {
    const statuses = await statusesOf({
      'namespace.yaml': NAMESPACE,
      'deny.yaml': DENY,
      'claim.yaml': CLAIM,
      'class.yaml': storageClass('true'),
    });
    expect(statuses).toMatchObject({
      'namespaces-closed': 'met',
      'restricted-enforced': 'met',
      'volumes-encrypted': 'met',
      'pods-restricted': 'not decidable from manifests',
    });
  });

  it.each(['arn:aws:kms:us-east-1:111122223333:key/replace-me', '<your key>', 'alias/your-key'])(
    'is not met by a class with a placeholder for its key: %s',
    async (key) => {
      const files = { 'claim.yaml': CLAIM, 'namespace.yaml': NAMESPACE, 'deny.yaml': DENY };
      const placeholder = storageClass('true').replace('alias/phi', key);
      const statuses = await statusesOf({ ...files, 'class.yaml': placeholder });
      expect(statuses['volumes-encrypted']).toBe('not decidable from manifests');
      expect(statuses['backups-encrypted']).toBe('not decidable from manifests');
    },
  );

  const location = (config: string) =>
    `apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: default, namespace: velero }
spec: { provider: aws, objectStorage: { bucket: b }, config: { ${config} } }
`;
  const barman = (parts: string) =>
    `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: db, namespace: phi }
spec: { backup: { barmanObjectStore: { destinationPath: "s3://b", s3Credentials: { inheritFromIAMRole: true }, ${parts} } } }
`;
  it.each([
    ['a key of Velero', location('kmsKeyId: alias/backups'), 'met'],
    ['a placeholder', location('kmsKeyId: <your key>'), 'not decidable from manifests'],
    ['no key', location('region: us-east-1'), 'violated'],
    ['both parts of Barman', barman('wal: { encryption: AES256 }, data: { encryption: AES256 }'), 'met'],
    ['one part of Barman', barman('wal: { encryption: AES256 }'), 'violated'],
  ])('is about backups: %s', async (_, document, status) => {
    expect((await statusesOf({ 'backup.yaml': document }))['backups-encrypted']).toBe(status);
  });

  it('is violated by a finding', async () => {
    const statuses = await statusesOf({
      'namespace.yaml': NAMESPACE,
      'claim.yaml': CLAIM,
      'class.yaml': storageClass('false'),
    });
    expect(statuses).toMatchObject({ 'namespaces-closed': 'violated', 'volumes-encrypted': 'violated' });
  });

  it('is not decidable where something that it is about is out of view', async () => {
    const statuses = await statusesOf({ 'claim.yaml': CLAIM });
    expect(statuses['volumes-encrypted']).toBe('not decidable from manifests');
  });

  it('is excepted as long as the exception is in force', async () => {
    const files = {
      'namespace.yaml': NAMESPACE,
      'deny.yaml': DENY,
      'claim.yaml': CLAIM,
      'class.yaml': storageClass('false'),
      '.kube-safeguards.yaml': `exceptions:
  - rule: volume-unencrypted
    path: claim.yaml
    reason: moved to the new class in spring
    approver: privacy officer
    date: 2026-01-10
    until: 2026-02-01
  - rule: storage-class-unencrypted
    path: class.yaml
    reason: moved to the new class in spring
    approver: privacy officer
    date: 2026-01-10
    until: 2026-02-01
`,
    };
    expect(await statusesOf(files)).toMatchObject({ 'volumes-encrypted': 'excepted' });
    const later = await new TestFolder(files).run('report --format csv --time 2026-02-02', '', rules);
    expect(later.output).toContain('control,volume-encryption,volumes-encrypted,violated');
    expect(later.output).toContain('exception,,,ended,,volume-unencrypted');
  });

  it.each([
    ['rules alone', [RULES], 'not decidable from manifests'],
    [
      'policies of a sensor alone',
      ['apiVersion: cilium.io/v1alpha1\nkind: TracingPolicy\nmetadata: { name: shells }\n'],
      'not decidable from manifests',
    ],
    ['the sensor', [SENSOR], 'met'],
    ['rules and the sensor', [RULES, SENSOR], 'met'],
  ])('is met for runtime monitoring by a sensor: %s', async (_, documents, status) => {
    const statuses = await statusesOf({ 'falco.yaml': documents.join('---\n') });
    expect(statuses['runtime-sensor']).toBe(status);
  });

  it('is not met while a rule about it is off', async () => {
    const statuses = await statusesOf({
      'namespace.yaml': NAMESPACE,
      'deny.yaml': DENY,
      '.kube-safeguards.yaml': 'rules: { phi-reachable: "off" }\n',
    });
    expect(statuses).toMatchObject({
      'namespaces-closed': 'not decidable from manifests',
      'restricted-enforced': 'met',
    });
  });

  it('is not about namespaces without PHI', async () => {
    const outside = NAMESPACE.replace('phi: "true"', 'phi: "false"').replace('name: phi', 'name: tools');
    const statuses = await statusesOf({
      'phi.yaml': NAMESPACE,
      'deny.yaml': DENY,
      'tools.yaml': outside.replaceAll(/ {4}pod-security.*\n/g, ''),
    });
    expect(statuses).toMatchObject({ 'namespaces-closed': 'met', 'restricted-enforced': 'met' });
  });
});

describe('the report', () => {
  const example = 'examples/clinic';

  it('is the same for the same inputs and time', async () => {
    const files = Object.fromEntries(
      ['rbac.yaml', 'api.yaml', 'namespace.yaml'].map((name) => [
        name,
        readFileSync(`${example}/manifests/${name}`, 'utf8'),
      ]),
    );
    const run = async () => (await new TestFolder(files).run(`report --format md ${TIME}`, '', rules)).output;
    expect(await run()).toBe(await run());
  });

  it('hashes its inputs as sha256sum does', async () => {
    const files = { 'b.yaml': DENY, 'a.yaml': NAMESPACE };
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const { output } = await new TestFolder(files).run(`report --format md ${TIME}`, '', rules);
    expect(output).toContain(
      `2 files, SHA-256 ${hash(`${hash(NAMESPACE)}  a.yaml\n${hash(DENY)}  b.yaml\n`)}`,
    );
  });

  it('names the commit that is checked out, also from packed references', async () => {
    const id = '0123456789abcdef0123456789abcdef01234567';
    const folder = new TestFolder({ 'a.yaml': DENY, '.git/HEAD': 'ref: refs/heads/topic/phi\n' });
    folder.write('.git/packed-refs', `# pack-refs with: peeled\n${id} refs/heads/topic/phi\n`);
    const { output } = await folder.run(`report ${TIME}`, '', rules);
    expect(output).toContain(`| Commit | ${id} (topic/phi) |`);
  });

  it('exports bindings and policies in words', async () => {
    const { output } = await new TestFolder({
      'deny.yaml': DENY,
      'rbac.yaml': readFileSync(`${example}/manifests/rbac.yaml`, 'utf8'),
    }).run(`report ${TIME}`, '', rules);
    expect(output).toContain(
      '| ServiceAccount clinic/records-api | Role records-api | namespace clinic | get, list, watch: secrets, configmaps |',
    );
    expect(output).toContain(
      '| ServiceAccount clinic/default | ClusterRole cluster-admin | the whole cluster | \\*: \\* |',
    );
    expect(output).toContain(
      '| NetworkPolicy default-deny | phi | all pods | ingress, egress | none | `deny.yaml:3` |',
    );
  });

  it.each(['sarif', 'junit', 'github'])(
    'tells its findings in %s, as they are at its time',
    async (format) => {
      const folder = new TestFolder({
        '.kube-safeguards.yaml':
          'exceptions:\n  - rule: storage-class-unencrypted\n    resource: { name: fast }\n    reason: agreed\n    approver: the board\n    date: 2026-01-01\n    until: 2026-06-30\n',
        'storage.yaml': storageClass('false'),
      });
      const reported = async (time: string) => {
        const { code, output } = await folder.run(`report --format ${format} --time ${time}`, '', rules);
        expect(code).toBe(0);
        return output;
      };
      const before = await reported('2026-01-31');
      const { output: checked } = await folder.run(`check --format ${format} --fail-on never .`, '', rules);
      expect([before, await reported('2026-07-01')]).toContain(checked);
      expect(before).not.toBe(await reported('2026-07-01'));
    },
  );

  it('tells wrong usage', async () => {
    const { code, errors } = await new TestFolder().run('report --time yesterday', '', rules);
    expect(code).toBe(2);
    expect(errors).toContain('--time takes a time such as 2026-01-31T12:00:00Z.');
  });
});

describe('the table for spreadsheets', () => {
  it('holds no formula', async () => {
    const file = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: "=HYPERLINK(1)" }\n';
    const { output } = await new TestFolder({ 'a.yaml': file }).run(`report --format csv ${TIME}`, '', rules);
    expect(output).toContain(",'=HYPERLINK(1),");
  });
});

it('keeps what people write from becoming Markdown', async () => {
  const folder = new TestFolder({
    '.kube-safeguards.yaml':
      'exceptions:\n  - rule: storage-class-unencrypted\n    resource: { name: fast }\n    reason: "`as agreed` | [see](javascript:x)"\n    approver: "**the board**"\n    date: 2026-01-01\n    until: 2027-01-01\n',
    'storage.yaml': storageClass('false'),
  });
  const { output } = await folder.run(`report --format md ${TIME}`, '', rules);
  expect(output).toContain('| \\`as agreed\\` \\| \\[see\\](javascript:x) | \\*\\*the board\\*\\* |');
});
