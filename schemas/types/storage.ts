/**
 * Backups, snapshots and secrets from outside the cluster.
 *
 * Sources: https://velero.io/docs/main/api-types/, https://kubernetes.io/docs/concepts/storage/volume-snapshots/,
 * https://secrets-store-csi-driver.sigs.k8s.io/concepts
 */
import type { V1ObjectMeta } from '@kubernetes/client-node';

/** Where Velero keeps backups. */
export interface BackupStorageLocation {
  apiVersion: 'velero.io/v1';
  kind: 'BackupStorageLocation';
  metadata?: V1ObjectMeta;
  spec?: BackupStorageLocationSpec;
}

export interface BackupStorageLocationSpec {
  provider: string;
  objectStorage: {
    bucket: string;
    prefix?: string;
    caCert?: string;
    caCertRef?: SecretKey;
  };
  /** Settings of the provider, among them those of encryption. */
  config?: Record<string, string>;
  credential?: SecretKey;
  default?: boolean;
  accessMode?: 'ReadOnly' | 'ReadWrite';
  backupSyncPeriod?: string;
  validationFrequency?: string;
}

export interface SecretKey {
  name?: string;
  key: string;
  optional?: boolean;
}

/** How a driver makes snapshots. */
export interface VolumeSnapshotClass {
  apiVersion: 'snapshot.storage.k8s.io/v1';
  kind: 'VolumeSnapshotClass';
  metadata?: V1ObjectMeta;
  driver: string;
  /** Whether the snapshot itself goes when its object does. */
  deletionPolicy: 'Delete' | 'Retain';
  parameters?: Record<string, string>;
}

/** A snapshot of a volume. */
export interface VolumeSnapshot {
  apiVersion: 'snapshot.storage.k8s.io/v1';
  kind: 'VolumeSnapshot';
  metadata?: V1ObjectMeta;
  spec: {
    source: { persistentVolumeClaimName?: string; volumeSnapshotContentName?: string };
    volumeSnapshotClassName?: string;
  };
}

/** Secrets of an outside store that pods mount. */
export interface SecretProviderClass {
  apiVersion: 'secrets-store.csi.x-k8s.io/v1';
  kind: 'SecretProviderClass';
  metadata?: V1ObjectMeta;
  spec?: {
    provider?: string;
    parameters?: Record<string, string>;
    /** Kubernetes Secrets that are kept in step with what is mounted. */
    secretObjects?: SecretObject[];
  };
}

export interface SecretObject {
  secretName?: string;
  type?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  data?: { key?: string; objectName?: string }[];
}
