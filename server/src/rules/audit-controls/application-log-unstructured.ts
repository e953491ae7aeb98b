import { type ConfigurationText, configurationTextsOf } from '../../analysis/endpoints/texts.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import { flagsOf } from '../../kubernetes/command-line.ts';
import { podOf } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { replaceText, set } from '../../syntax/edit/operations.ts';
import type { OffsetRange } from '../../syntax/ranges.ts';
import { sourceRangeOf } from '../../syntax/scalar-offsets.ts';
import { ScalarValue } from '../../syntax/values.ts';
import { defineRule } from '../rule.ts';

/**
 * A program that is told to write its log as text for people.
 *
 * Source: 45 CFR 164.308(a)(1)(ii)(D), required: records are reviewed; https://kubernetes.io/docs/concepts/cluster-administration/system-logs/
 * (structured logging).
 */
export const applicationLogUnstructured = defineRule({
  id: 'application-log-unstructured',
  meta: {
    title: 'Log as text for people',
    safeguard: 'audit-controls',
    rationale:
      'Who used which record is found by searching logs for a user or an object, over months and many pods. Lines of text have no such fields, and identifiers in them cannot be masked reliably.',
    remediation: 'Write logs as JSON, with the user, the action and the object as fields.',
    references: {
      hipaa: ['164.308(a)(1)(ii)(D)', '164.312(b)'],
      nist: ['AU-3', 'AU-6'],
      urls: [
        'https://kubernetes.io/docs/concepts/cluster-administration/system-logs/#structured-logging',
        'https://csrc.nist.gov/pubs/sp/800/92/final',
      ],
    },
    severity: 'information',
    scope: 'document',
    phiOnly: true,
    messages: {
      text: '{words} writes its log as text ({setting}), which cannot be searched by user or record. Write JSON.',
    },
  },
  resource: {
    check(resource, { report }) {
      for (const { scalar, part, words, setting, newText } of textFormatsOf(resource)) {
        const isPart = part !== undefined && scalar.via === undefined;
        report({
          at: isPart
            ? { range: sourceRangeOf(scalar, resource.document.text, part), within: scalar }
            : scalar,
          messageId: 'text',
          data: { words, setting },
          fixes: [
            {
              title: 'Write JSON',
              applicability: 'review',
              operations: [
                part === undefined ? set(scalar.path, newText) : replaceText(scalar.path, part, newText),
              ],
            },
          ],
        });
      }
    },
  },
});

interface TextFormat {
  readonly scalar: ScalarValue;
  readonly part: OffsetRange | undefined;
  readonly words: string;
  readonly setting: string;
  readonly newText: string;
}

/** Names of settings that choose the form of a log, and values that make it text for people. */
export const NAME =
  /(?:^|[._-])log(?:s|ging|ger)?[._-]?(?:output[._-]?)?(?:format|formatter|encoding|encoder|style)$|(?:^|[._-])log[._-]?output[._-]?format$/i;
export const TEXT = /^(?:text|txt|plain|plaintext|console|pretty|human|simple|terminal)$/i;

function textFormatsOf(resource: Resource): TextFormat[] {
  const named = configurationTextsOf(resource).flatMap(inText);
  return [...named, ...inFlags(resource)];
}

function inText({ place, name, scalar, words }: ConfigurationText): TextFormat[] {
  if (place !== 'env' && place !== 'config') return [];
  const { decoded } = scalar;
  if (NAME.test(name) && TEXT.test(decoded))
    return [{ scalar, part: undefined, words, setting: `${name}=${decoded}`, newText: jsonLike(decoded) }];
  return place === 'config' ? inFile(scalar, words) : [];
}

/** `logging.format: text` and `log_format = "text"` on a line of a file. */
function inFile(scalar: ScalarValue, words: string): TextFormat[] {
  const lines = scalar.decoded.matchAll(
    /^[ \t]*["']?([\w.-]{3,80})["']?[ \t]{0,8}[:=][ \t]{0,8}["']?([A-Za-z]{3,10})["']?[ \t]*,?[ \t]*\r?$/gm,
  );
  return [...lines].flatMap((match) => {
    const [all, name = '', value = ''] = match;
    if (!NAME.test(name) || !TEXT.test(value)) return [];
    const start = match.index + all.lastIndexOf(value);
    const part = { start, end: start + value.length };
    return [{ scalar, part, words, setting: `${name}=${value}`, newText: jsonLike(value) }];
  });
}

/** `--log-format=text`, `--logging-format text`. */
function inFlags(resource: Resource): TextFormat[] {
  return (podOf(resource)?.containers ?? []).flatMap((container) =>
    flagsOf(container).flatMap(({ name, value, at, valueAt }) => {
      const scalar = valueAt ?? at;
      if (value === undefined || !NAME.test(name) || !TEXT.test(value) || !(scalar instanceof ScalarValue))
        return [];
      const end = scalar.decoded.length;
      const part = valueAt === undefined ? { start: end - value.length, end } : undefined;
      const words = titleOf(container);
      return [{ scalar, part, words, setting: `--${name}=${value}`, newText: jsonLike(value) }];
    }),
  );
}

function jsonLike(value: string): string {
  return value === value.toUpperCase() ? 'JSON' : 'json';
}
