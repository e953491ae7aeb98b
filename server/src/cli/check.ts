import { writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Fact } from '../analysis/facts.ts';
import { type World, worldOf } from '../analysis/world.ts';
import { isEcho } from '../engine/derived/echoes.ts';
import { isActive } from '../engine/finding.ts';
import { fixAll } from '../engine/fix-all.ts';
import type { KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import type { CheckedFile, FileFinding, Run, RunProblem } from '../report/run.ts';
import type { Rule } from '../rules/rule.ts';
import { roleOf } from '../workspace/chart-values.ts';
import { type BuiltEntry, type FactsEntry, FactsIndex, NO_MANIFEST } from '../workspace/facts-index.ts';
import type { CheckArguments } from './arguments.ts';
import { ChartError } from './chart-files.ts';
import { ChartFolder, chartFoldersIn } from './chart-folder.ts';
import { type ConfiguredChecker, checkersFor } from './configurations.ts';
import { codeOf, type FoundFile, findFiles } from './find-files.ts';
import { Kustomizations } from './kustomizations.ts';
import { ManifestFile } from './manifest-file.ts';
import { readText, readTextFile } from './read-file.ts';
import type { Known, ShardResult, ShardWork, StartShard } from './shard.ts';

/** What a check takes from its surroundings. */
export interface CheckHost {
  readonly workingFolder: string;
  readonly rules: readonly Rule[];
  readonly schemas?: KubernetesSchemas;
  readonly version: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Empty unless it is to be checked. */
  readonly standardInput: Uint8Array;
  /** Starts another thread that takes over part of a large check; absent where there is one processor. */
  readonly startShard?: StartShard | undefined;
}

/** Somebody who looks on while files are checked. */
export interface Onlooker {
  /** Told of the files that are read, with those of configurations. */
  onFiles(files: readonly FoundFile[], checkers: Iterable<ConfiguredChecker>): void;
  /** Told of each file with manifests, with what is known around it. */
  onManifest(file: ManifestFile, world: World, checker: ConfiguredChecker): void;
  onChart(chart: ChartFolder, checker: ConfiguredChecker): void;
}

export interface CheckResult {
  readonly run: Run;
  /** What standard input becomes with its fixes; absent unless that was asked for. */
  readonly fixedInput: string | undefined;
}

/** How reports call standard input. */
const STANDARD_INPUT: FoundFile = { path: 'stdin', absolutePath: '-', isNamed: true };

/** Manifests of up to this many characters in all stay parsed between the passes; those beyond are read again. */
const KEPT_CHARACTERS = 2_000_000;

/**
 * Checks what a command line names, repairing it first where that is asked for.
 *
 * @throws {UsageError} when the configuration file that was named cannot be read
 */
export async function check(
  options: CheckArguments,
  host: CheckHost,
  onlooker?: Onlooker,
): Promise<CheckResult> {
  const { workingFolder, rules, schemas, today } = host;
  const named = options.paths.filter((path) => path !== '-');
  const found = await findFiles(named, workingFolder);
  const files = named.length < options.paths.length ? [...found.files, STANDARD_INPUT] : found.files;
  const problems = [...found.problems];
  const evidence: CheckedFile[] = [];
  const folders = [workingFolder, ...files.map((file) => folderOf(file, host))];
  const checkers = await checkersFor(folders, {
    workingFolder,
    rules,
    schemas,
    today,
    config: options.config,
    kubeVersion: options.kubeVersion,
    onProblem: (problem) => problems.push(problem),
    onEvidence: (file) => evidence.push(file),
  });
  const units = [...new Set([...checkers.values()].flatMap((checker) => checker.units))];
  const { isComplete } = found;
  onlooker?.onFiles(files, new Set(checkers.values()));
  const parts = { options, host, problems, evidence, checkers, isComplete, units, onlooker };
  const { startShard } = host;
  // Repairs are made one after the other; few files are checked before a thread has started.
  const isAlone = options.fix !== undefined || onlooker !== undefined || files.length < SHARED_FILES;
  if (startShard === undefined || isAlone) {
    return new Check({ ...parts, files }).run();
  }
  return checkInShards({ ...parts, files }, startShard);
}

/** Fewer files are checked by one thread alone. */
const SHARED_FILES = 400;

/** Another thread checks the second half of the files; what each has read is told to the other before there are findings. */
async function checkInShards(parts: CheckParts, startShard: StartShard): Promise<CheckResult> {
  const { options, host, isComplete, units } = parts;
  const { workingFolder, today, version } = host;
  const folders = chartFoldersIn(parts.files).map((folder) => `${folder}${sep}`);
  const isInChart = ({ absolutePath }: FoundFile) =>
    folders.some((folder) => absolutePath.startsWith(folder));
  const inCharts = parts.files.filter(isInChart);
  const others = parts.files.filter((file) => !isInChart(file) && file !== STANDARD_INPUT);
  const input = parts.files.filter((file) => file === STANDARD_INPUT);
  const half = others.length >> 1;
  const shard = startShard({
    options,
    files: others.slice(half),
    workingFolder,
    today,
    version,
    isComplete,
    units,
  });
  try {
    const check = new Check({ ...parts, files: [...inCharts, ...others.slice(0, half), ...input] });
    const own = check.read();
    check.know({ files: await shard.facts, built: [] });
    const built = check.build(parts.files);
    const reported = shard.report({ files: own, built });
    const { run, fixedInput } = check.report();
    const { files, problems } = await reported;
    const order = new Map(parts.files.map(({ path }, index) => [path, index]));
    const place = ({ path }: CheckedFile) => order.get(path) ?? order.size;
    const all = check.withOverlays([...run.files, ...check.whereDeployed(files)]);
    all.sort((a, b) => place(a) - place(b));
    return { run: { ...run, files: all, problems: [...run.problems, ...problems] }, fixedInput };
  } finally {
    await shard.end();
  }
}

/** Checks the part of the files that another thread has taken over. */
export async function checkShard(
  { options, files, isComplete, units, ...surroundings }: ShardWork,
  host: Pick<CheckHost, 'rules' | 'schemas'>,
): Promise<{ facts: readonly FactsEntry[]; report: (others: Known) => ShardResult }> {
  const full = { ...host, ...surroundings, standardInput: new Uint8Array() };
  const checkers = await checkersFor(
    files.map((file) => folderOf(file, full)),
    {
      ...full,
      config: options.config,
      kubeVersion: options.kubeVersion,
      schemas: host.schemas,
      onProblem: () => {}, // told where all files are known
    },
  );
  const check = new Check({
    options,
    host: full,
    files,
    problems: [],
    evidence: [],
    checkers,
    isComplete,
    units,
    onlooker: undefined,
  });
  return {
    facts: check.read(),
    report: (others) => {
      check.know(others);
      const { files: checked, problems } = check.report().run;
      return { files: checked.map(withoutAllowances), problems };
    },
  };
}

function folderOf(file: FoundFile, { workingFolder }: CheckHost): string {
  return file === STANDARD_INPUT ? workingFolder : dirname(file.absolutePath);
}

/** What lets a value pass is computed when somebody asks, which only an editor does, and cannot be copied to another thread. */
function withoutAllowances(file: CheckedFile): CheckedFile {
  if (file.findings.every(({ finding }) => finding.allowance === undefined)) return file;
  const findings = file.findings.map((found) => {
    const { allowance: _, ...finding } = found.finding;
    return { ...found, finding };
  });
  return { ...file, findings };
}

interface CheckParts {
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

class Check {
  readonly #options: CheckArguments;
  readonly #host: CheckHost;
  readonly #checkers: CheckParts['checkers'];
  readonly #onlooker: Onlooker | undefined;
  readonly #files: readonly FoundFile[];
  readonly #parts: Pick<CheckParts, 'isComplete' | 'units'>;
  #facts: FactsIndex;
  readonly #problems = new Map<string, RunProblem>();
  /** Manifests that are known to have no findings. */
  readonly #settled = new Set<string>();
  readonly #evidence: readonly CheckedFile[];
  readonly #charts: readonly ChartFolder[];
  #manifests: readonly FoundFile[] = [];
  #kustomizations: Kustomizations | undefined;
  readonly #kept = new Map<string, ManifestFile>();
  #keptCharacters = 0;
  #input: Uint8Array;
  #fixedInput: string | undefined;
  #fixed: NonNullable<Run['fixed']> = { fixes: 0, files: 0 };

  constructor({
    options,
    host,
    files,
    problems,
    evidence,
    checkers,
    isComplete,
    units,
    onlooker,
  }: CheckParts) {
    this.#parts = { isComplete, units };
    this.#facts = emptyIndex(this.#parts);
    this.#onlooker = onlooker;
    this.#evidence = evidence;
    this.#options = options;
    this.#host = host;
    this.#files = files;
    this.#checkers = checkers;
    this.#input = host.standardInput;
    for (const problem of problems) this.#tell(problem);
    this.#charts = chartFoldersIn(files).flatMap((folder) => this.#openChart(folder) ?? []);
  }

  run(): CheckResult {
    this.read();
    this.know({ files: [], built: [] });
    this.build(this.#files);
    const { run, fixedInput } = this.report();
    return { run: { ...run, files: this.withOverlays(run.files) }, fixedInput };
  }

  /** Reads all files: rules across files need the facts of all of them before the first finding. */
  read(): readonly FactsEntry[] {
    this.#manifests = this.#files.filter((file) => !this.#isInChart(file) && this.#read(file));
    return this.#facts.entries;
  }

  /** Takes notice of what files say that are checked elsewhere. Whichever thread reads a file, facts come in the order of the files. */
  know({ files, built }: Known): void {
    const all = [...this.#facts.entries, ...files].sort(([, a], [, b]) => (a < b ? -1 : 1));
    this.#facts = emptyIndex(this.#parts);
    for (const [folder, file, facts] of all) this.#facts.set(folder, file, facts);
    for (const [folder, facts] of built) this.#facts.setBuilt(folder, facts);
  }

  /** Builds the kustomizations among files, and takes notice of what they deploy. */
  build(files: readonly FoundFile[]): readonly BuiltEntry[] {
    if (this.#options.isolated) return [];
    this.#kustomizations = new Kustomizations({
      files: files.filter((file) => file !== STANDARD_INPUT),
      workingFolder: this.#host.workingFolder,
      checkerFor: (folder) => this.#checkers.get(folder)?.checker.checker,
      facts: this.#facts,
      rules: this.#host.rules,
      today: this.#host.today,
      onProblem: (problem) => this.#tell(problem),
    });
    return this.#facts.built;
  }

  report(): CheckResult {
    const { fix } = this.#options;
    const manifests = this.#manifests;
    if (fix !== undefined) {
      for (const chart of this.#charts) this.#fixChart(chart, fix, manifests);
      for (const file of manifests) this.#fix(file, fix);
      if (this.#fixed.fixes > 0) this.build(this.#files);
    }
    const run = {
      toolVersion: this.#host.version,
      rules: this.#host.rules,
      files: this.#withCharts(this.#reportAll(manifests)),
      problems: [...this.#problems.values()],
      ...(fix === undefined ? {} : { fixed: this.#fixed }),
    };
    return { run, fixedInput: fix === undefined ? undefined : this.#fixedInput };
  }

  #openChart(folder: string): ChartFolder | undefined {
    const { workingFolder, today } = this.#host;
    const checker = this.#checkers.get(folder);
    if (checker === undefined) return undefined;
    try {
      const chart = new ChartFolder({ folder, workingFolder, checker, given: this.#options.values, today });
      for (const message of chart.notes) this.#tell({ level: 'note', path: chart.path, message });
      // What a chart deploys may be what seems to be missing elsewhere.
      this.#facts.set(folder, join(folder, 'templates'), { ...NO_MANIFEST, complete: false });
      return chart;
    } catch (error) {
      if (!(error instanceof ChartError)) throw error;
      const path = relative(workingFolder, join(folder, 'Chart.yaml')).split(sep).join('/');
      this.#tell({ level: 'error', path, message: `The chart cannot be read: ${error.message}.` });
      return undefined;
    }
  }

  #fixChart(chart: ChartFolder, level: 'safe' | 'all', manifests: readonly FoundFile[]): void {
    try {
      const { fixes, files } = chart.fix(level);
      this.#fixed = { fixes: this.#fixed.fixes + fixes, files: this.#fixed.files + files.length };
      for (const file of manifests) {
        if (!files.includes(file.absolutePath)) continue;
        const known = this.#kept.get(file.path);
        if (known !== undefined) this.#forget(known);
        this.#read(file);
      }
    } catch (error) {
      const message = `The fixes cannot be written${codeOf(error)}.`;
      this.#tell({ level: 'error', path: chart.path, message });
    }
  }

  #isInChart({ absolutePath }: FoundFile): boolean {
    return this.#charts.some((chart) => chart.covers(absolutePath));
  }

  #withCharts(files: readonly CheckedFile[]): readonly CheckedFile[] {
    if (this.#charts.length === 0 && this.#evidence.length === 0) return files;
    const inCharts = this.#charts.flatMap((chart) => {
      const { format } = this.#options;
      const checked = chart.report(format === 'json' || format === 'sarif');
      this.#tellFailures(chart);
      const checker = this.#checkers.get(chart.folder);
      if (checker !== undefined) this.#onlooker?.onChart(chart, checker);
      return checked;
    });
    return joined([...files, ...this.#evidence, ...inCharts]);
  }

  /** Reads a file and notes its facts; tells whether it holds manifests. */
  #read(file: FoundFile): boolean {
    const manifest = this.#load(file);
    if (file === STANDARD_INPUT) this.#fixedInput = manifest?.stored() ?? '';
    if (manifest === undefined) return false;
    this.#tellFailures(manifest);
    const { facts, hasTemplates, isManifest } = manifest;
    if (!isManifest && !hasTemplates && facts.length === 0) return false;
    this.#facts.set(folderOf(file, this.#host), file.absolutePath, {
      facts,
      complete: !hasTemplates,
      isManifest,
    });
    if (!isManifest) return false;
    if (manifest.isSettled) this.#settled.add(file.path);
    else this.#keep(manifest);
    return true;
  }

  #load(file: FoundFile): ManifestFile | undefined {
    const { configuration, checker } = this.#checkerOf(file);
    const limit = configuration.maxFileSize;
    const content =
      file === STANDARD_INPUT ? readText(this.#input, limit) : readTextFile(file.absolutePath, limit);
    if ('text' in content) return new ManifestFile(file.path, content, checker);
    const level = content.skipped === 'unreadable' || file.isNamed ? 'error' : 'note';
    this.#tell({ level, path: file.path, message: content.message });
    // What is no text is no manifest; anything else may hold what seems to be missing.
    const complete = content.skipped === 'binary';
    this.#facts.set(folderOf(file, this.#host), file.absolutePath, { ...NO_MANIFEST, complete });
    return undefined;
  }

  #keep(manifest: ManifestFile): void {
    if (this.#keptCharacters + manifest.text.length > KEPT_CHARACTERS) return;
    this.#keptCharacters += manifest.text.length;
    this.#kept.set(manifest.path, manifest);
  }

  #manifestOf(file: FoundFile): ManifestFile | undefined {
    return this.#kept.get(file.path) ?? this.#load(file);
  }

  #fix(file: FoundFile, level: 'safe' | 'all'): void {
    const manifest = this.#settled.has(file.path) ? undefined : this.#manifestOf(file);
    // Templates are left as they are: their text is no manifest yet.
    if (manifest === undefined || manifest.hasTemplates) return;
    const findings = manifest.findings(this.#worldOf(file, manifest), false);
    const only = this.#kustomizations?.fixable(file.path, findings) ?? isActive;
    const isFixable = ({ finding }: FileFinding) =>
      isActive(finding) && finding.fixes.length > 0 && only(finding);
    if (!findings.some(isFixable)) return;
    const worldFor = (facts: readonly Fact[]) => this.#worldWith(file, facts);
    const options = { worldOf: worldFor, level, only, file: file.path, role: roleOf(file.path) };
    const { result, failures } = this.#checkerOf(file).checker.run((checker) =>
      fixAll(manifest.text, { ...options, checker }),
    );
    this.#tellFailures({ path: file.path, failures });
    if (result === undefined || result.text === manifest.text) return;
    if (!this.#write(file, manifest.stored(result.text))) return;
    this.#fixed = { fixes: this.#fixed.fixes + result.applied, files: this.#fixed.files + 1 };
    this.#forget(manifest);
    this.#read(file);
  }

  #write(file: FoundFile, text: string): boolean {
    if (file === STANDARD_INPUT) {
      this.#fixedInput = text;
      this.#input = new TextEncoder().encode(text);
      return true;
    }
    try {
      writeFileSync(file.absolutePath, text);
      for (const chart of this.#charts) chart.update(file.absolutePath, text);
      return true;
    } catch (error) {
      this.#tell({
        level: 'error',
        path: file.path,
        message: `The fixes cannot be written${codeOf(error)}.`,
      });
      return false;
    }
  }

  #forget({ path, text }: ManifestFile): void {
    if (this.#kept.delete(path)) this.#keptCharacters -= text.length;
  }

  #reportAll(manifests: readonly FoundFile[]): CheckedFile[] {
    return this.whereDeployed(manifests.flatMap((file) => this.#report(file) ?? []));
  }

  /** What becomes of what files say by themselves where kustomizations deploy them. */
  whereDeployed(files: readonly CheckedFile[]): CheckedFile[] {
    return files.map((file) => this.#kustomizations?.report(file) ?? file);
  }

  /** All files that were checked, with those in which kustomizations alone find something. */
  withOverlays(files: readonly CheckedFile[]): CheckedFile[] {
    const others = this.#kustomizations?.others(new Set(files.map(({ path }) => path))) ?? [];
    const outside = others.filter(({ path }) => !this.#isPathInChart(path));
    return [...files, ...outside].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  #isPathInChart(path: string): boolean {
    return this.#charts.some((chart) => chart.covers(resolve(this.#host.workingFolder, path)));
  }

  #report(file: FoundFile): CheckedFile | undefined {
    if (this.#settled.has(file.path)) return { path: file.path, text: '', findings: [] };
    const manifest = this.#manifestOf(file);
    if (manifest === undefined) return undefined;
    const plansFixes = this.#options.format === 'json' || this.#options.format === 'sarif';
    const world = this.#worldOf(file, manifest);
    const findings = manifest.findings(world, plansFixes);
    this.#tellFailures(manifest);
    this.#onlooker?.onManifest(manifest, world, this.#checkerOf(file));
    this.#forget(manifest);
    return { path: file.path, text: manifest.text, findings };
  }

  #tellFailures({ path, failures }: Pick<ManifestFile, 'path' | 'failures'>): void {
    for (const rule of failures) {
      const message =
        rule === 'document'
          ? 'A document could not be checked: this is a defect of the checker.'
          : `The rule ${rule} failed here: this is a defect of the rule.`;
      this.#tell({ level: 'error', path, message });
    }
  }

  #worldOf(file: FoundFile, { facts }: ManifestFile): World {
    if (this.#options.isolated) return worldOf(facts, false);
    return this.#facts.worldOf(folderOf(file, this.#host), file.absolutePath);
  }

  /** The world when the facts of a file are other ones than those that were noted. */
  #worldWith(file: FoundFile, facts: readonly Fact[]): World {
    if (this.#options.isolated) return worldOf(facts, false);
    return this.#facts.worldWith(folderOf(file, this.#host), file.absolutePath, facts);
  }

  #checkerOf(file: FoundFile): ConfiguredChecker {
    const checker = this.#checkers.get(folderOf(file, this.#host));
    if (checker === undefined) throw new Error('every folder has a checker');
    return checker;
  }

  /** Each problem is told once, also when a file is read twice. */
  #tell(problem: RunProblem): void {
    this.#problems.set(`${problem.path}\n${problem.position?.line}\n${problem.message}`, problem);
  }
}

function emptyIndex({ isComplete, units }: Pick<CheckParts, 'isComplete' | 'units'>): FactsIndex {
  const index = new FactsIndex(resolve);
  index.complete = isComplete;
  index.units = units;
  return index;
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
