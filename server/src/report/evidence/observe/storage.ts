import { settingsOf } from '../../../analysis/control-plane/index.ts';
import { claimsOf } from '../../../analysis/encryption/claims.ts';
import {
  encryptsResource,
  resourceEncryptionsOf,
} from '../../../analysis/encryption/encryption-configuration.ts';
import { isStorageClass, parameterOf, provisionerOf } from '../../../analysis/encryption/storage-classes.ts';
import type { StorageClassFact } from '../../../analysis/facts.ts';
import type { World } from '../../../analysis/world.ts';
import type { Resource } from '../../../kubernetes/resource.ts';
import { BARMAN_PARTS, VELERO_KEYS } from '../../../rules/encryption-at-rest/backup-unencrypted.ts';
import type { Value } from '../../../syntax/values.ts';
import { headOf, nameOf, type Observation, type Observe, placeOf } from '../observation.ts';
import { mayHoldPhi } from '../scope.ts';
import { isDefault } from './access.ts';

/** What is stored, and how. */
export const observeStorage: Observe = (resource, document) => [
  ...observeEncryption(resource, document),
  ...observeControlPlane(resource, document),
  ...observeClaims(resource, document),
  ...observeClassKey(resource, document),
  ...observeBackups(resource, document),
];

const observeEncryption: Observe = (resource, document) => {
  const decisive = resourceEncryptionsOf(resource)?.find((entry) => encryptsResource(entry, 'secrets'));
  const writer = decisive?.providers[0];
  if (writer === undefined) return [];
  const isOn = writer.type !== 'identity';
  return [
    {
      aspect: 'secrets-encrypted',
      namespace: undefined,
      shown: isOn,
      text: isOn
        ? `Secrets are written with the provider ${writer.type}.`
        : 'Secrets are written as they are (provider identity).',
      place: placeOf(document, writer.value),
    },
  ];
};

const ETCD_FLAGS = ['cert-file', 'key-file', 'client-cert-auth', 'peer-cert-file', 'peer-client-cert-auth'];

const observeControlPlane: Observe = (resource, document) => {
  const observations: Observation[] = [];
  const seen = { namespace: undefined, shown: true } as const;
  const apiserver = settingsOf('kube-apiserver', resource);
  const flag = apiserver?.flag('encryption-provider-config');
  if (apiserver !== undefined && (flag !== undefined || isDefault(apiserver, 'encryption-provider-config'))) {
    const text =
      flag === undefined
        ? `${apiserver.completeness} gives the API server an encryption configuration.`
        : 'The API server runs with --encryption-provider-config.';
    const place = placeOf(document, flag?.at ?? headOf(resource));
    observations.push({ ...seen, aspect: 'encryption-in-use', text, place });
  }
  const etcd = settingsOf('etcd', resource);
  if (etcd !== undefined) {
    const isSet = (name: string) =>
      isDefault(etcd, name) || (etcd.flag(name) !== undefined && etcd.flag(name)?.value !== 'false');
    const missing = ETCD_FLAGS.filter((name) => !isSet(name));
    observations.push({
      aspect: 'etcd-transport',
      namespace: undefined,
      shown: missing.length === 0,
      text:
        missing.length === 0
          ? 'etcd has certificates for clients and peers, and asks for theirs.'
          : `etcd runs without --${missing.join(', --')}.`,
      place: placeOf(document, headOf(resource)),
    });
  }
  return observations;
};

const observeClaims: Observe = (resource, document) => {
  if (document.world.usedAs === 'part' || !mayHoldPhi(resource, document)) return [];
  return claimsOf(resource).map(({ claim, className }) => {
    const name = className?.text;
    const storageClass = classOf(name, document.world);
    const isOn = storageClass?.encryption === 'on';
    return {
      aspect: 'volumes-encrypted',
      namespace: resource.namespace,
      shown: isOn,
      text: isOn
        ? `${nameOf(resource)} gets StorageClass "${storageClass.name}", which encrypts.`
        : `${nameOf(resource)} gets ${name === undefined ? 'the default StorageClass' : `StorageClass "${name}"`}, of which the manifests do not show that it encrypts.`,
      place: placeOf(document, className ?? claim),
    };
  });
};

/** What stands for a name that nobody has put in yet. */
const TO_BE_REPLACED = /replace[-_ ]?me|change[-_ ]?me|\byour[-_ ]|</i;

/** Who names no key yet has a class that does not work as it is. */
const observeClassKey: Observe = (resource, document) => {
  const provisioner = provisionerOf(resource.root.get('provisioner')?.text ?? '');
  if (!isStorageClass(resource) || provisioner === undefined || !('key' in provisioner)) return [];
  const key = parameterOf(resource, provisioner.key ?? '');
  if (!TO_BE_REPLACED.test(key?.text ?? '')) return [];
  return [
    {
      aspect: 'volumes-encrypted',
      namespace: undefined,
      shown: false,
      text: `${nameOf(resource)} has a placeholder for its key (${provisioner.key}).`,
      place: placeOf(document, key),
    },
  ];
};

const observeBackups: Observe = (resource, document) => {
  const settings = backupSettingsOf(resource);
  if (settings.length === 0) return [];
  const isOn = settings.every((value) => value !== undefined && !TO_BE_REPLACED.test(value.text ?? ''));
  return [
    {
      aspect: 'backups-encrypted',
      namespace: resource.namespace,
      shown: isOn,
      text: `${nameOf(resource)} ${isOn ? 'shows' : 'does not show'} that backups are encrypted.`,
      place: placeOf(document, headOf(resource)),
    },
  ];
};

/** All that has to be set for backups of Velero and Barman to be encrypted; empty for what makes none. */
function backupSettingsOf({ group, kind, spec }: Resource): (Value | undefined)[] {
  if (group === 'velero.io' && kind === 'BackupStorageLocation') {
    const key = VELERO_KEYS.get(spec?.get('provider')?.text ?? '') ?? 'kmsKeyId';
    return [spec?.at(['config', key]) ?? spec?.at(['config', 'serverSideEncryption'])];
  }
  const store =
    group === 'barmancloud.cnpg.io'
      ? spec?.get('configuration')
      : group === 'postgresql.cnpg.io'
        ? spec?.at(['backup', 'barmanObjectStore'])
        : undefined;
  return store === undefined ? [] : [...BARMAN_PARTS.keys()].map((part) => store.at([part, 'encryption']));
}

function classOf(name: string | undefined, world: World): StorageClassFact | undefined {
  if (name !== undefined) return world.matching('storage-class', 'name', name)[0];
  return world.facts('storage-class').find(({ isDefault: isDefaultClass }) => isDefaultClass);
}
