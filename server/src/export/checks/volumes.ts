import { EFS_DRIVER, ENCRYPTED_NFS, PLAIN_SOURCES } from '../../analysis/encryption/persistent-volumes.ts';
import { celMatches, celText, hasPath } from '../cel.ts';
import { inRe2 } from '../re2.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const RULE = 'volume-unencrypted';
const VOLUMES = [resourceRule('', ['persistentvolumes'])];
const BY_ENCRYPTED_NFS = `(has(object.spec.mountOptions) && object.spec.mountOptions.exists(o, ${celMatches('o', inRe2(ENCRYPTED_NFS))}))`;
const isDriver = (name: string) => `(has(object.spec.csi) && object.spec.csi.driver == ${celText(name)})`;
const SWITCH = 'encryptInTransit';
const ATTRIBUTES = 'object.spec.csi.volumeAttributes';

export const VOLUME_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: RULE,
    on: VOLUMES,
    expression: [
      ...[...PLAIN_SOURCES.keys()].map((source) =>
        source === 'nfs' ? `(!has(object.spec.nfs) || ${BY_ENCRYPTED_NFS})` : `!has(object.spec.${source})`,
      ),
      `!(${isDriver(EFS_DRIVER)} && ${hasPath(`${ATTRIBUTES}.${SWITCH}`)} && ${ATTRIBUTES}.${SWITCH}.lowerAscii() == 'false')`,
    ].join(' && '),
  },
  {
    rule: RULE,
    part: 'transit',
    on: [resourceRule('storage.k8s.io', ['storageclasses'])],
    expression: `object.provisioner != ${celText(EFS_DRIVER)} || !has(object.parameters) || object.parameters.all(k, k.lowerAscii() != ${celText(SWITCH.toLowerCase())} || object.parameters[k].lowerAscii() != 'false')`,
  },
];
