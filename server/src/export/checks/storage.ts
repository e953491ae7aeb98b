import { PROVISIONERS, type Provisioner } from '../../analysis/encryption/storage-classes.ts';
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

/** Whose encryption a class does not show. */
const KNOWN_ELSEWHERE = [...PROVISIONERS].flatMap(([name, { encrypts }]) =>
  encrypts === 'elsewhere' ? [name] : [],
);

function isOn(provisioner: Provisioner): string {
  if (provisioner.encrypts !== 'parameter') return 'true';
  const { parameter, on } = provisioner;
  const value =
    on === undefined
      ? "(VALUE.lowerAscii() == 'true' || VALUE.contains('$'))"
      : "!(VALUE.lowerAscii() in ['', 'off', 'false', 'no', 'none', 'disabled'])";
  return hasParameter(parameter, value);
}

const MAY_ENCRYPT = KNOWN.filter(([, { encrypts }]) => encrypts === 'parameter' || encrypts === 'never')
  .map(
    ([isIt, provisioner]) =>
      `!(${isIt}${provisioner.encrypts === 'never' ? '' : ` && !${isOn(provisioner)}`})`,
  )
  .join(' && ');

/** Whether a class that has been looked up does not encrypt. */
export const isPlainClass = (storageClass: string) =>
  `!(${MAY_ENCRYPT.replaceAll('object.', `${storageClass}.`)})`;

export const STORAGE_CHECKS: readonly AdmissionCheck[] = [
  { rule: 'storage-class-unencrypted', on: STORAGE_CLASSES, expression: MAY_ENCRYPT },
  {
    rule: 'storage-class-unencrypted',
    part: 'elsewhere',
    on: STORAGE_CLASSES,
    expression: `!(${isOneOf(KNOWN_ELSEWHERE)})`,
    isAdvice: true,
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
];
