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
      .map(({ place }) => place.range);
    this.hidden = joined(
      flagged.map((range) => (isKey(file.text, range) ? toLineEnd(file.text, range) : range)),
    );
    const texts = flagged
      .filter((range) => !isKey(file.text, range))
      .map(({ start, end }) => file.text.slice(start, end).replace(/^["']|["']$/g, ''))
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

  /** A text without anything that was flagged as PHI or as a credential. */
  clean(text: string): string {
    let cleaned = text;
    for (const secret of this.#texts) cleaned = cleaned.replaceAll(secret, MASK);
    return cleaned;
  }

  /** Whether a text repeats something that was flagged as PHI or as a credential. */
  reveals(text: string): boolean {
    return this.#texts.some((secret) => text.includes(secret));
  }
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
