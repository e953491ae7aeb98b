import { cbc } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { decodeUtf8, encodeUtf8 } from '../go/utf8.ts';
import { FunctionError } from '../template/errors.ts';
import { fn, type TemplateFunction } from '../template/signature.ts';
import { Str, tracesOf } from '../value/value.ts';

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function digest(name: string, hash: (bytes: Uint8Array) => Uint8Array): TemplateFunction {
  return fn(name, ['string'], (context, text) => {
    context.charge(text.text.length / 100);
    return new Str(hex(hash(encodeUtf8(text.text))), text.trace);
  });
}

function adler32(text: string): number {
  let a = 1;
  let b = 0;
  for (const byte of encodeUtf8(text)) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += 8192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(binary);
}

const BASE64_DIGIT = /[A-Za-z0-9+/]/;

/** Standard base64 as Go reads it, line ends ignored; a string result is Go's complaint. */
function fromBase64(text: string): Uint8Array | string {
  const bad = badBase64Offset(text);
  if (bad !== undefined) return `illegal base64 data at input byte ${bad}`;
  return Uint8Array.from(atob(text.replace(/[\r\n]/g, '')), (character) => character.charCodeAt(0));
}

/** Where Go finds that a text is no base64. */
function badBase64Offset(text: string): number | undefined {
  let digits = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '\r' || character === '\n') continue;
    if (BASE64_DIGIT.test(character)) digits = (digits + 1) % 4;
    else if (character !== '=' || digits < 2) return index;
    else return badPaddingOffset(text, index + 1, digits);
  }
  return digits === 0 ? undefined : text.length - digits;
}

/** @param start Behind the first padding. */
function badPaddingOffset(text: string, start: number, digits: number): number | undefined {
  const skipLineEnds = (from: number) => from + (/^[\r\n]*/.exec(text.slice(from))?.[0].length ?? 0);
  let offset = skipLineEnds(start);
  if (digits === 2) {
    if (offset >= text.length) return text.length;
    if (text[offset] !== '=') return offset - 1;
    offset = skipLineEnds(offset + 1);
  }
  return offset < text.length ? offset : undefined;
}

const BASE32_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function toBase32(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 5) {
    const block = bytes.subarray(start, start + 5);
    const bits = Array.from(block, (byte) => byte.toString(2).padStart(8, '0')).join('');
    for (let at = 0; at < bits.length; at += 5) {
      text += BASE32_ALPHABET[Number.parseInt(bits.slice(at, at + 5).padEnd(5, '0'), 2)];
    }
    text = text.padEnd(Math.ceil(text.length / 8) * 8, '=');
  }
  return text;
}

function fromBase32(text: string): Uint8Array | string {
  const source = text.replace(/[\r\n]/g, '');
  const body = source.replace(/=+$/, '');
  const bad = [...body].findIndex((character) => !BASE32_ALPHABET.includes(character));
  if (bad !== -1 || source.length % 8 !== 0) {
    return `illegal base32 data at input byte ${bad === -1 ? body.length : bad}`;
  }
  const bits = [...body]
    .map((character) => BASE32_ALPHABET.indexOf(character).toString(2).padStart(5, '0'))
    .join('');
  const bytes: number[] = [];
  for (let at = 0; at + 8 <= bits.length; at += 8) bytes.push(Number.parseInt(bits.slice(at, at + 8), 2));
  return Uint8Array.from(bytes);
}

const PASSWORD_TEMPLATES: Record<string, readonly string[]> = {
  maximum: ['anoxxxxxxxxxxxxxxxxx', 'axxxxxxxxxxxxxxxxxno'],
  long: [
    ...['CvcvnoCvcvCvcv', 'CvcvCvcvnoCvcv', 'CvcvCvcvCvcvno', 'CvccnoCvcvCvcv', 'CvccCvcvnoCvcv'],
    ...['CvccCvcvCvcvno', 'CvcvnoCvccCvcv', 'CvcvCvccnoCvcv', 'CvcvCvccCvcvno', 'CvcvnoCvcvCvcc'],
    ...['CvcvCvcvnoCvcc', 'CvcvCvcvCvccno', 'CvccnoCvccCvcv', 'CvccCvccnoCvcv', 'CvccCvccCvcvno'],
    ...['CvcvnoCvccCvcc', 'CvcvCvccnoCvcc', 'CvcvCvccCvccno', 'CvccnoCvcvCvcc', 'CvccCvcvnoCvcc'],
    'CvccCvcvCvccno',
  ],
  medium: ['CvcnoCvc', 'CvcCvcno'],
  short: ['Cvcn'],
  basic: ['aaanaaan', 'aannaaan', 'aaannaaa'],
  pin: ['nnnn'],
};

const PASSWORD_CHARACTERS: Record<string, string> = {
  V: 'AEIOU',
  C: 'BCDFGHJKLMNPQRSTVWXYZ',
  v: 'aeiou',
  c: 'bcdfghjklmnpqrstvwxyz',
  A: 'AEIOUBCDFGHJKLMNPQRSTVWXYZ',
  a: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz',
  n: '0123456789',
  o: "@&%?,=[]_:-+*$#!'^~;()/.",
  x: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()',
};

const PASSWORD_SCOPE = 'com.lyndir.masterpassword';

function bigEndian(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** The Master Password algorithm. */
function derivePassword(counter: number, type: string, password: string, user: string, site: string): string {
  const templates = PASSWORD_TEMPLATES[type];
  if (templates === undefined) return `cannot find password template ${type}`;
  const scope = encodeUtf8(PASSWORD_SCOPE);
  const [userBytes, siteBytes] = [encodeUtf8(user), encodeUtf8(site)];
  const salt = joinBytes(scope, bigEndian(userBytes.length), userBytes);
  const key = scrypt(encodeUtf8(password), salt, { N: 32768, r: 8, p: 2, dkLen: 64 });
  const message = joinBytes(scope, bigEndian(siteBytes.length), siteBytes, bigEndian(counter));
  const seed = hmac(sha256, key, message);
  const template = templates[(seed[0] ?? 0) % templates.length] ?? '';
  return [...template]
    .map((kind, index) => {
      const characters = PASSWORD_CHARACTERS[kind] ?? '';
      return characters[(seed[index + 1] ?? 0) % characters.length];
    })
    .join('');
}

/** Steps that a key derivation counts for: it takes a fifth of a second, so that there can only be a few. */
const DERIVATION_COST = 2_000_000;

/** Sprig's hashes and encodings, whose results depend on nothing but their arguments. */
export const HASH_FUNCTIONS: readonly TemplateFunction[] = [
  digest('sha1sum', sha1),
  digest('sha256sum', sha256),
  digest('sha512sum', sha512),
  fn('adler32sum', ['string'], (_, text) => new Str(String(adler32(text.text)), text.trace)),
  fn('b64enc', ['string'], (_, text) => new Str(toBase64(encodeUtf8(text.text)), text.trace)),
  fn('b64dec', ['string'], (_, text) => {
    const bytes = fromBase64(text.text);
    return new Str(typeof bytes === 'string' ? bytes : decodeUtf8(bytes), text.trace);
  }),
  fn('b32enc', ['string'], (_, text) => new Str(toBase32(encodeUtf8(text.text)), text.trace)),
  fn('b32dec', ['string'], (_, text) => {
    const bytes = fromBase32(text.text);
    return new Str(typeof bytes === 'string' ? bytes : decodeUtf8(bytes), text.trace);
  }),
  fn(
    'derivePassword',
    ['uint32', 'string', 'string', 'string', 'string'],
    (context, counter, type, password, user, site) => {
      context.charge(DERIVATION_COST);
      const derived = derivePassword(Number(counter.value), type.text, password.text, user.text, site.text);
      return new Str(derived, tracesOf([password, user, site, type, counter]));
    },
  ),
  fn('decryptAES', ['string', 'string'], (_, password, text) => {
    const bytes = fromBase64(text.text);
    if (typeof bytes === 'string') throw new FunctionError(bytes);
    if (bytes.length === 0) return new Str('', tracesOf([text, password]));
    if (bytes.length < 16) {
      throw new FunctionError(`runtime error: slice bounds out of range [:16] with capacity ${bytes.length}`);
    }
    const key = new Uint8Array(32);
    key.set(encodeUtf8(password.text).subarray(0, 32));
    try {
      const plain = cbc(key, bytes.slice(0, 16)).decrypt(bytes.slice(16));
      return new Str(decodeUtf8(plain), tracesOf([text, password]));
    } catch {
      throw new FunctionError('crypto/cipher: input not full blocks');
    }
  }),
];
