import {
  BARMAN_PARTS,
  PGBACKREST_GROUPS,
  VELERO_KEYS,
} from '../../rules/encryption-at-rest/backup-unencrypted.ts';
import { celText, hasPath } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const RULE = 'backup-unencrypted';
const inGroup = (group: string, resource: string) => resourceRule(group, [resource], ['*']);

/** A store of Barman's in S3 names how both of its parts are encrypted. */
const isEncryptedByBarman = (store: string) =>
  `!${hasPath(`${store}.s3Credentials`)} || (${[...BARMAN_PARTS.keys()].map((part) => hasPath(`${store}.${part}.encryption`)).join(' && ')})`;

const STORAGES = 'object.spec.backup.storages';
const PGBACKREST = 'object.spec.backups.pgbackrest';
const setting = (name: string) => `(r.name + ${celText(name)})`;
const hasSetting = (name: string) => `${setting(name)} in ${PGBACKREST}.global`;

export const BACKUP_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: RULE,
    on: [inGroup('velero.io', 'backupstoragelocations')],
    expression: [...VELERO_KEYS]
      .map(
        ([provider, key]) =>
          `!(object.spec.provider == ${celText(provider)} && !(has(object.spec.config) && (${celText(key)} in object.spec.config || 'serverSideEncryption' in object.spec.config)))`,
      )
      .join(' && '),
  },
  {
    rule: RULE,
    part: 'cloudnative-pg',
    on: [inGroup('postgresql.cnpg.io', 'clusters')],
    expression: isEncryptedByBarman('object.spec.backup.barmanObjectStore'),
  },
  {
    rule: RULE,
    part: 'barman',
    on: [inGroup('barmancloud.cnpg.io', 'objectstores')],
    expression: isEncryptedByBarman('object.spec.configuration'),
  },
  {
    rule: RULE,
    part: 'percona-mongodb',
    on: [inGroup('psmdb.percona.com', 'perconaservermongodbs')],
    expression: `!${hasPath(STORAGES)} || ${STORAGES}.map(k, ${STORAGES}[k]).all(s, !has(s.s3) || has(s.s3.serverSideEncryption))`,
  },
  {
    rule: RULE,
    part: 'pgbackrest',
    on: [...PGBACKREST_GROUPS].map(([group, resource]) => inGroup(group, resource)),
    expression: `!${hasPath(`${PGBACKREST}.repos`)} || ${PGBACKREST}.repos.all(r, !has(r.s3) || !has(r.name) || (has(${PGBACKREST}.global) && ((${hasSetting('-cipher-type')} && ${PGBACKREST}.global[${setting('-cipher-type')}] != 'none') || ${hasSetting('-s3-kms-key-id')})))`,
  },
  {
    rule: RULE,
    part: 'snapshots',
    on: [inGroup('snapshot.storage.k8s.io', 'volumesnapshotclasses')],
    expression: "object.deletionPolicy != 'Delete'",
    isAdvice: true,
  },
];
