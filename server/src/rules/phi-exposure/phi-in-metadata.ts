import type { TextContext } from '../../detect/index.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { ScalarValue, Value } from '../../syntax/values.ts';
import { phiIn } from '../detection.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { placeOf, REDACTED, redactFixes, textScalar } from '../sensitive-text.ts';

/**
 * An identifier of a person in what names, marks or routes an object: names, namespaces, labels, annotations, hosts and paths.
 *
 * Source: 45 CFR 164.514(b)(2)(i), the eighteen identifiers; https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
export const phiInMetadata = defineRule({
  id: 'phi-in-metadata',
  meta: {
    title: 'PHI in names, labels, annotations or paths',
    safeguard: 'phi-exposure',
    rationale:
      'Names, labels and annotations are shown wherever an object is: in dashboards, metrics, events, audit logs and access logs, also to those who may not read what is inside. An identifier in them is copied to every one of these systems and kept as long as they keep their data.',
    remediation:
      'Name objects after what they do. What belongs to one person carries a random key, which only the system that holds the records can resolve.',
    references: {
      hipaa: ['164.312(a)(1)', '164.502(b)', '164.514(b)(2)'],
      nist: ['AC-3', 'AC-16', 'PT-7'],
      urls: [
        'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/',
        'https://www.hhs.gov/hipaa/for-professionals/special-topics/de-identification/index.html',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      phi: 'The {field} of this {kind} holds PHI: {label} ({masked}). It is shown in logs, metrics and dashboards; remove it.',
    },
  },
  resource: {
    check(resource, context) {
      for (const text of [...metadataTexts(resource.metadata), ...routeTexts(resource)])
        reportIn(text, resource, context);
    },
  },
  pod(pod, context) {
    if (pod.metadata === pod.workload.metadata) return;
    for (const text of metadataTexts(pod.metadata)) reportIn(text, pod.workload, context);
  },
});

interface MetadataText {
  /** What a person calls the place. */
  readonly field: string;
  readonly scalar: ScalarValue;
  readonly context: TextContext;
  /** What stands in the place of an identifier: names and hosts have no capitals. */
  readonly redacted: string;
}

function reportIn(
  { field, scalar, context, redacted }: MetadataText,
  resource: Resource,
  { report, settings }: RuleContext<'phi'>,
): void {
  for (const { detection, weight } of phiIn(scalar.decoded, scalar.path, context, settings)) {
    report({
      at: placeOf(scalar, resource.document.text, detection),
      messageId: 'phi',
      data: { field, kind: resource.kind, label: detection.label, masked: detection.masked },
      ...weight,
      fixes: redactFixes(scalar, detection, context, 'phi', redacted),
    });
  }
}

/** Above this many entries a map is no record of one person. */
const MAX_RECORD = 40;

function metadataTexts(metadata: Value | undefined): MetadataText[] {
  return [
    ...['name', 'generateName', 'namespace'].flatMap((key) => nameText(key, metadata?.get(key))),
    ...mapTexts('label', metadata?.get('labels')),
    ...mapTexts('annotation', metadata?.get('annotations')),
  ];
}

function mapTexts(field: string, map: Value | undefined): MetadataText[] {
  const entries = map?.entries ?? [];
  const known = entries.length > MAX_RECORD ? [] : entries;
  return entries.flatMap(({ key, value }) => {
    const scalar = textScalar(value);
    if (scalar === undefined) return [];
    const siblings = known.flatMap((other) =>
      other.key === key || other.value.text === undefined || other.value.text.includes('\n')
        ? []
        : { key: other.key, value: other.value.text },
    );
    const context = { keys: [`${field}s`, key], place: 'metadata', siblings } as const;
    return { field, scalar, context, redacted: REDACTED };
  });
}

/** The hosts and paths of an Ingress, an HTTPRoute or a VirtualService. */
function routeTexts({ kind, spec }: Resource): MetadataText[] {
  const rules = spec?.get('rules')?.items ?? [];
  switch (kind) {
    case 'Ingress':
      return rules.flatMap((rule) => [
        ...nameText('host', rule.get('host')),
        ...(rule.at(['http', 'paths'])?.items ?? []).flatMap((item) => nameText('path', item.get('path'))),
      ]);
    case 'HTTPRoute':
      return [
        ...(spec?.get('hostnames')?.items ?? []).flatMap((host) => nameText('host', host)),
        ...rules
          .flatMap((rule) => rule.get('matches')?.items ?? [])
          .flatMap((match) => nameText('path', match.at(['path', 'value']))),
      ];
    case 'VirtualService':
      return (spec?.get('http')?.items ?? [])
        .flatMap((route) => route.get('match')?.items ?? [])
        .flatMap((match) => match.get('uri')?.entries ?? [])
        .flatMap(({ value }) => nameText('path', value));
    default:
      return [];
  }
}

function nameText(field: string, value: Value | undefined): MetadataText[] {
  const scalar = textScalar(value);
  if (scalar === undefined) return [];
  return [{ field, scalar, context: { keys: [field], place: 'metadata' }, redacted: REDACTED.toLowerCase() }];
}
