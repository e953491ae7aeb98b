import { PROVISIONERS, type Provisioner } from '../../analysis/encryption/storage-classes.ts';
import { VELERO_KEYS } from '../../rules/encryption-at-rest/backup-unencrypted.ts';
import { celList, celMatches, celText } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const STORAGE_CLASSES = [resourceRule('storage.k8s.io', ['storageclasses'])];
const PARAMETERS = '(has(object.parameters) ? object.parameters : {})';
const CEPH_DRIVER = '(^|\\.)(rbd|cephfs)\\.csi\\.ceph\\.com$';
const CEPH: Provisioner = { encrypts: 'parameter', parameter: 'encrypted', key: 'encryptionKMSID' };

const isOneOf = (names: readonly string[]) => `object.provisioner in ${celList(names)}`;
/** Drivers compare the names of parameters without case. */
const hasParameter = (name: string, condition: string) =>
  `${PARAMETERS}.exists(k, k.lowerAscii() == ${celText(name.toLowerCase())} && ${condition.replaceAll('VALUE', 'object.parameters[k]')})`;

/** Which classes a provisioner is meant by: Rook puts the namespace of its operator before the driver's name. */
const KNOWN: readonly (readonly [isIt: string, provisioner: Provisioner])[] = [
  ...[...PROVISIONERS].map(([name, provisioner]) => [isOneOf([name]), provisioner] as const),
  [celMatches('object.provisioner', CEPH_DRIVER), CEPH],
];

function isOn(provisioner: Provisioner): string {
  if (provisioner.encrypts !== 'parameter') return 'true';
  const { parameter, on } = provisioner;
  const value =
    on === undefined
      ? "(VALUE.lowerAscii() == 'true' || VALUE.contains('$'))"
      : "!(VALUE.lowerAscii() in ['', 'off', 'false', 'no', 'none', 'disabled'])";
  return hasParameter(parameter, value);
}

export const STORAGE_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'storage-class-unencrypted',
    on: STORAGE_CLASSES,
    expression: KNOWN.filter(([, { encrypts }]) => encrypts === 'parameter' || encrypts === 'never')
      .map(
        ([isIt, provisioner]) =>
          `!(${isIt}${provisioner.encrypts === 'never' ? '' : ` && !${isOn(provisioner)}`})`,
      )
      .join(' && '),
    beyond: 'classes whose encryption is decided outside of them',
  },
  {
    rule: 'storage-class-customer-key',
    on: STORAGE_CLASSES,
    expression: KNOWN.flatMap(([isIt, provisioner]) =>
      'key' in provisioner && provisioner.key !== undefined
        ? [`!(${isIt} && ${isOn(provisioner)} && !${hasParameter(provisioner.key, "VALUE != ''")})`]
        : [],
    ).join(' && '),
  },
  {
    rule: 'backup-unencrypted',
    on: [resourceRule('velero.io', ['backupstoragelocations'], ['*'])],
    expression: [...VELERO_KEYS]
      .map(
        ([provider, key]) =>
          `!(object.spec.provider == ${celText(provider)} && !(has(object.spec.config) && (${celText(key)} in object.spec.config || 'serverSideEncryption' in object.spec.config)))`,
      )
      .join(' && '),
    beyond: 'the backups of database operators and classes of snapshots',
  },
];
