import type { DocumentCache, KustomizeFiles } from '../../kustomize/index.ts';
import type { Checker } from '../checker.ts';
import type { Inspection } from '../inspection.ts';
import type { Refusal } from '../planner.ts';
import { checkDocuments } from './check.ts';
import type { DerivedFinding, Occurrence } from './finding.ts';
import { DerivedFixer, type DerivedPlan, type Offer } from './fix.ts';
import type { CheckedOverlay } from './overlay.ts';
import { type OverlayBuilds, OverlayDerivation } from './overlay-derivation.ts';
import type { OverlaySource } from './overlay-sources.ts';
import type { DeployedFinding } from './overlays.ts';
import type { Derived, DerivedDocument } from './source-map.ts';
import type { FileEdits } from './typed-edits.ts';

export interface OverlayFixerParts {
  readonly files: KustomizeFiles;
  readonly documents: DocumentCache;
  readonly checker: Checker;
  /** What is built as the files are, where more than one of these is made; the files must stay as they are. */
  readonly builds?: OverlayBuilds | undefined;
  /** Whether a file may be changed. */
  isOwn(file: string): boolean;
}

/** More overlays are not built to prove a repair. */
export const MAX_OVERLAYS = 60;

/**
 * Plans repairs of what shows in built resources alone: in the base or the patch that decides, proven by building all overlays again that
 * make something of the same files.
 */
export class OverlayFixer {
  readonly #derived: Derived;
  readonly #byName: ReadonlyMap<string, DerivedDocument>;
  readonly #checker: Checker;
  readonly #derivation: OverlayDerivation;
  readonly #fixer: DerivedFixer;
  /** By the names of documents. */
  readonly #inspections = new Map<string, Inspection>();

  private constructor(derivation: OverlayDerivation, checker: Checker) {
    this.#derivation = derivation;
    this.#derived = derivation.derive();
    this.#byName = new Map(this.#derived.documents.map((document) => [document.name, document]));
    this.#checker = checker;
    const recheck = (derived: Derived) => checkDocuments(derived, checker);
    this.#fixer = new DerivedFixer(derivation, this.#derived, recheck);
  }

  /** Undefined when so many overlays are around the findings that nobody would wait for the proof. */
  static of(
    around: OverlaysAround,
    { checker }: Pick<OverlayFixerParts, 'checker'>,
  ): OverlayFixer | undefined {
    return around.sources.length > MAX_OVERLAYS ? undefined : new OverlayFixer(around.derivation, checker);
  }

  /** The text of a file as the repairs change it. */
  textOf(file: string): string | undefined {
    return this.#derivation.textOf(file);
  }

  /** Characters of all that is built to prove one repair. */
  get size(): number {
    return this.#derived.documents.reduce((sum, { document }) => sum + document.text.length, 0);
  }

  /** What may be offered for a finding, the recommended one first; nothing where other things are built now. */
  offersFor(found: DeployedFinding): Offer[] {
    const finding = this.#inBuilt(found);
    return finding === undefined ? [] : this.#fixer.offersFor(finding);
  }

  plan(found: DeployedFinding, offer: Offer): DerivedPlan | Refusal {
    const finding = this.#inBuilt(found);
    if (finding === undefined) return { refused: 'What is deployed has changed since this was found.' };
    return this.#fixer.plan(finding, offer);
  }

  /** Repairs as many findings as can be repaired one after the other, each by the first of its offers that can be done. */
  planAll(
    findings: readonly DeployedFinding[],
    isTaken: (offer: Offer, finding: DeployedFinding) => boolean,
  ): { files: FileEdits[]; applied: number } {
    const wanted = findings.flatMap((found) => {
      const finding = this.#inBuilt(found);
      const offers = this.offersFor(found).filter((offer) => isTaken(offer, found));
      return finding === undefined || offers.length === 0 ? [] : [{ finding, offers }];
    });
    return this.#fixer.planAll(wanted);
  }

  #inBuilt({ file, finding, occurrences }: DeployedFinding): DerivedFinding | undefined {
    const placed = occurrences.flatMap(({ found }): Occurrence[] => {
      const derived = this.#byName.get(found.document);
      if (derived === undefined) return [];
      const inspection = this.#inspected(derived);
      return [{ checked: { derived, inspection, findings: [found.finding] }, finding: found.finding }];
    });
    if (placed.length < occurrences.length) return undefined;
    return { file, finding, related: [], occurrences: placed };
  }

  #inspected({ name, document }: DerivedDocument): Inspection {
    let inspection = this.#inspections.get(name);
    if (inspection === undefined) {
      inspection = this.#checker.inspect(document);
      this.#inspections.set(name, inspection);
    }
    return inspection;
  }
}

/** The overlays that a repair can reach. */
export interface OverlaysAround {
  /** All of them. */
  readonly sources: readonly OverlaySource[];
  readonly derivation: OverlayDerivation;
}

/**
 * The overlays that make something of a file which what is found is made from. Those that have the findings are built to tell.
 *
 * @param around the overlays that make something of a file
 */
export function overlaysAround(
  findings: readonly DeployedFinding[],
  parts: OverlayFixerParts,
  around: (file: string) => readonly CheckedOverlay[],
): OverlaysAround {
  const found = findings.flatMap(({ occurrences }) => occurrences);
  const sources = new Map(found.map(({ overlay: { source } }) => [source.name, source]));
  const derivation = new OverlayDerivation({ ...parts, sources });
  const names = new Set(found.map((occurrence) => occurrence.found.document));
  const changed = new Set([...names].flatMap((name) => [...derivation.filesOf(name)]));
  for (const file of changed) for (const { source } of around(file)) sources.set(source.name, source);
  return { sources: [...sources.values()], derivation };
}
