import { type LogPipeline, logPipelinesOf } from '../../analysis/log-pipelines/outputs.ts';
import { type LogBucket, logBucketOf } from '../../analysis/log-retention/buckets.ts';
import { defineRule, type Fix } from '../rule.ts';
import { placeOfSpot } from './log-places.ts';

/**
 * A log that can be changed or deleted where it is kept: a bucket for logs without object lock, or an audit log that only goes to a store whose
 * entries can be changed.
 *
 * Source: 45 CFR 164.312(b), (c)(1); https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html,
 * https://cloud.google.com/storage/docs/bucket-lock, https://learn.microsoft.com/azure/storage/blobs/immutable-storage-overview
 */
export const logDestinationMutable = defineRule({
  id: 'log-destination-mutable',
  meta: {
    title: 'Logs can be changed where they are kept',
    safeguard: 'audit-controls',
    rationale:
      'Whoever reads records without being entitled to has reason to remove the trace. Only a store that refuses to change or delete makes a log evidence.',
    remediation:
      'Send audit logs also to object storage with object lock (S3), a locked retention policy (Google Cloud Storage) or an immutability policy (Azure Blob).',
    references: {
      hipaa: ['164.312(b)', '164.312(c)(1)', '164.316(b)(2)(i)'],
      nist: ['AU-9', 'AU-11'],
      urls: [
        'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html',
        'https://cloud.google.com/storage/docs/bucket-lock',
        'https://learn.microsoft.com/azure/storage/blobs/immutable-storage-overview',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      bucket:
        'Bucket "{name}" keeps logs, but lets them be changed and deleted: no {lock}. A log that can be altered is no evidence of who saw ePHI.',
      pipeline:
        '{product} sends an audit log only to {outputs}, where entries can be changed and deleted. Send it also to object storage with a retention lock.',
    },
  },
  resource: {
    check(resource, { report, world }) {
      const bucket = logBucketOf(resource, world);
      if (bucket !== undefined) {
        report({
          at: bucket.at,
          ...(bucket.missing === undefined ? {} : { missing: bucket.missing }),
          messageId: 'bucket',
          data: { name: resource.name, lock: bucket.lock },
          fixes: fixesFor(bucket),
        });
      }
      for (const pipeline of logPipelinesOf(resource)) {
        const [first] = pipeline.readsAudit ? pipeline.outputs : [];
        if (first === undefined || !pipeline.outputs.every(({ plugin }) => MUTABLE.test(plugin))) continue;
        report({
          at: placeOfSpot(first.section.head, resource.document.text),
          messageId: 'pipeline',
          data: { product: pipeline.product, outputs: namesOf(pipeline) },
        });
      }
    },
  },
});

/** Stores whose entries their administrators can change or delete, and outputs that keep nothing. Others, such as `forward`, pass logs on. */
export const MUTABLE =
  /^(?:es|elasticsearch|elasticsearch_dynamic|opensearch|loki|file|stdout|console|null|blackhole|influxdb|pgsql|clickhouse|debug|mongodb?|redis)$/;

function namesOf({ outputs }: LogPipeline): string {
  return [...new Set(outputs.map(({ plugin }) => plugin))].join(' and ');
}

/** A lock cannot be taken off again, and some buckets get it only when they are made, so a person decides. */
function fixesFor({ lock, operations }: LogBucket): Fix[] {
  return operations.length === 0 ? [] : [{ title: `Set ${lock}`, applicability: 'review', operations }];
}
