import { isTaken } from '../engine/derived/chart-fix.ts';
import type { OverlayFixer } from '../engine/derived/overlay-fix.ts';
import type { DeployedFinding } from '../engine/derived/overlays.ts';
import { type Finding, isActive } from '../engine/finding.ts';
import type { FixLevel } from '../engine/fix-all.ts';
import { PieceText } from '../syntax/piece-text.ts';
import type { DerivedFixes, DerivedRepairs } from './derived-repairs.ts';
import type { EditTarget, OpenFiles } from './open-files.ts';
import { canonicalUri, childUri } from './uris.ts';
import type { WorkspaceOverlays } from './workspace-overlays.ts';

/** What repairs the findings of a file that only show in what kustomizations deploy. */
interface Prepared {
  readonly key: string;
  readonly root: string;
  /** Of the overlays, which have not changed since. */
  readonly state: string;
  readonly findings: ReadonlyMap<Finding, DeployedFinding>;
  readonly fixer: OverlayFixer;
}

const NO_REPAIRS: DerivedRepairs = {
  repairs: [],
  fileOf: (file) => {
    throw new Error(`nothing changes ${file}`);
  },
};

/** Repairs what only shows in what kustomizations deploy. They are read and built for one file at a time. */
export class DeployedRepairs {
  readonly #overlays: WorkspaceOverlays;
  readonly #openFiles: OpenFiles;
  #prepared: Prepared | undefined;

  constructor(overlays: WorkspaceOverlays, openFiles: OpenFiles) {
    this.#overlays = overlays;
    this.#openFiles = openFiles;
  }

  /**
   * Reads what is needed to repair findings.
   *
   * @param shown all findings of a file
   */
  async prepare(key: string, root: string, shown: readonly Finding[]): Promise<void> {
    const findings = new Map<Finding, DeployedFinding>();
    for (const finding of shown) {
      const behind = this.#overlays.findings.behind(finding);
      const isFixable = behind !== undefined && isActive(finding) && finding.fixes.length > 0;
      if (isFixable) findings.set(finding, behind);
    }
    const state = this.#state;
    const known = this.#prepared;
    if (
      known?.key === key &&
      known.state === state &&
      [...findings.keys()].every((each) => known.findings.has(each))
    )
      return;
    this.#prepared = undefined;
    if (findings.size === 0 || this.#overlays.isBehind(key)) return;
    const fixer = await this.#overlays.fixerFor(root, [...findings.values()]);
    if (fixer !== undefined && state === this.#state) this.#prepared = { key, root, state, findings, fixer };
  }

  /** Texts that are built otherwise are repaired otherwise. */
  get #state(): string {
    return `${this.#overlays.version} ${this.#overlays.edits}`;
  }

  get #current(): Prepared | undefined {
    return this.#prepared?.state === this.#state ? this.#prepared : undefined;
  }

  /** What can be done about a finding; undefined for those that are not of what is deployed. */
  repairsOf(finding: Finding): DerivedRepairs | undefined {
    if (this.#overlays.findings.behind(finding) === undefined) return undefined;
    const prepared = this.#current;
    const found = prepared?.findings.get(finding);
    if (prepared === undefined || found === undefined) return NO_REPAIRS;
    const { fixer, root } = prepared;
    const repairs = fixer.offersFor(found).map((offer) => ({ offer, plan: fixer.plan(found, offer) }));
    return { repairs, fileOf: (file) => this.#targetIn(root, file, fixer) };
  }

  /** Repairs the findings of a file as far as they are prepared. */
  fixAll(key: string, level: FixLevel, only: (finding: Finding) => boolean): DerivedFixes {
    const prepared = this.#current;
    if (prepared?.key !== key) return { edited: [], applied: 0 };
    const { findings, fixer, root } = prepared;
    const wanted = [...findings].flatMap(([finding, found]) => (only(finding) ? [found] : []));
    const { files, applied } = fixer.planAll(wanted, (offer, found) => isTaken(offer, found, level));
    const edited = files.map(({ file, edits }) => {
      const target = this.#targetIn(root, file, fixer);
      const pieces = new PieceText(target.source.text);
      pieces.apply(edits);
      return { target, pieces };
    });
    return { edited, applied };
  }

  #targetIn(root: string, file: string, fixer: OverlayFixer): EditTarget {
    return this.#openFiles.targetOf(canonicalUri(childUri(root, file)), fixer.textOf(file));
  }
}
