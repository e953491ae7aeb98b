import type { Resource } from '../../kubernetes/resource.ts';

/**
 * The bucket whose objects a Crossplane BucketObjectLockConfiguration locks.
 *
 * Source: https://marketplace.upbound.io/providers/upbound/provider-aws-s3
 */
export function bucketLockOf({ group, kind, spec }: Resource): { bucket: string | undefined } | undefined {
  if (!/^s3\.aws\.(?:m\.)?upbound\.io$/.test(group) || kind !== 'BucketObjectLockConfiguration')
    return undefined;
  const provider = spec?.get('forProvider');
  return { bucket: provider?.at(['bucketRef', 'name'])?.text ?? provider?.get('bucket')?.text };
}
