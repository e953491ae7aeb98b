/** What in a text identifies a person or opens a door. Pure functions: nothing is read, sent, logged or kept but the text given. */
export { detectCredentials } from './credentials/index.ts';
export { mayBeSecret } from './credentials/values.ts';
export { customPatternProblem } from './custom.ts';
export { decodedBase64 } from './formats/base64.ts';
export { valueHash } from './options.ts';
export { detectPhi } from './phi.ts';
export { redactedBase64, type WhatToRedact } from './redacted-base64.ts';
export type {
  Confidence,
  CredentialKind,
  CustomIdentifier,
  Detection,
  DetectOptions,
  IdentifierKind,
  Place,
  TextContext,
} from './types.ts';
