import { sha256 } from '@noble/hashes/sha2.js';
import type { DetectOptions } from './types.ts';

/**
 * The hash by which an allow list names a value without holding it: SHA-256 in hexadecimal, of the value without white space around it. It
 * is no protection of the value (numbers as short as an SSN can be tried out), only a way not to write it down.
 */
export function valueHash(value: string): string {
  return Array.from(sha256(utf8(value.trim())), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Whether the user's configuration lets this value pass. */
export function isAllowed(value: string, keys: readonly string[], options: DetectOptions): boolean {
  const { allowedHashes, allowedKeys } = options;
  if (allowedHashes !== undefined && allowedHashes.length > 0 && allowedHashes.includes(valueHash(value)))
    return true;
  if (allowedKeys === undefined || allowedKeys.length === 0) return false;
  const path = keys.join('/');
  return allowedKeys.some(
    (pattern) => keys.some((key) => matchesKey(key, pattern)) || matchesKey(path, pattern),
  );
}

/** Compares without regard to case; `*` stands for any characters. Linear: each part is looked for once, from the left. */
function matchesKey(key: string, pattern: string): boolean {
  const text = key.toLowerCase();
  const parts = pattern.toLowerCase().split('*');
  const first = parts[0] ?? '';
  if (parts.length === 1) return text === first;
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > text.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}
