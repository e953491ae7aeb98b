import type { Resource } from '../../kubernetes/resource.ts';
import { type DocumentOperation, type PlainValue, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import { RETENTION_DAYS } from '../retention.ts';
import type { World } from '../world.ts';

/** A bucket for logs without a lock. */
export interface LogBucket {
  readonly at: Value;
  /** Undefined where the setting is there, but off. */
  readonly missing: Path | undefined;
  /** What it lacks, in words. */
  readonly lock: string;
  readonly operations: readonly DocumentOperation[];
}

const SIX_YEARS_IN_SECONDS = RETENTION_DAYS * 86_400;

interface BucketRow {
  readonly group: RegExp;
  readonly kind: RegExp;
  readonly lock: string;
  readonly path: Path;
  /** What has to be true: the value itself, or this key of it, or of the first in a list. */
  readonly key?: string;
  readonly value: PlainValue;
}

export const BUCKET_ROWS: readonly BucketRow[] = [
  // https://aws-controllers-k8s.github.io/community/reference/s3/v1alpha1/bucket/
  {
    group: /^s3\.services\.k8s\.aws$/,
    kind: /^Bucket$/,
    lock: 'object lock',
    path: ['spec', 'objectLockEnabledForBucket'],
    value: true,
  },
  // https://marketplace.upbound.io/providers/upbound/provider-aws-s3 and crossplane-contrib/provider-aws
  {
    group: /^s3\.aws\.(?:m\.)?upbound\.io$/,
    kind: /^Bucket$/,
    lock: 'object lock',
    path: ['spec', 'forProvider', 'objectLockEnabled'],
    value: true,
  },
  {
    group: /^s3\.aws\.crossplane\.io$/,
    kind: /^Bucket$/,
    lock: 'object lock',
    path: ['spec', 'forProvider', 'objectLockEnabledForBucket'],
    value: true,
  },
  // https://cloud.google.com/config-connector/docs/reference/resource-docs/storage/storagebucket
  {
    group: /^storage\.cnrm\.cloud\.google\.com$/,
    kind: /^StorageBucket$/,
    lock: 'locked retention policy',
    path: ['spec', 'retentionPolicy'],
    key: 'isLocked',
    value: { isLocked: true, retentionPeriod: SIX_YEARS_IN_SECONDS },
  },
  {
    group: /^storage\.gcp\.(?:m\.)?upbound\.io$/,
    kind: /^Bucket$/,
    lock: 'locked retention policy',
    path: ['spec', 'forProvider', 'retentionPolicy'],
    key: 'isLocked',
    value: [{ isLocked: true, retentionPeriod: SIX_YEARS_IN_SECONDS }],
  },
  // https://azure.github.io/azure-service-operator/reference/storage/
  {
    group: /^storage\.azure\.com$/,
    kind: /^StorageAccountsBlobServicesContainer$/,
    lock: 'immutable storage',
    path: ['spec', 'immutableStorageWithVersioning'],
    key: 'enabled',
    value: { enabled: true },
  },
];

export const LOGS =
  /(?:^|[^a-z])(?:audit(?:s|logs?|trail)?|logs?|logging|cloudtrail|access-?logs?)(?:[^a-z]|$)/i;

/** The lock that a bucket for logs lacks; undefined for buckets of other things, and for those that have it. */
export function logBucketOf(resource: Resource, world: World): LogBucket | undefined {
  const row = BUCKET_ROWS.find(({ group, kind }) => group.test(resource.group) && kind.test(resource.kind));
  if (row === undefined || !isForLogs(resource)) return undefined;
  const written = resource.root.at(row.path);
  const deciding = row.key === undefined ? written : (written?.items[0] ?? written)?.get(row.key);
  if (deciding?.text === 'true' || isLockedBeside(resource, world)) return undefined;
  const path = [...resource.root.path, ...row.path];
  return {
    at: written ?? resource.root,
    missing: written === undefined ? row.path : undefined,
    lock: row.lock,
    operations: [set(path, row.value)],
  };
}

function isForLogs({ name, labels, spec }: Resource): boolean {
  const own = spec?.get('name')?.text ?? spec?.get('resourceID')?.text ?? '';
  return [name, own, ...labels.values()].some((word) => LOGS.test(word));
}

/** Crossplane locks a bucket by an object of its own, which may stand in another file. */
function isLockedBeside(resource: Resource, world: World): boolean {
  return (
    resource.group.includes('.aws.') &&
    world.facts('bucket-lock').some(({ bucket }) => bucket === undefined || bucket === resource.name)
  );
}
