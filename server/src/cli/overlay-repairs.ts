import { isTaken } from '../engine/derived/chart-fix.ts';
import { OverlayBuilds } from '../engine/derived/overlay-derivation.ts';
import { OverlayFixer, type OverlayFixerParts, overlaysAround } from '../engine/derived/overlay-fix.ts';
import type { DeployedFinding, Overlays } from '../engine/derived/overlays.ts';
import type { FileEdits } from '../engine/derived/typed-edits.ts';
import { isActive } from '../engine/finding.ts';
import type { FixLevel } from '../engine/fix-all.ts';
import type { PlannedFix } from '../report/run.ts';
import type { Fix } from '../rules/rule.ts';
import type { WantedFixes } from './wanted-fixes.ts';

export interface OverlayRepairsParts extends Omit<OverlayFixerParts, 'checker'> {
  readonly overlays: Overlays;
  /** The checker for a folder; undefined where nothing is checked. */
  checkerFor(folder: string): OverlayFixerParts['checker'] | undefined;
  textOf(file: string): string | undefined;
  /** How reports call a file. */
  shown(file: string): string;
}

/** To prove fixes, so many characters are built at most. */
const PROVEN_CHARACTERS: Readonly<Record<WantedFixes, number>> = {
  none: 0,
  some: 1_000_000,
  all: 20_000_000,
};

/** Fixes of what shows in built resources alone. */
export class OverlayRepairs {
  readonly #parts: OverlayRepairsParts;
  readonly #builds = new OverlayBuilds();
  #left = 0;
  #wanted: WantedFixes = 'none';

  constructor(parts: OverlayRepairsParts) {
    this.#parts = parts;
  }

  set wanted(wanted: WantedFixes) {
    this.#wanted = wanted;
    this.#left = PROVEN_CHARACTERS[wanted];
  }

  /** The fixes of findings of one file that can be written as edits. */
  planned(findings: readonly DeployedFinding[]): ReadonlyMap<DeployedFinding, readonly PlannedFix[]> {
    const fixable = findings.filter(({ finding }) => isActive(finding) && finding.fixes.length > 0);
    const [first] = fixable;
    const fixer = first === undefined || this.#left <= 0 ? undefined : this.#fixer(first, fixable);
    if (fixer === undefined) return new Map();
    return new Map(fixable.map((found) => [found, this.#plannedFor(found, fixer)]));
  }

  #plannedFor(found: DeployedFinding, fixer: OverlayFixer): PlannedFix[] {
    const fixes: PlannedFix[] = [];
    for (const offer of fixer.offersFor(found)) {
      if (this.#left <= 0 || (fixes.length > 0 && this.#wanted !== 'all')) break;
      this.#left -= fixer.size;
      const plan = fixer.plan(found, offer);
      if ('refused' in plan || plan.configuration.length > 0) continue;
      const elsewhere = plan.files.filter((edited) => edited.file !== found.file);
      fixes.push({
        title: offer.title,
        applicability: offer.applicability,
        edits: plan.files.find((edited) => edited.file === found.file)?.edits ?? [],
        ...(elsewhere.length > 0 && { elsewhere: elsewhere.map((edited) => this.#shown(edited)) }),
      });
    }
    return fixes;
  }

  #shown({ file, edits }: FileEdits) {
    return { file: this.#parts.shown(file), text: this.#parts.textOf(file) ?? '', edits };
  }

  /** Repairs findings that have nothing to do with each other: the edits, and how many findings they repair. */
  planAll(level: FixLevel): { readonly files: readonly FileEdits[]; readonly applied: number } {
    const { overlays } = this.#parts;
    const files = new Map<string, FileEdits>();
    const documents = new Set<string>();
    let applied = 0;
    for (const file of overlays.files) {
      const found = overlays.added(file, new Set()).filter((each) => isTakenAt(each, level));
      const wanted = found.filter((each) => namesIn(each).every((name) => !documents.has(name)));
      const [first] = wanted;
      const fixer = first && this.#fixer(first, wanted);
      const done = fixer?.planAll(wanted, (offer, each) => isTaken(offer, each, level));
      if (done === undefined || done.applied === 0) continue;
      // What is next to be proven must not depend on these.
      for (const name of wanted.flatMap(namesIn)) documents.add(name);
      if (done.files.some((edited) => files.has(edited.file))) continue;
      for (const edited of done.files) files.set(edited.file, edited);
      applied += done.applied;
    }
    return { files: [...files.values()], applied };
  }

  #fixer(first: DeployedFinding, findings: readonly DeployedFinding[]): OverlayFixer | undefined {
    const [occurrence] = first.occurrences;
    const checker = occurrence && this.#parts.checkerFor(occurrence.overlay.source.folder);
    const { overlays } = this.#parts;
    if (checker === undefined) return undefined;
    const { files, documents } = this.#parts;
    const isOwn = (file: string) => this.#parts.isOwn(file);
    const parts = { files, documents, checker, isOwn, builds: this.#builds };
    const around = overlaysAround(findings, parts, (file) => overlays.around(file));
    const fixer = OverlayFixer.of(around, parts);
    this.#left -= fixer?.size ?? 0;
    return fixer;
  }
}

function isTakenAt({ finding }: DeployedFinding, level: FixLevel): boolean {
  const isEnough = ({ applicability }: Fix) => level === 'all' || applicability === 'safe';
  return isActive(finding) && finding.fixes.some(isEnough);
}

/** The built resources that have a finding. */
function namesIn({ occurrences }: DeployedFinding): string[] {
  return occurrences.map(({ found }) => found.document);
}
