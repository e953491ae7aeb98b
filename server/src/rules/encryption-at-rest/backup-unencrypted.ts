import type { Resource } from '../../kubernetes/resource.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule, type RuleContext } from '../rule.ts';

/**
 * A backup that is written without encryption by a key of its own, as far as its manifest shows.
 *
 * Sources: Velero, BackupStorageLocation for AWS (`kmsKeyId`, `serverSideEncryption`) and GCP (`kmsKeyName`); CloudNativePG,
 * BarmanObjectStoreConfiguration (`wal.encryption`, `data.encryption`).
 */
export const backupUnencrypted = defineRule({
  id: 'backup-unencrypted',
  meta: {
    title: 'Backup without encryption',
    safeguard: 'encryption-at-rest',
    rationale:
      'A backup holds all ePHI of a service in one place that is copied, shared and kept for years. Without encryption, one wrong permission on a bucket discloses it all.',
    remediation: 'Name a key for the backups.',
    references: {
      hipaa: ['164.312(a)(2)(iv)', '164.308(a)(7)'],
      nist: ['CP-9', 'CP-9(8)', 'SC-28'],
      urls: [
        'https://velero.io/docs/main/locations/',
        'https://cloudnative-pg.io/documentation/current/backup/',
      ],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      velero:
        'Backups of provider {provider} name no key, so all ePHI in them depends on the default of the bucket. Set {key}.',
      barman:
        'The {part} of this database go to the object store without encryption, ePHI included. Set encryption to AES256 or aws:kms.',
      snapshots:
        'Snapshots of this class are deleted with their object, so a mistake takes the last copy of ePHI with it. Retain them.',
    },
  },
  resource: {
    kinds: ['BackupStorageLocation', 'Cluster', 'VolumeSnapshotClass'],
    check(resource, context) {
      if (resource.group === 'velero.io') checkVelero(resource, context);
      if (resource.group === 'postgresql.cnpg.io') checkBarman(resource, context);
      const policy = resource.root.get('deletionPolicy');
      if (resource.group !== 'snapshot.storage.k8s.io' || policy?.text !== 'Delete') return;
      const fixes = [
        { title: 'Set Retain', applicability: 'review' as const, operations: [set(policy.path, 'Retain')] },
      ];
      context.report({ at: policy, messageId: 'snapshots', severity: 'information', fixes });
    },
  },
});

type Context = RuleContext<'velero' | 'barman' | 'snapshots'>;

const VELERO_KEYS: ReadonlyMap<string, string> = new Map([
  ['aws', 'kmsKeyId'],
  ['velero.io/aws', 'kmsKeyId'],
  ['gcp', 'kmsKeyName'],
  ['velero.io/gcp', 'kmsKeyName'],
]);

function checkVelero({ root, spec }: Resource, { report }: Context): void {
  const provider = spec?.get('provider');
  const key = VELERO_KEYS.get(provider?.text ?? '');
  const config = spec?.get('config');
  if (
    provider === undefined ||
    key === undefined ||
    config?.has([key]) === true ||
    config?.has(['serverSideEncryption']) === true
  )
    return;
  const operations = [set([...root.path, 'spec', 'config', key], '<your key>')];
  const fixes = [{ title: `Add ${key} with a placeholder`, applicability: 'review' as const, operations }];
  report({ at: provider, messageId: 'velero', data: { provider: provider.text ?? '', key }, fixes });
}

function checkBarman({ spec }: Resource, { report }: Context): void {
  const store = spec?.at(['backup', 'barmanObjectStore']);
  // Azure and Google encrypt by themselves; the option is for S3.
  if (store === undefined || !store.has(['s3Credentials'])) return;
  for (const [part, words] of [
    ['wal', 'logs'],
    ['data', 'base backups'],
  ] as const) {
    if (store.has([part, 'encryption'])) continue;
    const operations = [set([...store.path, part, 'encryption'], 'AES256')];
    const fixes = [{ title: `Set ${part}.encryption: AES256`, applicability: 'review' as const, operations }];
    report({ at: store, missing: [part, 'encryption'], messageId: 'barman', data: { part: words }, fixes });
  }
}
