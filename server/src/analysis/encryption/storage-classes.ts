import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';

/**
 * How a provisioner encrypts:
 * `parameter`, when the class says so; `always`, whatever the class says; `never`; `elsewhere`, where the class does not show it.
 */
export type Provisioner =
  | {
      readonly encrypts: 'parameter';
      readonly parameter: string;
      /** What to write for yes; `true` unless said. */
      readonly on?: string;
      readonly key?: string;
    }
  | { readonly encrypts: 'always'; readonly key?: string }
  | { readonly encrypts: 'never' }
  | { readonly encrypts: 'elsewhere'; readonly where: string };

const EBS: Provisioner = { encrypts: 'parameter', parameter: 'encrypted', key: 'kmsKeyId' };
const CEPH: Provisioner = { encrypts: 'parameter', parameter: 'encrypted', key: 'encryptionKMSID' };
const PORTWORX: Provisioner = { encrypts: 'parameter', parameter: 'secure' };
const AZURE_DISK: Provisioner = { encrypts: 'always', key: 'diskEncryptionSetID' };
const GCE_DISK: Provisioner = { encrypts: 'always', key: 'disk-encryption-kms-key' };
const NEVER: Provisioner = { encrypts: 'never' };

/**
 * Sources: the parameter pages of each driver's documentation (aws-ebs-csi-driver docs/parameters.md, ceph-csi docs/rbd and docs/cephfs, Longhorn "Volume
 * Encryption", azuredisk-csi-driver docs/driver-parameters.md, gcp-compute-persistent-disk-csi-driver README, and so on), and
 * https://kubernetes.io/docs/concepts/storage/storage-classes/ for the provisioners in the tree.
 */
export const PROVISIONERS: ReadonlyMap<string, Provisioner> = new Map<string, Provisioner>([
  ['ebs.csi.aws.com', EBS],
  ['kubernetes.io/aws-ebs', EBS],
  ['ebs.csi.eks.amazonaws.com', EBS],
  [
    'driver.longhorn.io',
    { encrypts: 'parameter', parameter: 'encrypted', key: 'csi.storage.k8s.io/provisioner-secret-name' },
  ],
  ['pxd.portworx.com', PORTWORX],
  ['kubernetes.io/portworx-volume', PORTWORX],
  ['diskplugin.csi.alibabacloud.com', { encrypts: 'parameter', parameter: 'encrypted', key: 'kmsKeyId' }],
  ['linodebs.csi.linode.com', { encrypts: 'parameter', parameter: 'linodebs.csi.linode.com/luks-encrypted' }],
  ['csi.scaleway.com', { encrypts: 'parameter', parameter: 'encrypted' }],
  ['linstor.csi.linbit.com', { encrypts: 'parameter', parameter: 'linstor.csi.linbit.com/encryption' }],
  ['zfs.csi.openebs.io', { encrypts: 'parameter', parameter: 'encryption', on: 'on' }],
  ['com.tencent.cloud.csi.cbs', { encrypts: 'parameter', parameter: 'encrypt', on: 'ENCRYPT' }],
  ['disk.csi.azure.com', AZURE_DISK],
  ['kubernetes.io/azure-disk', AZURE_DISK],
  ['file.csi.azure.com', { encrypts: 'always' }],
  ['kubernetes.io/azure-file', { encrypts: 'always' }],
  ['pd.csi.storage.gke.io', GCE_DISK],
  ['kubernetes.io/gce-pd', GCE_DISK],
  ['filestore.csi.storage.gke.io', { encrypts: 'always', key: 'instance-encryption-kms-key' }],
  ['vpc.block.csi.ibm.io', { encrypts: 'always', key: 'encryptionKey' }],
  ['dobs.csi.digitalocean.com', { encrypts: 'always' }],
  ['fsx.csi.aws.com', { encrypts: 'always' }],
  ['blockvolume.csi.oraclecloud.com', { encrypts: 'always', key: 'kms-key-id' }],
  ['efs.csi.aws.com', { encrypts: 'elsewhere', where: 'the EFS file system' }],
  ['cinder.csi.openstack.org', { encrypts: 'elsewhere', where: 'the Cinder volume type' }],
  ['kubernetes.io/cinder', { encrypts: 'elsewhere', where: 'the Cinder volume type' }],
  ['csi.vsphere.vmware.com', { encrypts: 'elsewhere', where: 'the vSphere storage policy' }],
  ['kubernetes.io/vsphere-volume', { encrypts: 'elsewhere', where: 'the vSphere storage policy' }],
  ['csi.trident.netapp.io', { encrypts: 'elsewhere', where: 'the backend of Trident' }],
  ['csi.nutanix.com', { encrypts: 'elsewhere', where: 'the Nutanix cluster' }],
  ['smb.csi.k8s.io', { encrypts: 'elsewhere', where: 'the file server' }],
  ['rancher.io/local-path', NEVER],
  ['kubernetes.io/no-provisioner', NEVER],
  ['kubernetes.io/host-path', NEVER],
  ['hostpath.csi.k8s.io', NEVER],
  ['k8s.io/minikube-hostpath', NEVER],
  ['docker.io/hostpath', NEVER],
  ['nfs.csi.k8s.io', NEVER],
  ['k8s-sigs.io/nfs-subdir-external-provisioner', NEVER],
  ['cluster.local/nfs-subdir-external-provisioner', NEVER],
  ['openebs.io/local', NEVER],
  ['local.csi.openebs.io', NEVER],
  ['topolvm.io', NEVER],
  ['kubernetes.io/rbd', NEVER],
]);

/** Rook puts the namespace of its operator before the driver's name. */
const CEPH_DRIVER = /(?:^|\.)(?:rbd|cephfs)\.csi\.ceph\.com$/;

/** What is known of a provisioner; undefined for all others, of which nothing can be said. */
export function provisionerOf(name: string): Provisioner | undefined {
  return PROVISIONERS.get(name) ?? (CEPH_DRIVER.test(name) ? CEPH : undefined);
}

export function isStorageClass({ group, kind }: Resource): boolean {
  return group === 'storage.k8s.io' && kind === 'StorageClass';
}

/** `unknown`: the provisioner is not known, or a template will fill the parameter in. */
export type Encryption = 'on' | 'off' | 'elsewhere' | 'unknown';

export function encryptionOf(storageClass: Resource): Encryption {
  const provisioner = provisionerOf(storageClass.root.get('provisioner')?.text ?? '');
  switch (provisioner?.encrypts) {
    case undefined:
      return 'unknown';
    case 'always':
      return 'on';
    case 'never':
      return 'off';
    case 'elsewhere':
      return 'elsewhere';
    case 'parameter': {
      const parameter = parameterOf(storageClass, provisioner.parameter);
      const text = parameter?.text?.toLowerCase();
      if (text?.includes('$') === true) return 'unknown';
      // A driver with a word of its own may know ciphers by name, too.
      const off = /^(?:|off|false|no|none|disabled)$/;
      return provisioner.on === undefined
        ? text === 'true'
          ? 'on'
          : 'off'
        : off.test(text ?? '')
          ? 'off'
          : 'on';
    }
  }
}

/** Drivers compare the names of parameters without case. */
export function parameterOf({ root }: Resource, name: string): Value | undefined {
  const wanted = name.toLowerCase();
  return root.get('parameters')?.entries.find(({ key }) => key.toLowerCase() === wanted)?.value;
}

export const DEFAULT_CLASS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

/** Whether claims that name no class get this one. */
export function isDefaultClass({ annotations }: Resource): boolean {
  return DEFAULT_CLASS.some((key) => annotations.get(key) === 'true');
}
