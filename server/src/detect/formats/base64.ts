import type { TextContext } from '../types.ts';

const BASE64 = /^[A-Za-z0-9+/\s]+(?:=\s*){0,2}$/;
const SHORTEST = 16;
const LONGEST = 4_000_000;

/** The text that a value encodes in base64; undefined when it encodes none (keys, certificates and pictures are no text). */
export function decodeBase64Text(value: string, shortest: number = SHORTEST): string | undefined {
  if (value.length < shortest || value.length > LONGEST || !BASE64.test(value)) return undefined;
  const compact = value.replace(/\s/g, '');
  if (compact.length % 4 !== 0) return undefined;
  const bytes = Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isText(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function isText(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && code !== 0x0b && code !== 0x1c)
      return false;
  }
  return true;
}

/** The text that a value is known to encode; undefined when it is no base64, or of something else than text. */
export function decodedBase64(value: string): string | undefined {
  return decodeBase64Text(value, SHORTEST_CERTAIN);
}

/** A text as base64 of its UTF-8, on one line. */
export function encodeBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (let start = 0; start < bytes.length; start += 8192)
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return btoa(binary);
}

/** The shortest base64 of anything. */
const SHORTEST_CERTAIN = 4;

/** The text that a value encodes; where Kubernetes has nothing but base64 (the `data` of a Secret, `binaryData`), also a short one. */
export function decodeInContext(value: string, { place, keys }: TextContext): string | undefined {
  const isCertain = keys[0] === 'binaryData' || (place === 'secret' && keys[0] === 'data');
  return decodeBase64Text(value, isCertain ? SHORTEST_CERTAIN : SHORTEST);
}
