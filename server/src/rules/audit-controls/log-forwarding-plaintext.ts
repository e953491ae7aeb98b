import { type ClearText, clearTextOf } from '../../analysis/log-pipelines/clear-text.ts';
import { logPipelinesOf } from '../../analysis/log-pipelines/outputs.ts';
import { ScalarValue } from '../../syntax/values.ts';
import { defineRule, type Fix } from '../rule.ts';
import { placeOfSpot } from './log-places.ts';

/**
 * A log collector that sends what it collects in clear text to another machine.
 *
 * Source: 45 CFR 164.312(b), (e)(1); the defaults are those of each product's manual: see `analysis/log-pipelines/clear-text.ts`.
 */
export const logForwardingPlaintext = defineRule({
  id: 'log-forwarding-plaintext',
  meta: {
    title: 'Logs are forwarded in clear text',
    safeguard: 'audit-controls',
    rationale:
      'Logs say who saw which record, and often hold parts of it. In clear text everyone on the way can read them, and change them before they become evidence.',
    remediation:
      'Turn TLS on at the output, and at the collector that receives. Syslog goes over TLS by RFC 5425; UDP never does.',
    references: {
      hipaa: ['164.312(b)', '164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['AU-9', 'SC-8'],
      urls: [
        'https://docs.fluentbit.io/manual/administration/transport-security',
        'https://docs.fluentd.org/output/forward#how-to-enable-tls-encryption',
        'https://vector.dev/docs/reference/configuration/sinks/',
        'https://www.rfc-editor.org/rfc/rfc5425',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      plain:
        '{product} sends logs to {host} in clear text ({output}: {reason}): whoever is on the way can read and change the record of who saw ePHI. Turn TLS on.',
    },
  },
  resource: {
    check(resource, { report }) {
      for (const { product, outputs } of logPipelinesOf(resource)) {
        for (const output of outputs) {
          const plain = clearTextOf(output);
          if (plain === undefined) continue;
          report({
            at: placeOfSpot(plain.at, resource.document.text),
            messageId: 'plain',
            data: {
              product,
              host: plain.host ?? 'another host',
              output: output.plugin,
              reason: plain.reason,
            },
            ...(plain.place === 'unknown' ? { confidence: 'medium' as const } : {}),
            fixes: fixesFor(plain),
          });
        }
      }
    },
  },
});

/** The receiver may not offer TLS yet, so a person decides. */
function fixesFor({ at, operations }: ClearText): Fix[] {
  const isShared = at.at instanceof ScalarValue && at.at.via !== undefined;
  if (operations.length === 0 || isShared) return [];
  return [{ title: 'Send over TLS', applicability: 'review', operations }];
}
