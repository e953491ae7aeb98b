import type { Fact } from '../analysis/facts.ts';
import { isActive } from '../engine/finding.ts';
import { fixAll } from '../engine/fix-all.ts';
import type { FileFinding, Run } from '../report/run.ts';
import { roleOf } from '../workspace/chart-values.ts';
import type { ChartFolder } from './chart-folder.ts';
import type { CheckProblems } from './check-problems.ts';
import { codeOf, type FoundFile } from './find-files.ts';
import type { Kustomizations } from './kustomizations.ts';
import type { Manifests } from './manifests.ts';

export interface RepairsParts {
  readonly charts: readonly ChartFolder[];
  readonly manifests: Manifests;
  readonly kustomizations: Kustomizations | undefined;
  readonly problems: CheckProblems;
}

/** Repairs files on disk, one after the other. */
export class Repairs {
  readonly #parts: RepairsParts;
  readonly #level: 'safe' | 'all';
  #fixes = 0;
  #files = 0;
  #made: FoundFile[] = [];

  constructor(level: 'safe' | 'all', parts: RepairsParts) {
    this.#level = level;
    this.#parts = parts;
  }

  /** How much has been repaired so far. */
  get done(): NonNullable<Run['fixed']> {
    return { fixes: this.#fixes, files: this.#files };
  }

  /** The files that were made since this was asked last. */
  takeMade(): readonly FoundFile[] {
    const made = this.#made;
    this.#made = [];
    return made;
  }

  /** @param files those that are checked by themselves as well */
  fixChart(chart: ChartFolder, files: readonly FoundFile[]): void {
    try {
      const fixed = chart.fix(this.#level);
      this.#fixes += fixed.fixes;
      this.#files += fixed.files.length;
      for (const file of files) {
        if (fixed.files.includes(file.absolutePath)) this.#parts.manifests.reread(file);
      }
      // Charts may share values, or the manifest with the applications that deploy them.
      const others = this.#parts.charts.filter((other) => other !== chart);
      for (const file of fixed.files) for (const other of others) other.update(file);
    } catch (error) {
      const message = `The fixes cannot be written${codeOf(error)}.`;
      this.#parts.problems.tell({ level: 'error', path: chart.path, message });
    }
  }

  /**
   * Repairs findings of what kustomizations deploy; tells whether anything was done, so that others may have become possible.
   *
   * @param files all that are known
   */
  fixBuilt(kustomizations: Kustomizations, files: readonly FoundFile[]): boolean {
    const done = kustomizations.repair(this.#level);
    if (done.applied === 0) return false;
    const { manifests, charts } = this.#parts;
    for (const [absolutePath, text] of done.texts) {
      const known = files.find((candidate) => candidate.absolutePath === absolutePath);
      const file = known ?? { absolutePath, path: kustomizations.shown(absolutePath), isNamed: false };
      if (!manifests.write(file, text)) return false;
      for (const chart of charts) chart.update(absolutePath, text);
      if (known === undefined) this.#made.push(file);
      else manifests.reread(known);
    }
    this.#fixes += done.applied;
    this.#files += done.texts.size;
    return true;
  }

  fixFile(file: FoundFile): void {
    const { manifests, kustomizations, charts, problems } = this.#parts;
    const manifest = manifests.isSettled(file) ? undefined : manifests.of(file);
    // Templates are left as they are: their text is no manifest yet.
    if (manifest === undefined || manifest.hasTemplates) return;
    const findings = manifest.findings(manifests.worldOf(file, manifest), 'none');
    const only = kustomizations?.fixable(file.path, findings) ?? isActive;
    const isFixable = ({ finding }: FileFinding) =>
      isActive(finding) && finding.fixes.length > 0 && only(finding);
    if (!findings.some(isFixable)) return;
    const worldFor = (facts: readonly Fact[]) => manifests.worldWith(file, facts);
    const level = this.#level;
    const options = { worldOf: worldFor, level, only, file: file.path, role: roleOf(file.path) };
    const { result, failures } = manifests
      .checkerOf(file)
      .checker.run((checker) => fixAll(manifest.text, { ...options, checker }));
    problems.tellFailures({ path: file.path, failures });
    if (result === undefined || result.text === manifest.text) return;
    const stored = manifest.stored(result.text);
    if (!manifests.write(file, stored)) return;
    for (const chart of charts) chart.update(file.absolutePath, stored);
    this.#fixes += result.applied;
    this.#files++;
    manifests.reread(file);
  }
}
