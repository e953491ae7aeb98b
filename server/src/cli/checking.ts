import { join, relative, resolve, sep } from 'node:path';
import type { World } from '../analysis/world.ts';
import { isEcho } from '../engine/derived/echoes.ts';
import type { BuiltOverlay } from '../engine/derived/overlay.ts';
import type { CheckedFile, FileFinding, Run, RunProblem } from '../report/run.ts';
import type { BuiltEntry } from '../workspace/built-kustomizations.ts';
import { chartDeployments } from '../workspace/chart-deployments.ts';
import { NO_MANIFEST } from '../workspace/file-facts.ts';
import type { FactsEntry } from '../workspace/indexed-files.ts';
import type { CheckArguments } from './arguments.ts';
import { ChartError } from './chart-files.ts';
import { ChartFolder, chartFoldersIn } from './chart-folder.ts';
import type { CheckHost } from './check.ts';
import { CheckProblems } from './check-problems.ts';
import type { ConfiguredChecker } from './configurations.ts';
import type { FoundFile } from './find-files.ts';
import { Kustomizations, type OverlayAround } from './kustomizations.ts';
import type { ManifestFile } from './manifest-file.ts';
import { folderOf, Manifests, STANDARD_INPUT } from './manifests.ts';
import { RelatedPlaces } from './related-places.ts';
import { Repairs } from './repairs.ts';
import type { Known } from './shard.ts';
import type { WantedFixes } from './wanted-fixes.ts';

/** What is known around something that is deployed. */
export interface Around {
  readonly world: World;
  /** The absolute path of the folder that deploys as a whole; undefined where everything deploys together. */
  readonly unit: string | undefined;
}

/** Somebody who looks on while files are checked. */
export interface Onlooker {
  /** Told of the files that are read, with those of configurations. */
  onFiles(files: readonly FoundFile[], checkers: Iterable<ConfiguredChecker>): void;
  /** Told of each file with manifests that is applied as it is written, with what is known around it. */
  onManifest(file: ManifestFile, around: Around, checker: ConfiguredChecker): void;
  /** Told of what each kustomization deploys, before the files. */
  onOverlay(overlay: BuiltOverlay, around: OverlayAround, checker: ConfiguredChecker): void;
  onChart(chart: ChartFolder, checker: ConfiguredChecker): void;
}

export interface CheckResult {
  readonly run: Run;
  /** What standard input becomes with its fixes; absent unless that was asked for. */
  readonly fixedInput: string | undefined;
}

export interface CheckParts {
  readonly options: CheckArguments;
  readonly host: CheckHost;
  readonly files: readonly FoundFile[];
  /** Those met so far. */
  readonly problems: readonly RunProblem[];
  /** Configuration files with findings. */
  readonly evidence: readonly CheckedFile[];
  /** By folder. */
  readonly checkers: ReadonlyMap<string, ConfiguredChecker>;
  /** Whether everything that deploys together is among the files. */
  readonly isComplete: boolean;
  /** Folders that deploy apart from each other. */
  readonly units: readonly string[];
  readonly onlooker: Onlooker | undefined;
}

/** Repairs of what is built can make room for others; this many rounds are enough, and end any quarrel between two of them. */
const MAX_ROUNDS = 12;

/** Checks files in steps: what they say, what kustomizations deploy, repairs, findings. */
export class Checking {
  readonly #parts: CheckParts;
  readonly #problems: CheckProblems;
  readonly #manifests: Manifests;
  readonly #charts: readonly ChartFolder[];
  /** Those with manifests that are not part of a chart. */
  #files: readonly FoundFile[] = [];
  /** All, with those that repairs have made. */
  #all: readonly FoundFile[];
  #kustomizations: Kustomizations | undefined;

  constructor(parts: CheckParts) {
    const { options, host, problems } = parts;
    const { workingFolder, standardInput } = host;
    this.#parts = parts;
    this.#all = parts.files;
    this.#problems = new CheckProblems(problems);
    this.#manifests = new Manifests({
      ...parts,
      ...{ workingFolder, standardInput, problems: this.#problems, isIsolated: options.isolated },
    });
    this.#charts = chartFoldersIn(parts.files).flatMap((folder) => this.#openChart(folder) ?? []);
  }

  /** All steps. */
  run(): CheckResult {
    this.read();
    this.know({ files: [], built: [] });
    this.build(this.#parts.files);
    const { run, fixedInput } = this.report();
    return { run: { ...run, files: this.withRelated(this.withOverlays(run.files)) }, fixedInput };
  }

  /** Reads all files: rules across files need the facts of all of them before the first finding. */
  read(): readonly FactsEntry[] {
    const apart = this.#parts.files.filter(({ absolutePath }) => !this.#isInChart(absolutePath));
    this.#files = apart.filter((file) => this.#manifests.read(file));
    return this.#manifests.facts.entries;
  }

  /** Takes notice of what files say that are checked elsewhere. */
  know(others: Known): void {
    this.#manifests.know(others);
    if (!this.#parts.options.isolated) this.#deployCharts();
  }

  /** Tells the charts which applications deploy them. */
  #deployCharts(): void {
    const { facts } = this.#manifests;
    const style = {
      join: (folder: string, path: string) => resolve(folder, path),
      relative: (folder: string, file: string) => relative(folder, file).split(sep).join('/'),
    };
    const charts = new Set(this.#charts.map(({ folder }) => folder));
    const places = {
      neighboursOf: (folder: string) => facts.filesIn(folder),
      filesBelow: (folder: string) =>
        this.#parts.files
          .map(({ absolutePath }) => absolutePath)
          .filter((file) => file.startsWith(folder + sep)),
    };
    const deployments = chartDeployments(facts.applications(), charts, places, style);
    for (const chart of this.#charts) {
      const own = deployments.get(chart.folder);
      if (own !== undefined) chart.deployedBy(own);
    }
  }

  /** Builds the kustomizations among files, and takes notice of what they deploy. */
  build(files: readonly FoundFile[]): readonly BuiltEntry[] {
    const { options, host, checkers, onlooker } = this.#parts;
    if (options.isolated) return [];
    const { facts } = this.#manifests;
    const { workingFolder, rules, today } = host;
    this.#kustomizations = new Kustomizations({
      files: files.filter((file) => file !== STANDARD_INPUT),
      checkerFor: (folder) => checkers.get(folder)?.checker.checker,
      ...{ workingFolder, facts, rules, today },
      onProblem: (problem) => this.#problems.tell(problem),
      onOverlay: (overlay, around) => {
        const checker = checkers.get(around.unit);
        if (checker !== undefined) onlooker?.onOverlay(overlay, around, checker);
      },
    });
    this.#kustomizations.wantedFixes = this.#wantedFixes;
    return facts.built;
  }

  /** Repairs what is to be repaired, and tells the findings. */
  report(): CheckResult {
    const { options, host } = this.#parts;
    const fixed = options.fix && this.#repair(options.fix);
    const found = this.whereDeployed([...this.findings()]);
    const run = {
      toolVersion: host.version,
      rules: host.rules,
      files: this.#withCharts(found),
      problems: this.#problems.all,
      ...(fixed && { fixed }),
    };
    return { run, fixedInput: fixed && this.#manifests.storedInput };
  }

  /** What is found in files with manifests, one after the other. */
  *findings(): Generator<CheckedFile> {
    for (const file of this.#files) {
      const checked = this.#report(file);
      if (checked !== undefined) yield checked;
    }
  }

  get problems(): readonly RunProblem[] {
    return this.#problems.all;
  }

  #repair(level: 'safe' | 'all'): Repairs['done'] {
    const [manifests, charts, problems] = [this.#manifests, this.#charts, this.#problems];
    const kustomizations = this.#kustomizations;
    const repairs = new Repairs(level, { charts, manifests, kustomizations, problems });
    for (const chart of charts) repairs.fixChart(chart, this.#files);
    for (const file of this.#files) repairs.fixFile(file);
    if (repairs.done.fixes > 0) this.build(this.#all);
    for (let round = 0; round < MAX_ROUNDS; round++) {
      if (this.#kustomizations === undefined || !repairs.fixBuilt(this.#kustomizations, this.#all)) break;
      this.#takeIn(repairs.takeMade());
      this.build(this.#all);
    }
    return repairs.done;
  }

  /** Files that were not there before. */
  #takeIn(made: readonly FoundFile[]): void {
    if (made.length === 0) return;
    const inOrder = (files: readonly FoundFile[]) =>
      files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
    this.#all = inOrder([...this.#all, ...made]);
    this.#files = inOrder([...this.#files, ...made.filter((file) => this.#manifests.read(file))]);
  }

  #openChart(folder: string): ChartFolder | undefined {
    const { options, host, checkers } = this.#parts;
    const { workingFolder, today } = host;
    const checker = checkers.get(folder);
    if (checker === undefined) return undefined;
    try {
      const chart = new ChartFolder({ folder, workingFolder, checker, given: options.values, today });
      for (const message of chart.notes) this.#problems.tell({ level: 'note', path: chart.path, message });
      // What a chart deploys may be what seems to be missing elsewhere.
      this.#manifests.facts.set(folder, join(folder, 'templates'), { ...NO_MANIFEST, complete: false });
      return chart;
    } catch (error) {
      if (!(error instanceof ChartError)) throw error;
      const path = relative(workingFolder, join(folder, 'Chart.yaml')).split(sep).join('/');
      const message = `The chart cannot be read: ${error.message}.`;
      this.#problems.tell({ level: 'error', path, message });
      return undefined;
    }
  }

  #isInChart(absolutePath: string): boolean {
    return this.#charts.some((chart) => chart.covers(absolutePath));
  }

  #withCharts(files: readonly CheckedFile[]): readonly CheckedFile[] {
    const { evidence, checkers, onlooker } = this.#parts;
    if (this.#charts.length === 0 && evidence.length === 0) return files;
    const inCharts = this.#charts.flatMap((chart) => {
      const checked = chart.report(this.#wantedFixes);
      this.#problems.tellFailures(chart);
      const checker = checkers.get(chart.folder);
      if (checker !== undefined) onlooker?.onChart(chart, checker);
      return checked;
    });
    return joined([...files, ...evidence, ...inCharts]);
  }

  /** What becomes of what files say by themselves where kustomizations deploy them. */
  whereDeployed(files: readonly CheckedFile[]): CheckedFile[] {
    return files.map((file) => this.#kustomizations?.report(file) ?? file);
  }

  /** Files with the places of the objects that their findings speak of. */
  withRelated(files: readonly CheckedFile[]): CheckedFile[] {
    const { workingFolder } = this.#parts.host;
    const manifests = this.#manifests;
    const textOf = (file: string) => manifests.textOf(file);
    const places = new RelatedPlaces({ workingFolder, facts: manifests.facts, textOf });
    return files.map((file) => places.in(file));
  }

  /** All files that were checked, with those in which kustomizations alone find something. */
  withOverlays(files: readonly CheckedFile[]): CheckedFile[] {
    const { workingFolder } = this.#parts.host;
    const others = this.#kustomizations?.others(new Set(files.map(({ path }) => path))) ?? [];
    const outside = others.filter(({ path }) => !this.#isInChart(resolve(workingFolder, path)));
    return [...files, ...outside].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  #report(file: FoundFile): CheckedFile | undefined {
    if (this.#manifests.isSettled(file)) return { path: file.path, text: '', findings: [] };
    const manifest = this.#manifests.of(file);
    if (manifest === undefined) return undefined;
    const world = this.#manifests.worldOf(file, manifest);
    const findings = manifest.findings(world, this.#wantedFixes);
    this.#problems.tellFailures(manifest);
    this.#tellOnlooker(file, manifest, world);
    this.#manifests.forget(file.path);
    return { path: file.path, text: findings.length === 0 ? '' : manifest.text, findings };
  }

  /** What kustomizations deploy was told as it is built. */
  #tellOnlooker(file: FoundFile, manifest: ManifestFile, world: World): void {
    const { onlooker, host } = this.#parts;
    const { facts } = this.#manifests;
    if (onlooker === undefined || facts.isDeployed(file.absolutePath)) return;
    const unit = facts.unitFolderOf(folderOf(file, host.workingFolder));
    onlooker.onManifest(manifest, { world, unit }, this.#manifests.checkerOf(file));
  }

  /** Some formats tell how fixes change files, and people which can be done. */
  get #wantedFixes(): WantedFixes {
    const { format } = this.#parts.options;
    if (format === 'json' || format === 'sarif') return 'all';
    return format === 'pretty' ? 'some' : 'none';
  }
}

/** A file that is both checked by itself and part of a chart is told once. */
function joined(files: readonly CheckedFile[]): CheckedFile[] {
  const byPath = new Map<string, CheckedFile>();
  for (const file of files) {
    const known = byPath.get(file.path);
    const own = (known?.findings ?? []).map(({ finding, place }) => ({
      rule: finding.rule,
      start: place.range.start,
    }));
    const fresh = file.findings.filter(
      ({ finding, place }) => !isEcho({ rule: finding.rule, start: place.range.start }, own),
    );
    const findings = [...(known?.findings ?? []), ...fresh];
    byPath.set(file.path, {
      path: file.path,
      text: file.text || (known?.text ?? ''),
      findings: findings.sort(byRange),
    });
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function byRange({ place: { range: a } }: FileFinding, { place: { range: b } }: FileFinding): number {
  return a.start - b.start || a.end - b.end;
}
