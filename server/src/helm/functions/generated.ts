import { sha256 } from '@noble/hashes/sha2.js';
import { encodeUtf8 } from '../go/utf8.ts';
import { FunctionError } from '../template/errors.ts';
import { type CallContext, fn, type TemplateFunction, variadic } from '../template/signature.ts';
import { joinTraces, type Trace } from '../trace/origin.ts';
import { Dict, type GoValue, Int, Str, tracesOf } from '../value/value.ts';
import { toBase64 } from './hashes.ts';
import { toNumber } from './support.ts';

/**
 * Functions whose results are random. Each call gives a placeholder of the right shape instead, the same in every rendering, and
 * its trace says `generated`. Nothing here is a secret, and no certificate is real.
 */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');

/** Bytes that follow from the name of the function and the number of the call. */
function placeholderBytes(context: CallContext, name: string, length: number): Uint8Array {
  context.charge(length / 10);
  const seed = context.nextSeed();
  const bytes = new Uint8Array(length);
  for (let start = 0; start < length; start += 32) {
    bytes.set(sha256(encodeUtf8(`${name}:${seed}:${start}`)).subarray(0, length - start), start);
  }
  return bytes;
}

function randomText(name: string, alphabet: string): TemplateFunction {
  return fn(name, ['int'], (context, count) => {
    const bytes = placeholderBytes(context, name, Math.max(toNumber(count), 0));
    const text = Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
    return new Str(text, joinTraces(context.generatedTrace(name), count.trace));
  });
}

function uuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = '89ab'[(bytes[8] ?? 0) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** A PEM block of the given kind; its content says that it is a placeholder. */
function pem(context: CallContext, kind: string, size: number): string {
  const bytes = placeholderBytes(context, kind, size);
  const lines = toBase64(bytes).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`;
}

const KEY_KINDS: Record<string, string> = {
  '': 'RSA PRIVATE KEY',
  rsa: 'RSA PRIVATE KEY',
  dsa: 'DSA PRIVATE KEY',
  ecdsa: 'EC PRIVATE KEY',
  ed25519: 'PRIVATE KEY',
};

/** A value with `.Cert` and `.Key`, as Sprig's certificates have them. */
function certificate(context: CallContext, name: string, args: readonly GoValue[]): Dict {
  const trace: Trace = joinTraces(context.generatedTrace(name), tracesOf(args));
  const entries = new Map<string, GoValue>([
    ['Cert', new Str(pem(context, 'CERTIFICATE', 800), trace)],
    ['Key', new Str(pem(context, 'RSA PRIVATE KEY', 1190), trace)],
  ]);
  return new Dict(entries, 'map[string]interface {}', trace);
}

function bcrypt(context: CallContext, trace: Trace): Str {
  const alphabet = `./${LETTERS}${DIGITS}`;
  const bytes = placeholderBytes(context, 'bcrypt', 53);
  return new Str(`$2a$10$${Array.from(bytes, (byte) => alphabet[byte % 64]).join('')}`, trace);
}

export const GENERATED_FUNCTIONS: readonly TemplateFunction[] = [
  randomText('randAlphaNum', LETTERS + DIGITS),
  randomText('randAlpha', LETTERS),
  randomText('randNumeric', DIGITS),
  randomText('randAscii', PRINTABLE),
  fn('randBytes', ['int'], (context, count) => {
    const bytes = placeholderBytes(context, 'randBytes', Math.max(toNumber(count), 0));
    return new Str(toBase64(bytes), joinTraces(context.generatedTrace('randBytes'), count.trace));
  }),
  fn('randInt', ['int', 'int'], (context, min, max) => {
    const span = max.value - min.value;
    if (span <= 0n) throw new FunctionError('invalid argument to Intn');
    const [byte = 0] = placeholderBytes(context, 'randInt', 1);
    const trace = joinTraces(context.generatedTrace('randInt'), tracesOf([min, max]));
    return new Int(min.value + (BigInt(byte) % span), 'int', trace);
  }),
  fn('shuffle', ['string'], (context, text) => {
    const characters = [...text.text];
    const bytes = placeholderBytes(context, 'shuffle', characters.length);
    for (let index = characters.length - 1; index > 0; index--) {
      const other = (bytes[index] ?? 0) % (index + 1);
      const moved = characters[index] ?? '';
      characters[index] = characters[other] ?? '';
      characters[other] = moved;
    }
    return new Str(characters.join(''), joinTraces(context.generatedTrace('shuffle'), text.trace));
  }),
  fn('uuidv4', [], (context) => {
    const bytes = placeholderBytes(context, 'uuidv4', 16);
    return new Str(uuid(bytes), context.generatedTrace('uuidv4'));
  }),
  fn('bcrypt', ['string'], (context, text) =>
    bcrypt(context, joinTraces(context.generatedTrace('bcrypt'), text.trace)),
  ),
  fn('htpasswd', ['string', 'string'], (context, user, password) => {
    const trace = joinTraces(context.generatedTrace('htpasswd'), tracesOf([user, password]));
    if (user.text.includes(':')) return new Str(`invalid username: ${user.text}`, trace);
    return new Str(`${user.text}:${bcrypt(context, trace).text}`, trace);
  }),
  fn('encryptAES', ['string', 'string'], (context, password, text) => {
    const length = 16 + (Math.floor(encodeUtf8(text.text).length / 16) + 1) * 16;
    const trace = joinTraces(context.generatedTrace('encryptAES'), tracesOf([text, password]));
    return new Str(toBase64(placeholderBytes(context, 'encryptAES', length)), trace);
  }),
  fn('genPrivateKey', ['string'], (context, type) => {
    const kind = KEY_KINDS[type.text];
    if (kind === undefined) return new Str(`Unknown type ${type.text}`, type.trace);
    const size = kind === 'RSA PRIVATE KEY' ? 2350 : 120;
    return new Str(pem(context, kind, size), joinTraces(context.generatedTrace('genPrivateKey'), type.trace));
  }),
  fn('buildCustomCert', ['string', 'string'], (_, cert, key) => {
    const decoded = [cert, key].map((text) => {
      try {
        return new Str(atob(text.text), text.trace);
      } catch {
        throw new FunctionError('unable to decode base64 certificate');
      }
    });
    const [certText = cert, keyText = key] = decoded;
    const entries = new Map<string, GoValue>([
      ['Cert', certText],
      ['Key', keyText],
    ]);
    return new Dict(entries, 'map[string]interface {}', tracesOf([cert, key]));
  }),
  fn('genCA', ['string', 'int'], (context, ...args) => certificate(context, 'genCA', args)),
  fn('genCAWithKey', ['string', 'int', 'string'], (context, ...args) =>
    certificate(context, 'genCAWithKey', args),
  ),
  variadic('genSelfSignedCert', ['string', 'value', 'value', 'int'], 'value', (context, ...args) =>
    certificate(context, 'genSelfSignedCert', args),
  ),
  variadic(
    'genSelfSignedCertWithKey',
    ['string', 'value', 'value', 'int', 'string'],
    'value',
    (context, ...args) => certificate(context, 'genSelfSignedCertWithKey', args),
  ),
  variadic('genSignedCert', ['string', 'value', 'value', 'int', 'value'], 'value', (context, ...args) =>
    certificate(context, 'genSignedCert', args),
  ),
  variadic(
    'genSignedCertWithKey',
    ['string', 'value', 'value', 'int', 'value', 'string'],
    'value',
    (context, ...args) => certificate(context, 'genSignedCertWithKey', args),
  ),
];
