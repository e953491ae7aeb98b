import type { Resource } from '../../kubernetes/resource.ts';
import { set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { defineRule, type RuleContext } from '../rule.ts';

/**
 * A backup that is written without encryption by a key of its own, as far as its manifest shows.
 *
 * Sources: Velero, BackupStorageLocation for AWS (`kmsKeyId`, `serverSideEncryption`) and GCP (`kmsKeyName`); CloudNativePG,
 * BarmanObjectStoreConfiguration (`wal.encryption`, `data.encryption`), also in the ObjectStore of its plugin; Percona and Crunchy below.
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
      percona:
        'Backups in storage "{storage}" go to the object store without a key of yours, so all ePHI in them depends on the default of the bucket. Set serverSideEncryption.',
      pgBackRest:
        'Backups in "{repo}" go to the object store without encryption, ePHI included. Set {repo}-cipher-type, and the passphrase in a Secret.',
      snapshots:
        'Snapshots of this class are deleted with their object, so a mistake takes the last copy of ePHI with it. Retain them.',
    },
  },
  resource: {
    kinds: [
      'BackupStorageLocation',
      'Cluster',
      'ObjectStore',
      'PerconaServerMongoDB',
      'PerconaPGCluster',
      'PostgresCluster',
      'VolumeSnapshotClass',
    ],
    check(resource, context) {
      const { group, spec } = resource;
      if (group === 'velero.io') checkVelero(resource, context);
      if (group === 'postgresql.cnpg.io') checkBarman(spec?.at(['backup', 'barmanObjectStore']), context);
      if (group === 'barmancloud.cnpg.io') checkBarman(spec?.get('configuration'), context);
      if (group === 'psmdb.percona.com') checkPerconaMongo(resource, context);
      if (PGBACKREST_GROUPS.has(group)) checkPgBackRest(spec?.at(['backups', 'pgbackrest']), context);
      const policy = resource.root.get('deletionPolicy');
      if (resource.group !== 'snapshot.storage.k8s.io' || policy?.text !== 'Delete') return;
      const fixes = [
        { title: 'Set Retain', applicability: 'review' as const, operations: [set(policy.path, 'Retain')] },
      ];
      context.report({ at: policy, messageId: 'snapshots', severity: 'information', fixes });
    },
  },
});

type Context = RuleContext<'velero' | 'barman' | 'percona' | 'pgBackRest' | 'snapshots'>;

/** Groups whose databases are backed up by pgBackRest, and what their API calls the databases. */
export const PGBACKREST_GROUPS: ReadonlyMap<string, string> = new Map([
  ['pgv2.percona.com', 'perconapgclusters'],
  ['postgres-operator.crunchydata.com', 'postgresclusters'],
]);

/** What Barman encrypts by settings of their own, in words. */
export const BARMAN_PARTS: ReadonlyMap<string, string> = new Map([
  ['wal', 'logs'],
  ['data', 'base backups'],
]);

export const VELERO_KEYS: ReadonlyMap<string, string> = new Map([
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

function checkBarman(store: Value | undefined, { report }: Context): void {
  // Azure and Google encrypt by themselves; the option is for S3.
  if (store === undefined || !store.has(['s3Credentials'])) return;
  for (const [part, words] of BARMAN_PARTS) {
    if (store.has([part, 'encryption'])) continue;
    const operations = [set([...store.path, part, 'encryption'], 'AES256')];
    const fixes = [{ title: `Set ${part}.encryption: AES256`, applicability: 'review' as const, operations }];
    report({ at: store, missing: [part, 'encryption'], messageId: 'barman', data: { part: words }, fixes });
  }
}

/** Source: https://docs.percona.com/percona-operator-for-mongodb/operator.html#backup-section (storages, serverSideEncryption). */
function checkPerconaMongo({ spec }: Resource, { report }: Context): void {
  for (const { key: storage, value } of spec?.at(['backup', 'storages'])?.entries ?? []) {
    const s3 = value.get('s3');
    if (s3?.kind !== 'map' || s3.has(['serverSideEncryption'])) continue;
    const wanted = { sseAlgorithm: 'aws:kms', kmsKeyID: '<your key>' };
    const fix = {
      title: 'Add serverSideEncryption with a placeholder',
      applicability: 'review' as const,
      operations: [set([...s3.path, 'serverSideEncryption'], wanted)],
    };
    report({
      at: s3,
      missing: ['serverSideEncryption'],
      messageId: 'percona',
      data: { storage },
      fixes: [fix],
    });
  }
}

/** Source: https://pgbackrest.org/configuration.html#section-repository/option-repo-cipher-type (none unless said; Azure and Google encrypt by themselves). */
function checkPgBackRest(pgBackRest: Value | undefined, { report }: Context): void {
  const settings = pgBackRest?.get('global');
  for (const item of pgBackRest?.get('repos')?.items ?? []) {
    const name = item.get('name');
    const repo = name?.text;
    const cipher = settings?.get(`${repo}-cipher-type`);
    const isEncrypted =
      (cipher !== undefined && cipher.text !== 'none') || settings?.has([`${repo}-s3-kms-key-id`]) === true;
    if (pgBackRest === undefined || repo === undefined || !item.has(['s3']) || isEncrypted) continue;
    const path = [...pgBackRest.path, 'global', `${repo}-cipher-type`];
    const fix = {
      title: `Set ${repo}-cipher-type: aes-256-cbc`,
      applicability: 'review' as const,
      operations: [set(path, 'aes-256-cbc')],
    };
    report({ at: cipher ?? name ?? item, messageId: 'pgBackRest', data: { repo }, fixes: [fix] });
  }
}
