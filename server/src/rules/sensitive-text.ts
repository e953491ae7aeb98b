import { type Detection, redactedBase64, type TextContext, type WhatToRedact } from '../detect/index.ts';
import { replaceText, set } from '../syntax/edit/operations.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import { sourceRangeOf } from '../syntax/scalar-offsets.ts';
import { ScalarValue, type Value } from '../syntax/values.ts';
import type { AddDocumentOperation, Fix, Operation, Place } from './rule.ts';

/** Where a detection stands: the very characters inside the scalar, or the alias that brings them. */
export function placeOf(scalar: ScalarValue, text: string, { start, end }: OffsetRange): Place {
  if (scalar.via !== undefined) return scalar;
  return { range: sourceRangeOf(scalar, text, { start, end }), within: scalar };
}

/** A scalar with text; undefined for null and collections. */
export function textScalar(value: Value | undefined): ScalarValue | undefined {
  return value instanceof ScalarValue && !value.isNull && value.decoded !== '' ? value : undefined;
}

export const REDACTED = 'REDACTED';

/** `REDACTED` in base64. */
const REDACTED_BASE64 = 'UkVEQUNURUQ=';

/**
 * Overwrites what was found and nothing else; a number stays a number, and what is encoded stays encoded. None where the text is written
 * elsewhere.
 *
 * @param context of the detection; the detector reads encoded texts again to overwrite no more than what it found
 * @param what was looked for
 */
export function redactFixes(
  scalar: ScalarValue,
  detection: Detection,
  context: TextContext,
  what: WhatToRedact,
  newText: string = REDACTED,
): Fix[] {
  if (scalar.via !== undefined) return [];
  return [
    {
      title: `Redact the ${detection.label}`,
      applicability: 'review',
      operations: [redaction(scalar, detection, context, what, newText)],
      redacts: true,
    },
  ];
}

function redaction(
  scalar: ScalarValue,
  { start, end, encoded }: Detection,
  context: TextContext,
  what: WhatToRedact,
  newText: string,
): Operation {
  const { decoded, path, number } = scalar;
  const isWhole = start === 0 && end >= decoded.trimEnd().length;
  if (number !== undefined && isWhole) return set(path, 0);
  if (encoded !== undefined) {
    const range = isWhole ? { start, end: decoded.trimEnd().length } : { start, end };
    const replacement = isWhole ? redactedBase64(decoded, context, what) : undefined;
    return replaceText(path, range, replacement ?? REDACTED_BASE64);
  }
  return replaceText(path, { start, end }, isNumberInJson(decoded, start, end) ? '0' : newText);
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
