import type { Fact } from '../analysis/facts.ts';
import type { World } from '../analysis/world.ts';
import { type Fix, isOfOwnFile } from '../rules/rule.ts';
import { type DocumentText, type PlacedDocument, splitDocuments } from '../syntax/documents.ts';
import { PieceText } from '../syntax/piece-text.ts';
import { shiftRange, type TextEdit } from '../syntax/ranges.ts';
import type { Checker } from './checker.ts';
import { type Finding, isActive } from './finding.ts';
import type { Inspection } from './inspection.ts';
import { planFixes } from './planner.ts';
import type { DocumentRole } from './subject.ts';

/** `safe`: fixes after which everything behaves as before; `all`: also those that a person would look at. */
export type FixLevel = 'safe' | 'all';

export interface FixAllOptions {
  readonly checker: Checker;
  /** The world of the file, given the facts of its own documents as they are at that time. */
  readonly worldOf: (facts: readonly Fact[]) => World;
  readonly level: FixLevel;
  /** The file's address or path, which exceptions in the configuration may name. */
  readonly file?: string;
  /** Of the file's documents; manifests unless said. */
  readonly role?: DocumentRole;
  /** Leaves out findings; absent: all active ones. */
  readonly only?: (finding: Finding) => boolean;
  /** Chooses among the fixes of a finding; absent: the first one that the level allows. */
  readonly choose?: (finding: Finding) => Fix | undefined;
  /** Leaves out documents whose text is not what is deployed, such as templates. */
  readonly isSkipped?: (inspection: Inspection) => boolean;
}

export interface FixAllResult {
  /** Edits of the text given, which do not overlap. */
  readonly edits: readonly TextEdit[];
  readonly text: string;
  /** How many fixes were applied. */
  readonly applied: number;
}

/** Fixes can make room for others; this many rounds are enough for all that rules offer, and end any quarrel between two of them. */
const MAX_ROUNDS = 12;

/**
 * Applies the recommended fix of every finding of a file: checks, plans, and checks the newest text again until nothing is left to fix, then
 * tells the sum of it as edits.
 */
export function fixAll(text: string, options: FixAllOptions): FixAllResult {
  const pieces = new PieceText(text);
  let applied = 0;
  let placed: readonly PlacedDocument[] = [];
  let known = new Map<DocumentText, Inspection>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    placed = splitDocuments(pieces.text, placed);
    // Most documents are as they were in the round before.
    const inspections = placed.map(
      ({ document }) => known.get(document) ?? options.checker.inspect(document, options.role),
    );
    known = new Map(inspections.map((inspection) => [inspection.document, inspection]));
    const step = fixOnce(pieces.text, placed, inspections, options);
    if (step.edits.length === 0) break;
    pieces.apply(step.edits);
    applied += step.applied;
  }
  return { edits: pieces.edits, text: pieces.text, applied };
}

function fixOnce(
  text: string,
  placed: readonly PlacedDocument[],
  inspections: readonly Inspection[],
  options: FixAllOptions,
): { edits: TextEdit[]; applied: number } {
  const { checker } = options;
  const world = options.worldOf(inspections.flatMap(({ facts }) => facts));
  const forFile = inspections
    .flatMap(({ suppressions }) => suppressions)
    .filter(({ reach }) => reach === 'file');
  const edits: TextEdit[] = [];
  const added = new Set<string>();
  let applied = 0;
  for (const [index, inspection] of inspections.entries()) {
    if (options.isSkipped?.(inspection) === true) continue;
    const recommended = (finding: Finding) => recommendedFix(finding, options.level);
    const findings = checker
      .findings(inspection, world, forFile, options.file)
      .filter(isActive)
      .filter(options.only ?? (() => true));
    const fixes = findings.flatMap((finding) => (options.choose ?? recommended)(finding) ?? []);
    const place = placed[index];
    if (fixes.length === 0 || place === undefined) continue;
    const plan = planFixes(inspection.parsed, fixes);
    edits.push(
      ...plan.edits.map(({ range, newText }) => ({ range: shiftRange(range, place.start), newText })),
    );
    applied += plan.applied;
    // Two findings may ask for the same new document.
    const fresh = plan.addedDocuments.filter((document) => !added.has(document));
    for (const document of fresh) added.add(document);
    const insertion = insertionBehind(text, place, fresh);
    if (insertion.newText !== '') edits.push(insertion);
  }
  return { edits, applied };
}

/**
 * The insertion of new documents behind an existing one. Those that the file already has, because another fix has added them, are left out;
 * the edit is then empty.
 */
export function insertionBehind(text: string, place: PlacedDocument, wanted: readonly string[]): TextEdit {
  const end = place.start + place.document.text.length;
  const documents = wanted.filter((document) => !text.includes(document));
  if (documents.length === 0) return { range: { start: end, end }, newText: '' };
  const gap =
    place.document.text.endsWith('\n') || end === 0
      ? ''
      : (documents[0]?.endsWith('\r\n') ?? false)
        ? '\r\n'
        : '\n';
  const following = text.slice(end);
  const marker = following === '' || following.startsWith('---') ? '' : '---\n';
  return { range: { start: end, end }, newText: gap + documents.join('') + marker };
}

/** The first of a finding's alternatives that may be applied without asking. */
function recommendedFix(finding: Finding, level: FixLevel): Fix | undefined {
  return finding.fixes.find((fix) => (level === 'all' || fix.applicability === 'safe') && isOfOwnFile(fix));
}
