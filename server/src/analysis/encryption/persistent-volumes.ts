import type { Resource } from '../../kubernetes/resource.ts';
import type { Entry, Value } from '../../syntax/values.ts';
import { isStorageClass, parameterOf } from './storage-classes.ts';

/** Sources of a PersistentVolume that never encrypt, with what to call them. */
export const PLAIN_SOURCES: ReadonlyMap<string, string> = new Map([
  ['hostPath', 'a folder of the node'],
  ['local', 'a disk of the node'],
  ['nfs', 'NFS'],
]);

/** Options of NFS under which files at least travel encrypted, so that somebody has thought of it. Source: nfs(5), `sec` and `xprtsec`. */
export const ENCRYPTED_NFS = /(?:^|,)(?:sec=krb5p|xprtsec=m?tls)(?:,|$)/;

export const EFS_DRIVER = 'efs.csi.aws.com';

export function isPersistentVolume({ kind, group }: Resource): boolean {
  return kind === 'PersistentVolume' && group === '';
}

/** The source of a PersistentVolume that encrypts nothing, with words for it. */
export function plainSourceOf({ spec }: Resource): { source: Entry; words: string } | undefined {
  const options = (spec?.get('mountOptions')?.items ?? []).map(({ text }) => text ?? '');
  for (const source of spec?.entries ?? []) {
    const words = PLAIN_SOURCES.get(source.key);
    if (words === undefined || source.value.kind !== 'map') continue;
    const isEncrypted = source.key === 'nfs' && options.some((option) => ENCRYPTED_NFS.test(option));
    if (!isEncrypted) return { source, words };
  }
  return undefined;
}

/** A volume of EBS, which is encrypted or not by what it was made of; the class that it names is all that a manifest shows. */
export function ebsSourceOf({ spec }: Resource): Value | undefined {
  const csi = spec?.get('csi');
  return csi?.get('driver')?.text === 'ebs.csi.aws.com' ? csi : spec?.get('awsElasticBlockStore');
}

/**
 * The switch by which volumes of EFS are mounted without TLS.
 *
 * Source: https://github.com/kubernetes-sigs/aws-efs-csi-driver/tree/master/docs#encryption-in-transit (on unless said).
 */
export function plainTransitOf(resource: Resource): Value | undefined {
  const value = isStorageClass(resource)
    ? resource.root.get('provisioner')?.text === EFS_DRIVER && parameterOf(resource, 'encryptInTransit')
    : resource.spec?.at(['csi', 'driver'])?.text === EFS_DRIVER &&
      resource.spec.at(['csi', 'volumeAttributes', 'encryptInTransit']);
  return value && value.text?.toLowerCase() === 'false' ? value : undefined;
}
