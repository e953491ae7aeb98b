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
