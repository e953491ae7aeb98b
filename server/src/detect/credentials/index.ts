import { type Field, inPlace } from '../fields.ts';
import { readRecords } from '../formats/index.ts';
import { maskOf } from '../mask.ts';
import { isPlaceholder } from '../placeholders.ts';
import { isAtLeast } from '../score.ts';
import type { Confidence, CredentialKind, Detection, DetectOptions, TextContext } from '../types.ts';
import { secretMeaningOf } from './key-names.ts';
import { isDocumentationToken, TOKEN_FORMATS } from './token-formats.ts';
import { passwordsInPairs, passwordsInUrls } from './urls.ts';
import { looksLikePassword, looksRandom } from './values.ts';

/**
 * Finds credentials in one text value: tokens by their structure, passwords in URLs and connection strings, and literals under keys that
 * name a secret.
 *
 * @returns in the order of the text, without overlaps
 */
export function detectCredentials(
  text: string,
  context: TextContext,
  options: DetectOptions = {},
): Detection<CredentialKind>[] {
  if (text.length < 4) return [];
  const found = [...tokensIn(text), ...urlsIn(text), ...namedIn(text, context)];
  const minimum = options.minimumConfidence ?? 'medium';
  const wanted = found.filter(
    ({ kind, confidence }) =>
      isAtLeast(confidence, minimum) && options.disabledKinds?.includes(kind) !== true,
  );
  return withoutOverlaps(wanted);
}

function* tokensIn(text: string): Generator<Detection<CredentialKind>> {
  for (const format of TOKEN_FORMATS) {
    if (!text.includes(format.anchor)) continue;
    for (const match of text.matchAll(format.pattern)) {
      const value = match.groups?.value ?? match[0];
      if (isDocumentationToken(value)) continue;
      const start = match.index + match[0].indexOf(value);
      yield found(format.kind, format.label, 'high', start, start + value.length, [
        `the structure of a ${format.label}`,
      ]);
    }
  }
}

function* urlsIn(text: string): Generator<Detection<CredentialKind>> {
  for (const { kind, label, start, end } of [...passwordsInUrls(text), ...passwordsInPairs(text)])
    yield found(kind, label, 'high', start, end, ['a password beside a user or server']);
}

const SECRET_WORDS = /pass|pwd|pw\b|secret|token|key|credential|creds|auth|cookie|salt/i;

function* namedIn(text: string, context: TextContext): Generator<Detection<CredentialKind>> {
  const own: Field = { keys: context.keys, text, locate: inPlace };
  if (!text.includes('\n')) {
    const detection = namedSecret(own);
    if (detection !== undefined) yield detection;
  }
  if (!SECRET_WORDS.test(text)) return;
  for (const record of readRecords(own, context.keys)) {
    for (const field of record.fields) {
      const detection = namedSecret(field);
      if (detection !== undefined) yield detection;
    }
  }
}

function namedSecret(field: Field): Detection<CredentialKind> | undefined {
  const key = field.keys.at(-1) ?? '';
  if (!SECRET_WORDS.test(key) || key.length > 120) return undefined;
  const meaning = secretMeaningOf(key);
  if (meaning === undefined || isPlaceholder(field.text)) return undefined;
  const random = looksRandom(field.text);
  if (!random && !(meaning.nature === 'password' && looksLikePassword(field.text))) return undefined;
  const confidence: Confidence = random ? 'high' : 'medium';
  return found(meaning.kind, meaning.label, confidence, field.locate(0), field.locate(field.text.length), [
    `under the key ${key}`,
    random ? 'a value that looks random' : 'a literal value',
  ]);
}

function found(
  kind: CredentialKind,
  label: string,
  confidence: Confidence,
  start: number,
  end: number,
  evidence: readonly string[],
): Detection<CredentialKind> {
  return { kind, label, confidence, start, end, masked: maskOf('x'.repeat(8), 'nothing'), evidence };
}

/** Of findings that overlap the first and surest stays. */
function withoutOverlaps(detections: readonly Detection<CredentialKind>[]): Detection<CredentialKind>[] {
  const rank: Record<Confidence, number> = { high: 0, medium: 1, low: 2 };
  const kept: Detection<CredentialKind>[] = [];
  for (const detection of [...detections].sort(
    (a, b) => a.start - b.start || rank[a.confidence] - rank[b.confidence],
  )) {
    const last = kept.at(-1);
    if (last === undefined || detection.start >= last.end) kept.push(detection);
  }
  return kept;
}
