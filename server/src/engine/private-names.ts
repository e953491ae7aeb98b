import type { Fix } from '../rules/rule.ts';
import type { Finding } from './finding.ts';

const MASK = '********';

/** Shorter texts stand in messages by chance. */
const SHORTEST = 4;

/** Where the names stand that messages and fixes use. */
const NAMES: ReadonlySet<string> = new Set(['name', 'generateName', 'namespace']);

/**
 * Keeps what identifies a person in the names of objects out of what other findings say: their messages are masked, and fixes that would write
 * the name once more wait until it is redacted.
 *
 * @param text of the document
 */
export function withPrivateNames(findings: readonly Finding[], text: string): Finding[] {
  const secrets = new Set(
    findings
      .filter(({ allowance, path }) => allowance !== undefined && isName(path))
      .map(({ range }) => text.slice(range.start, range.end))
      .filter((secret) => secret.length >= SHORTEST),
  );
  if (secrets.size === 0) return [...findings];
  const clean = (said: string) =>
    [...secrets].reduce((cleaned, secret) => cleaned.replaceAll(secret, MASK), said);
  const repeats = ({ operations }: Fix) => {
    const written = JSON.stringify(operations.map((operation) => ({ ...operation, path: [] })));
    return [...secrets].some((secret) => written.includes(secret));
  };
  return findings.map((finding) => ({
    ...finding,
    message: clean(finding.message),
    related: finding.related.map(({ range, message }) => ({ range, message: clean(message) })),
    ...(finding.relatedObjects && {
      relatedObjects: finding.relatedObjects.map((object) => ({ ...object, message: clean(object.message) })),
    }),
    fixes: finding.fixes.filter((fix) => !repeats(fix)).map((fix) => ({ ...fix, title: clean(fix.title) })),
  }));
}

function isName(path: Finding['path']): boolean {
  return path.at(-2) === 'metadata' && NAMES.has(String(path.at(-1)));
}
