import type { Detection } from '../detect/index.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { replaceText } from '../syntax/edit/operations.ts';
import { sourceRangeOf } from '../syntax/scalar-offsets.ts';
import { ScalarValue, type Value } from '../syntax/values.ts';
import type { AddDocumentOperation, Fix, Place } from './rule.ts';

/** Where a detection stands: the very characters inside the scalar, or the alias that brings them. */
export function placeOf(scalar: ScalarValue, resource: Resource, { start, end }: Detection): Place {
  if (scalar.via !== undefined) return scalar;
  return { range: sourceRangeOf(scalar, resource.document.text, { start, end }), within: scalar };
}

/** A scalar with text; undefined for null and collections. */
export function textScalar(value: Value | undefined): ScalarValue | undefined {
  return value instanceof ScalarValue && !value.isNull && value.decoded !== '' ? value : undefined;
}

/** Overwrites what was found; a number in JSON stays a number. Undefined where the text is written elsewhere, or encoded. */
export function redactFix(scalar: ScalarValue, detection: Detection): Fix | undefined {
  if (scalar.via !== undefined || detection.encoded !== undefined) return undefined;
  const { start, end } = detection;
  const newText = isNumberInJson(scalar.decoded, start, end) ? '0' : 'REDACTED';
  return {
    title: `Redact the ${detection.label}`,
    applicability: 'review',
    operations: [replaceText(scalar.path, { start, end }, newText)],
  };
}

function isNumberInJson(text: string, start: number, end: number): boolean {
  const first = text.trimStart()[0];
  if ((first !== '{' && first !== '[') || !/^-?\d+(?:\.\d+)?$/.test(text.slice(start, end))) return false;
  return (
    /[:,[]\s*$/.test(text.slice(Math.max(0, start - 20), start)) &&
    /^\s*[,}\]]/.test(text.slice(end, end + 20))
  );
}

/**
 * A Secret without values. It holds none on purpose: applying it again never overwrites what was put into the cluster, and pods that need a
 * key which is not there yet do not start.
 */
export function secretSkeleton(name: string, namespace: string | undefined): AddDocumentOperation {
  const metadata = namespace === undefined ? { name } : { name, namespace };
  return {
    op: 'add-document',
    comment: 'Its keys are set outside of version control, for example by a secret manager.',
    value: { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque' },
  };
}

/** A key as a message may show it: not one that could itself be an identifier. */
export function shownKey(key: string): string {
  return /\d{3}/.test(key) || !/^[\w.-]{1,60}$/.test(key) ? 'a key' : `"${key}"`;
}
