import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Checker } from '../engine/checker.ts';
import {
  applicationSets,
  type ChartDeployment,
  filesOfDeployments,
} from '../engine/derived/application-sets.ts';
import {
  type ChartCheckOptions,
  type ChartFinding,
  type CheckedChart,
  checkChart,
} from '../engine/derived/chart-check.ts';
import { ChartFixer, fixChart } from '../engine/derived/chart-fix.ts';
import { ChartSource } from '../engine/derived/chart-source.ts';
import { filesOutside, OWN_VALUES, type ValueSet, valueSetsOf } from '../engine/derived/value-sets.ts';
import { isActive } from '../engine/finding.ts';
import type { FixLevel } from '../engine/fix-all.ts';
import type { FileContents, SetValue } from '../helm/index.ts';
import type { CheckedFile, FileFinding, FilePlace, PlannedFix } from '../report/run.ts';
import { LineIndex } from '../syntax/lines.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import { readChartFiles } from './chart-files.ts';
import type { ConfiguredChecker } from './configurations.ts';
import { codeOf, type FoundFile } from './find-files.ts';
import { UsageError } from './options.ts';
import { told } from './told-findings.ts';
import type { WantedFixes } from './wanted-fixes.ts';

/** Values that the command line gives; they then are the only set that charts are checked with. */
export interface GivenValues {
  /** Paths from the working folder. */
  readonly files: readonly string[];
  readonly set: readonly SetValue[];
}

/**
 * The folders of charts among files: those that hold Chart.yaml, without the dependencies inside of other charts.
 *
 * @returns absolute paths
 */
export function chartFoldersIn(files: readonly FoundFile[]): string[] {
  const folders = files
    .filter(({ absolutePath }) => basename(absolutePath) === 'Chart.yaml')
    .map(({ absolutePath }) => dirname(absolutePath))
    .sort();
  return folders.filter((folder) => !folders.some((other) => folder.startsWith(join(other, 'charts') + sep)));
}

export interface ChartFolderOptions {
  /** Absolute path. */
  readonly folder: string;
  readonly workingFolder: string;
  readonly checker: ConfiguredChecker;
  readonly given: GivenValues;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** A chart on disk, rendered and checked. */
export class ChartFolder {
  readonly notes: readonly string[];
  readonly #options: ChartFolderOptions;
  #source: ChartSource;
  #valueSets: readonly ValueSet[];
  #checked: CheckedChart | undefined;
  #knownFixer: ChartFixer | undefined;
  #deadline = Number.POSITIVE_INFINITY;
  readonly #failures = new Set<string>();
  /** Files that begin with a byte order mark. */
  #marked: ReadonlySet<string>;

  /** @throws {ChartError} when the chart cannot be read, {UsageError} for values files that were named */
  constructor(options: ChartFolderOptions) {
    this.#options = options;
    const { folder, workingFolder, given, checker } = options;
    const { files: own, notes } = readChartFiles(folder, workingFolder);
    this.notes = notes;
    const files = new Map<string, FileContents>(own);
    const configured = checker.configuration.helm.valueSets;
    for (const file of filesOutside(configured)) {
      const text = readIfThere(join(folder, file));
      if (text !== undefined) files.set(file, text);
    }
    const named = given.files.map((file) => {
      const path = relative(folder, resolve(workingFolder, file)).split(sep).join('/');
      files.set(path, readNamed(file, workingFolder));
      return path;
    });
    this.#source = new ChartSource(files);
    this.#marked = markedIn(files);
    this.#valueSets = isGiven(given)
      ? [{ ...OWN_VALUES, files: named, set: given.set }]
      : valueSetsOf(files.keys(), configured);
  }

  /** Takes notice of the applications that deploy it. Values of the command line take the place of theirs. */
  deployedBy(deployments: readonly ChartDeployment[]): void {
    const { folder, given, checker } = this.#options;
    if (isGiven(given)) return;
    const files = new Map(this.#source.files);
    const outside = new Map<string, FileContents>();
    for (const file of filesOfDeployments(deployments)) {
      const text = files.has(file) ? undefined : readIfThere(join(folder, file));
      if (text !== undefined) outside.set(file, text);
    }
    const all = new Map([...files, ...outside]);
    const { sets, windows } = applicationSets(deployments, (file) => textIn(all, file));
    if (sets.length === 0) return;
    this.#source = new ChartSource(all, windows);
    this.#marked = new Set([...this.#marked, ...markedIn(outside)]);
    this.#valueSets = valueSetsOf(files.keys(), checker.configuration.helm.valueSets, sets);
    this.#checked = undefined;
  }

  /** Absolute path. */
  get folder(): string {
    return this.#options.folder;
  }

  /** The files that it is rendered from, by absolute path. */
  get files(): ReadonlyMap<string, FileContents> {
    return new Map([...this.#source.files].map(([file, content]) => [join(this.folder, file), content]));
  }

  /** A file of the chart relative to the working folder, with `/` between the parts. */
  shown(file: string): string {
    const { folder, workingFolder } = this.#options;
    return relative(workingFolder, join(folder, file)).split(sep).join('/');
  }

  /** Chart.yaml, as reports show it. */
  get path(): string {
    return this.shown('Chart.yaml');
  }

  /** Whether a file (absolute path) is checked as a part of this chart, and not by itself. */
  covers(absolutePath: string): boolean {
    const file = relative(this.#options.folder, absolutePath).split(sep).join('/');
    return /^(?:templates|charts)\//.test(file);
  }

  get checked(): CheckedChart {
    if (this.#checked === undefined) {
      const { result } = this.#contained((checker) =>
        checkChart(this.#source, this.#valueSets, this.#checkOptions(checker)),
      );
      this.#checked = result ?? { sets: [], findings: [] };
      this.#knownFixer = undefined;
    }
    return this.#checked;
  }

  /** Rules that failed, by id; `document` where the chart could not be checked at all. */
  get failures(): readonly string[] {
    return [...this.#failures];
  }

  /**
   * The files that were looked at, with their findings.
   *
   * @param wanted of some fixes, the first of each finding as far as time allows: to prove one is to render the chart
   */
  report(wanted: WantedFixes): CheckedFile[] {
    this.#deadline = wanted === 'all' ? Number.POSITIVE_INFINITY : performance.now() + PLANNING_TIME;
    const byFile = new Map<string, ChartFinding[]>();
    for (const file of this.#source.files.keys()) if (isLookedAt(file)) byFile.set(file, []);
    for (const finding of this.checked.findings) {
      byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
    }
    return [...byFile].flatMap(([file, findings]): CheckedFile[] => {
      const text = this.#source.text(file);
      if (text === undefined) return [];
      const lines = new LineIndex(text);
      return [
        {
          path: this.shown(file),
          text: findings.length === 0 ? '' : text,
          findings: findings.map((finding) => this.#inFile(finding, lines, wanted)),
        },
      ];
    });
  }

  #inFile(chartFinding: ChartFinding, lines: LineIndex, wanted: WantedFixes): FileFinding {
    const { finding, file, related } = chartFinding;
    const isPlanned = wanted !== 'none' && isActive(finding);
    const fixes = isPlanned ? this.#planned(chartFinding) : [];
    return {
      // Of the fixes, those that were proven on the chart.
      finding: told(finding, fixes),
      place: placeOf(finding.range, lines),
      related: related.map((other) => ({
        ...(other.file === file ? {} : { file: this.shown(other.file) }),
        place: placeOf(
          other.range,
          other.file === file ? lines : new LineIndex(this.#source.text(other.file) ?? ''),
        ),
        message: other.message,
      })),
      fixes,
    };
  }

  #planned(finding: ChartFinding): PlannedFix[] {
    let isFound = false;
    return this.#fixer.offersFor(finding).flatMap((offer): PlannedFix[] => {
      if (this.#deadline < Number.POSITIVE_INFINITY && (isFound || performance.now() > this.#deadline))
        return [];
      const { result: plan } = this.#contained(() => this.#fixer.plan(finding, offer));
      if (plan === undefined || 'refused' in plan || plan.configuration.length > 0) return [];
      isFound = true;
      const elsewhere = plan.files
        .filter(({ file }) => file !== finding.file)
        .map(({ file, edits }) => ({ file: this.shown(file), text: this.#source.text(file) ?? '', edits }));
      return [
        {
          title: offer.title,
          applicability: offer.applicability,
          edits: plan.files.find(({ file }) => file === finding.file)?.edits ?? [],
          ...(elsewhere.length > 0 && { elsewhere }),
        },
      ];
    });
  }

  /**
   * Repairs the chart in place.
   *
   * @returns how many findings were repaired, and the absolute paths of the files that were changed
   */
  fix(level: FixLevel): { fixes: number; files: readonly string[] } {
    const { result } = this.#contained((checker) =>
      fixChart(this.#source, this.#valueSets, this.#checkOptions(checker), level),
    );
    this.#checked = undefined;
    if (result === undefined) return { fixes: 0, files: [] };
    const files = [...result.files].map(([file, { text }]) => {
      const path = join(this.#options.folder, file);
      writeFileSync(path, (this.#marked.has(file) ? BYTE_ORDER_MARK : '') + text);
      return path;
    });
    return { fixes: result.applied, files };
  }

  /** Takes notice of a file (absolute path) that was changed otherwise. */
  update(absolutePath: string, text = readIfThere(absolutePath)): void {
    const file = relative(this.#options.folder, absolutePath).split(sep).join('/');
    if (!this.#source.files.has(file) || text === undefined) return;
    this.#source.files = new Map([...this.#source.files, [file, text]]);
    this.#checked = undefined;
  }

  get #fixer(): ChartFixer {
    this.#knownFixer ??= new ChartFixer(this.#checkOptions(this.#options.checker.checker.checker));
    return this.#knownFixer;
  }

  #checkOptions(checker: Checker): ChartCheckOptions {
    const { folder, today, workingFolder } = this.#options;
    return {
      checker,
      configuration: this.#options.checker.configuration,
      today,
      folder: folder.split(sep).join('/'),
      readFile: (path) => readIfThere(resolve(workingFolder, path)),
    };
  }

  #contained<Result>(work: (checker: Checker) => Result): { result: Result | undefined } {
    const { result, failures } = this.#options.checker.checker.run(work);
    for (const failure of failures) this.#failures.add(failure);
    return { result };
  }
}

function isGiven({ files, set }: GivenValues): boolean {
  return files.length > 0 || set.length > 0;
}

function markedIn(files: ReadonlyMap<string, FileContents>): ReadonlySet<string> {
  const isMarked = (content: FileContents) =>
    typeof content === 'string' && content.startsWith(BYTE_ORDER_MARK);
  return new Set([...files].flatMap(([file, content]) => (isMarked(content) ? [file] : [])));
}

function textIn(files: ReadonlyMap<string, FileContents>, file: string): string | undefined {
  const content = files.get(file);
  return typeof content === 'string' ? content : undefined;
}

const BYTE_ORDER_MARK = '\ufeff';

/** For a report that only tells that there are fixes; in ms. */
const PLANNING_TIME = 4000;

/** Files of the chart that count as checked: what is rendered, and what it is rendered from. */
function isLookedAt(file: string): boolean {
  return file === 'Chart.yaml' || file === 'values.yaml' || /^templates\/.*\.(?:ya?ml|tpl|json)$/.test(file);
}

function placeOf(range: OffsetRange, lines: LineIndex): FilePlace {
  return { range, start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function readNamed(file: string, workingFolder: string): string {
  try {
    return readFileSync(resolve(workingFolder, file), 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: The values file cannot be read${codeOf(error)}.`);
  }
}
