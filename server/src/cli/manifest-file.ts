import type { Fact } from '../analysis/facts.ts';
import type { World } from '../analysis/world.ts';
import type { Checker } from '../engine/checker.ts';
import { type Finding, isActive } from '../engine/finding.ts';
import { insertionBehind } from '../engine/fix-all.ts';
import type { Inspection } from '../engine/inspection.ts';
import { isFeasible, planFix } from '../engine/planner.ts';
import type { Suppression } from '../engine/suppressions.ts';
import type { FileFinding, PlannedFix } from '../report/run.ts';
import { type Fix, isOfOwnFile } from '../rules/rule.ts';
import { type PlacedDocument, splitDocuments } from '../syntax/documents.ts';
import { shiftRange } from '../syntax/ranges.ts';
import { roleOf } from '../workspace/chart-values.ts';
import type { ContainedChecker } from '../workspace/contained-checker.ts';
import { isPlacedAsTemplate, isTemplate } from '../workspace/templates.ts';
import { placeOf } from './places.ts';
import type { TextContent } from './read-file.ts';
import { told } from './told-findings.ts';
import type { WantedFixes } from './wanted-fixes.ts';

/** A document of a file, and what it says by itself. */
export interface InspectedDocument {
  readonly placed: PlacedDocument;
  readonly inspection: Inspection;
}

/**
 * How much text is read to prove fixes of one file, in UTF-16 code units: about two seconds. Each fix has its document read again, so what has thousands of
 * findings in one document, such as the export of a cluster, gets edits for the first of them. `--fix` takes all at once and knows no such limit.
 */
const MAX_PROVEN = 20_000_000;

/** The documents of a file that are manifests, read and checked as far as each can be by itself. */
export class ManifestFile {
  readonly path: string;
  readonly text: string;
  /** Whether there is anything in it for us. */
  readonly isManifest: boolean;
  readonly #byteOrderMark: string;
  readonly #checker: ContainedChecker;
  /** Those with manifests. */
  readonly #manifests: readonly InspectedDocument[];
  /** Those that can have findings. */
  readonly #documents: readonly InspectedDocument[];
  #hasTemplates = false;
  readonly #fileSuppressions: readonly Suppression[];
  readonly #failures = new Set<string>();
  #proven = 0;

  constructor(path: string, { text, byteOrderMark }: TextContent, checker: ContainedChecker) {
    this.path = path;
    this.text = text;
    this.#byteOrderMark = byteOrderMark;
    this.#checker = checker;
    const manifests = this.#inspect(splitDocuments(text));
    this.isManifest = manifests.some(
      ({ inspection }) =>
        inspection.resources.length > 0 || inspection.pipeline !== undefined || inspection.reports.length > 0,
    );
    this.#manifests = manifests;
    this.#fileSuppressions = manifests
      .flatMap(({ inspection }) => inspection.suppressions)
      .filter(({ reach }) => reach === 'file');
    this.#documents = manifests.filter(({ inspection }) =>
      this.#contained((own) => own.canHaveFindings(inspection)),
    );
  }

  #inspect(all: readonly PlacedDocument[]): InspectedDocument[] {
    const uri = `/${this.path}`;
    const placed = all.filter(({ document }) => !isPlacedAsTemplate(uri, 'yaml', document.text));
    const inspected = placed.flatMap((place) => {
      const inspection = this.#contained((checker) => checker.inspect(place.document, roleOf(uri)));
      return inspection === undefined ? [] : [{ placed: place, inspection }];
    });
    const manifests = inspected.filter(({ inspection }) => !isTemplate(uri, 'yaml', inspection.parsed));
    this.#hasTemplates = placed.length < all.length || manifests.length < inspected.length;
    return manifests;
  }

  /** What the file says to others. */
  get facts(): readonly Fact[] {
    return this.#manifests.flatMap(({ inspection }) => this.#contained(() => inspection.facts) ?? []);
  }

  /** Whether a document is a template, whose text is no manifest yet. */
  get hasTemplates(): boolean {
    return this.#hasTemplates;
  }

  /** Whether the file has no findings, whatever stands in other files. */
  get isSettled(): boolean {
    return this.#documents.length === 0;
  }

  /** The documents that can have findings. */
  get documents(): readonly InspectedDocument[] {
    return this.#documents;
  }

  get content(): TextContent {
    return { text: this.text, byteOrderMark: this.#byteOrderMark };
  }

  /** The file as it is stored, byte order mark included, with another text. */
  stored(text = this.text): string {
    return this.#byteOrderMark + text;
  }

  /** Rules that failed so far, by id; `document` where a document could not be checked at all. */
  get failures(): readonly string[] {
    return [...this.#failures];
  }

  /** With the fixes that are wanted; unless that is none, only with those that can be made. */
  findings(world: World, wanted: WantedFixes): FileFinding[] {
    return this.#documents.flatMap(({ placed, inspection }) => {
      const findings =
        this.#contained((checker) =>
          checker.findings(inspection, world, this.#fileSuppressions, this.path),
        ) ?? [];
      return findings.map((finding) => this.#inFile(finding, placed, inspection, wanted));
    });
  }

  #inFile(found: Finding, placed: PlacedDocument, inspection: Inspection, wanted: WantedFixes): FileFinding {
    const { suppression } = found;
    const isWrittenHere = suppression !== undefined && inspection.suppressions.includes(suppression);
    const { finding, fixes } = this.#withFixes(found, placed, inspection, wanted);
    return {
      finding: told(finding, finding.fixes),
      place: placeOf(placed, finding.range),
      related: finding.related.map(({ range, message }) => ({ place: placeOf(placed, range), message })),
      fixes,
      ...(isWrittenHere ? { suppressedAt: shiftRange(suppression.range, placed.start) } : {}),
    };
  }

  /** A finding with the fixes that can be done, and those as edits. */
  #withFixes(
    finding: Finding,
    placed: PlacedDocument,
    inspection: Inspection,
    wanted: WantedFixes,
  ): Pick<FileFinding, 'finding' | 'fixes'> {
    if (wanted === 'none' || finding.fixes.length === 0) return { finding, fixes: [] };
    if (wanted === 'all') {
      const planned = finding.fixes.map((fix) => this.#planned(fix, placed, inspection));
      const fixes = finding.fixes.filter((_, index) => planned[index] !== undefined);
      return { finding: { ...finding, fixes }, fixes: planned.filter((fix) => fix !== undefined) };
    }
    return { finding: { ...finding, fixes: this.#feasible(finding, inspection) }, fixes: [] };
  }

  /** The fixes that repairs would choose from: a file with templates is left as it is, and an alternative does not stand in for what is recommended. */
  #feasible(finding: Finding, { parsed }: Inspection): readonly Fix[] {
    if (this.#hasTemplates || !isActive(finding)) return [];
    const fixes = finding.fixes.filter(isOfOwnFile);
    const feasible = fixes.filter((fix) => this.#contained(() => isFeasible(parsed, fix)) === true);
    return feasible[0] === fixes[0] ? feasible : [];
  }

  /** A fix as edits of the file; undefined when it cannot be applied, or needs more than this file, or too many have been planned. */
  #planned(fix: Fix, placed: PlacedDocument, { parsed }: Inspection): PlannedFix | undefined {
    if (this.#proven > MAX_PROVEN) return undefined;
    this.#proven += parsed.text.length * fix.operations.length;
    const plan = isOfOwnFile(fix) ? this.#contained(() => planFix(parsed, fix)) : undefined;
    if (plan === undefined || 'refused' in plan) return undefined;
    const edits = plan.edits.map(({ range, newText }) => ({
      range: shiftRange(range, placed.start),
      newText,
    }));
    if (plan.addedDocuments.length > 0) edits.push(insertionBehind(this.text, placed, plan.addedDocuments));
    return { title: fix.title, applicability: fix.applicability, edits };
  }

  #contained<Result>(work: (checker: Checker) => Result): Result | undefined {
    const { result, failures } = this.#checker.run(work);
    for (const failure of failures) this.#failures.add(failure);
    return result;
  }
}
