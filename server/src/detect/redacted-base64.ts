import { detectCredentials } from './credentials/index.ts';
import { decodeInContext, encodeBase64 } from './formats/base64.ts';
import { detectPhi } from './phi.ts';
import type { TextContext } from './types.ts';

export type WhatToRedact = 'phi' | 'credentials';

/**
 * A value in base64 with `REDACTED` in the place of what was found inside, and everything else as it was.
 *
 * @returns undefined when it encodes no text, or one in which nothing is found
 */
export function redactedBase64(text: string, context: TextContext, what: WhatToRedact): string | undefined {
  const decoded = decodeInContext(text, context);
  if (decoded === undefined) return undefined;
  // What is decoded is in base64 no more.
  const keys = context.keys.filter((key, index) => index > 0 || (key !== 'binaryData' && key !== 'data'));
  const detect = what === 'phi' ? detectPhi : detectCredentials;
  const inside = detect(decoded, { ...context, keys });
  if (inside.length === 0) return undefined;
  let redacted = '';
  let at = 0;
  for (const { start, end } of inside) {
    redacted += `${decoded.slice(at, start)}REDACTED`;
    at = end;
  }
  return encodeBase64(redacted + decoded.slice(at));
}
