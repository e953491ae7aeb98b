import type { Cloud } from '../answers.ts';
import { block, documents } from '../block.ts';
import { SUPPOSED } from '../parts.ts';

interface Disks {
  readonly provisioner: string;
  readonly parameters: string;
}

/** Disks encrypted with a key of one's own, by the driver of each cloud. */
const DISKS: Readonly<Record<Exclude<Cloud, 'none'>, Disks>> = {
  aws: {
    provisioner: 'ebs.csi.aws.com',
    parameters: block`
      type: gp3
      encrypted: "true"
      kmsKeyId: arn:aws:kms:us-east-1:111122223333:key/replace-me
    `,
  },
  azure: {
    provisioner: 'disk.csi.azure.com',
    parameters: block`
      skuName: Premium_LRS
      diskEncryptionSetID: /subscriptions/replace-me/resourceGroups/replace-me/providers/Microsoft.Compute/diskEncryptionSets/replace-me
    `,
  },
  gcp: {
    provisioner: 'pd.csi.storage.gke.io',
    parameters: block`
      type: pd-balanced
      disk-encryption-kms-key: projects/replace-me/locations/us/keyRings/replace-me/cryptoKeys/replace-me
    `,
  },
};

/** The class of the database's volume; empty where no cloud is known, and the platform has to bring one. */
export function storageClassFile(cloud: Cloud): string {
  if (cloud === 'none') return '';
  const { provisioner, parameters } = DISKS[cloud];
  return documents([
    block`
      # Volumes encrypted with a key that you hold, and can take away. They outlive their claims, since records have to.
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata:
        name: ${SUPPOSED.storageClass}
      provisioner: ${provisioner}
      parameters:
        ${parameters}
      reclaimPolicy: Retain
      allowVolumeExpansion: true
      volumeBindingMode: WaitForFirstConsumer
    `,
  ]);
}
