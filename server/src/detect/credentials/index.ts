import { type Field, inPlace } from '../fields.ts';
import { decodeInContext } from '../formats/base64.ts';
import { isAllowed } from '../options.ts';
import { hitsIn } from '../scan/hits.ts';
import { isAtLeast } from '../score.ts';
import type { CredentialKind, Detection, DetectOptions, TextContext } from '../types.ts';
import { passwordsInCommands } from './commands.ts';
import { detectionOf, type FoundCredential } from './found.ts';
import { fieldsAt } from './lines.ts';
import { namedSecret } from './named-secrets.ts';
import { tokensIn } from './token-formats.ts';
import { passwordsInPairs, passwordsInUrls } from './urls.ts';

/**
 * Finds credentials in one text value: tokens by their structure, passwords in URLs, connection strings and commands, and literals under
 * keys that name a secret.
 *
 * @param text the logical value; of a Secret's `data` the encoded text
 * @returns in the order of the text, without overlaps
 */
export function detectCredentials(
  text: string,
  context: TextContext,
  options: DetectOptions = {},
): Detection<CredentialKind>[] {
  if (text.length < 4) return [];
  const mayBeEncoded = context.place === 'secret' || context.keys.includes('binaryData');
  const encoded = mayBeEncoded ? decodeInContext(text, context) : undefined;
  if (encoded !== undefined) return encodedCredential(encoded, text, context, options);
  const minimum = options.minimumConfidence ?? 'medium';
  const wanted = credentialsIn(text, context).filter(
    ({ kind, confidence, value, keys }) =>
      isAtLeast(confidence, minimum) &&
      options.disabledKinds?.includes(kind) !== true &&
      !isAllowed(value, keys ?? context.keys, options),
  );
  return withoutOverlaps(wanted).map(detectionOf);
}

function credentialsIn(text: string, context: TextContext): FoundCredential[] {
  const hits = hitsIn(text);
  const found = [
    ...tokensIn(text, hits.tokens),
    ...passwordsInUrls(text, hits.urls),
    ...passwordsInPairs(text, hits.secrets),
    ...(hits.hasCommand ? passwordsInCommands(text) : []),
  ];
  const own: Field = { keys: context.keys, text, locate: inPlace };
  if (!text.includes('\n') && context.place !== 'comment') found.push(...namedSecret(own, context.place));
  for (const field of fieldsAt(text, hits.secrets, context.keys)) {
    if (field.isCommented !== true) found.push(...namedSecret(field, context.place));
  }
  return found;
}

/** A finding inside an encoded text is one about the whole: nothing smaller can be underlined or replaced. */
function encodedCredential(
  decoded: string,
  text: string,
  context: TextContext,
  options: DetectOptions,
): Detection<CredentialKind>[] {
  const inside = detectCredentials(
    decoded,
    { ...context, keys: context.keys.filter((key) => key !== 'binaryData' && key !== 'data') },
    options,
  );
  const [first] = inside;
  if (first === undefined) return [];
  const evidence = ['inside base64', ...first.evidence];
  return [{ ...first, start: 0, end: text.length, evidence, encoded: 'base64' }];
}

/** Of findings that overlap the surest stays, and of equals the one that starts first. */
function withoutOverlaps(found: readonly FoundCredential[]): FoundCredential[] {
  const rank = { high: 0, medium: 1, low: 2 };
  const kept: FoundCredential[] = [];
  for (const one of [...found].sort((a, b) => a.start - b.start || rank[a.confidence] - rank[b.confidence])) {
    const last = kept.at(-1);
    if (last === undefined || one.start >= last.end) kept.push(one);
    else if (rank[one.confidence] < rank[last.confidence]) kept[kept.length - 1] = one;
  }
  return kept;
}
