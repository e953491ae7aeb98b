import { detectCredentials, detectPhi } from '../detect/index.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import type { CheckedFile } from './run.ts';

/** Stands for PHI and credentials. Its length says nothing of what it hides. */
export const MASK = '********';

/** Rules that point at PHI or at a credential itself, besides those whose ids say so. */
const OTHER_SENSITIVE_RULES = new Set(['kubeconfig-credential', 'encryption-config-inline-key']);

/** Shorter texts occur by chance in messages; masking them there would hide nothing and spoil the message. */
const SHORTEST_SECRET = 4;

/** From this length on, a text that was flagged is hidden even where the file itself repeats it in the open. */
const UNMISTAKABLE_LENGTH = 8;

/** Whether the text that a rule flags may be PHI or a credential, so that no report shows it. */
export function flagsSensitiveText(rule: string): boolean {
  return rule.startsWith('phi-') || rule.startsWith('secret-') || OTHER_SENSITIVE_RULES.has(rule);
}

/** Keeps the PHI and the credentials that were found in a file out of everything said about the file. */
export class Redactor {
  /** Sorted, without overlaps; in offsets of the file. */
  readonly hidden: readonly OffsetRange[];
  readonly #texts: readonly string[];

  constructor(file: CheckedFile) {
    const flagged = file.findings
      .filter(({ finding }) => flagsSensitiveText(finding.rule))
      .map(({ finding, place }) => ({
        range: place.range,
        // A colon behind a part of a comment makes no key of it.
        isKey: finding.rule !== 'phi-in-comment' && isKey(file.text, place.range),
      }));
    this.hidden = joined(flagged.map(({ range, isKey }) => (isKey ? toLineEnd(file.text, range) : range)));
    const texts = flagged
      .filter(({ isKey }) => !isKey)
      .map(({ range: { start, end } }) => file.text.slice(start, end).replace(/^["']|["']$/g, ''))
      .filter((text) => text.trim().length >= SHORTEST_SECRET)
      .filter((text) => text.length >= UNMISTAKABLE_LENGTH || !this.#standsInTheOpen(text, file.text));
    // Longer ones first, since one may hold another.
    this.#texts = [...new Set(texts)].sort((a, b) => b.length - a.length);
  }

  /** Whether a text also stands where nothing was flagged: "mysql" as a password says nothing of a container named "mysql". */
  #standsInTheOpen(secret: string, text: string): boolean {
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
      const end = at + secret.length;
      if (!this.hidden.some((range) => range.start <= at && end <= range.end)) return true;
    }
    return false;
  }

  /** What is hidden of the line that holds an offset: what was flagged on it, and what was flagged elsewhere and stands on it again. */
  hiddenOnLine(text: string, offset: number): OffsetRange[] {
    const start = text.lastIndexOf('\n', offset - 1) + 1;
    const lineEnd = text.indexOf('\n', offset);
    const end = lineEnd === -1 ? text.length : lineEnd;
    const flagged = this.hidden.filter((range) => range.start < end && start < range.end);
    const line = text.slice(start, end);
    const repeated = this.#texts.flatMap((secret) => occurrences(secret, line, start));
    return joined([...flagged, ...repeated]);
  }

  /** A text without anything that was flagged as PHI or as a credential. */
  clean(text: string): string {
    let cleaned = text;
    for (const secret of this.#texts) cleaned = cleaned.replaceAll(secret, MASK);
    return cleaned;
  }

  /** Why somebody has left a finding, without what was flagged and what identifies a person or opens a door. */
  cleanReason(reason: string): string {
    return withoutDetections(this.clean(reason));
  }

  /** Whether a text repeats something that was flagged as PHI or as a credential. */
  reveals(text: string): boolean {
    return this.#texts.some((secret) => text.includes(secret));
  }
}

/** What people write where no rule looks, as reasons in a configuration, with a mask for what identifies a person or opens a door. */
export function withoutDetections(text: string): string {
  const context = { keys: [], place: 'comment' } as const;
  const found = [...detectPhi(text, context), ...detectCredentials(text, context)];
  return joined(found).reduceRight(
    (said, { start, end }) => said.slice(0, start) + MASK + said.slice(end),
    text,
  );
}

/** Where a secret stands in a line, in offsets of the file. */
function occurrences(secret: string, line: string, lineStart: number): OffsetRange[] {
  const ranges: OffsetRange[] = [];
  for (let at = line.indexOf(secret); at !== -1; at = line.indexOf(secret, at + secret.length)) {
    ranges.push({ start: lineStart + at, end: lineStart + at + secret.length });
  }
  return ranges;
}

function isKey(text: string, { start, end }: OffsetRange): boolean {
  if (text.slice(start, end).includes('\n')) return false;
  return /^["']?[ \t]*:(?:\s|$)/.test(text.slice(end, end + 100));
}

/** The value behind a flagged key may be the very secret. */
function toLineEnd(text: string, { start, end }: OffsetRange): OffsetRange {
  const lineEnd = text.indexOf('\n', end);
  const colon = text.indexOf(':', end);
  return { start: Math.max(start, colon + 1), end: lineEnd === -1 ? text.length : lineEnd };
}

function joined(ranges: readonly OffsetRange[]): OffsetRange[] {
  const result: OffsetRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && range.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else result.push(range);
  }
  return result;
}
