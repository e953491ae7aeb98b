import type { Configuration } from '../engine/configuration.ts';
import {
  type ApplicationSets,
  applicationSets,
  type ChartDeployment,
  filesOfDeployments,
} from '../engine/derived/application-sets.ts';
import {
  type ChartFinding,
  type CheckedChart,
  type CheckedSet,
  checkChart,
} from '../engine/derived/chart-check.ts';
import type { ChartFixResult } from '../engine/derived/chart-fix.ts';
import { ChartSource } from '../engine/derived/chart-source.ts';
import { costsOf, shed, withoutDocuments } from '../engine/derived/shed-sets.ts';
import { type ValueSet, valueSetsOf } from '../engine/derived/value-sets.ts';
import type { Finding } from '../engine/finding.ts';
import type { FixLevel } from '../engine/fix-all.ts';
import type { FileContents } from '../helm/index.ts';
import { ChartAnalysis, ChartCaches } from '../helm/language/chart-analysis.ts';
import { carriedOver, movesBetween, shiftedSet } from './carried-findings.ts';
import { findingsByFile } from './chart-findings-by-file.ts';
import { ChartPlace, isRendered } from './chart-place.ts';
import type { ChartLink } from './chart-reader.ts';
import { type ChartChecking, type ChartRepair, fixWhole, repairsOf } from './chart-repairs.ts';
import type { CheckedDocument } from './file-checker.ts';
import { saysTheSame } from './structural-equality.ts';

export interface LastCheck {
  readonly checked: CheckedChart;
  readonly checking: ChartChecking;
  readonly failures: readonly string[];
  readonly byFile: ReadonlyMap<string, CheckedDocument>;
  readonly texts: ReadonlyMap<string, FileContents>;
}

/** So many documents that have changed altogether are looked at for a keystroke, and in one go once nobody types. */
const WHILE_TYPING = 24;
const AT_LEISURE = 48;

/** A chart in the workspace: what is on disk, under what the editor has. */
export class WorkspaceChart {
  readonly #place: ChartPlace;
  readonly #source: ChartSource;
  readonly #stored: Map<string, FileContents>;
  /** The versions of open files. */
  readonly #open = new Map<string, number>();
  /** Files that have changed since all sets of values were rendered. */
  readonly #changed = new Set<string>();
  #isStale = true;
  /** The sets of values that were not rendered with the latest edits, by name. */
  #behind: ReadonlySet<ValueSet['name']> = new Set();
  #isReleased = false;
  /** The findings that are shown since the documents were let go, with their files. */
  #letGo: ReadonlyMap<Finding, string> = new Map();
  #last: LastCheck | undefined;
  #deployments: readonly ChartDeployment[] = [];
  #applications: { readonly texts: readonly unknown[]; readonly sets: ApplicationSets } | undefined;
  #caches = new ChartCaches();
  #analysis: ChartAnalysis | undefined;

  /** @param links folders beside it that stand in it as links, the longest paths first */
  constructor(folder: string, files: ReadonlyMap<string, FileContents>, links: readonly ChartLink[] = []) {
    this.#place = new ChartPlace(folder, links);
    this.#stored = new Map(files);
    this.#source = new ChartSource(files);
  }

  get folder(): string {
    return this.#place.folder;
  }

  /** The path of a file from the chart's folder; undefined for files that have no part in what it renders. */
  fileOf(uri: string): string | undefined {
    return this.#place.fileOf(uri, (file) => this.#stored.has(file));
  }

  /** Where a file is, not the link that shows it: there people open it. */
  uriOf(file: string): string {
    return this.#place.uriOf(file);
  }

  /** Whether it has so many templates that speed counts for more than memory. */
  get isLarge(): boolean {
    return this.#stored.size > LARGE && [...this.#stored.keys()].filter(isRendered).length > LARGE;
  }

  /** Whether a file of it is open. */
  get isOpen(): boolean {
    return this.#open.size > 0;
  }

  /** Whether a file is a template, or a part of a dependency: then it is nothing by itself. */
  renders(uri: string): boolean {
    return isRendered(this.fileOf(uri) ?? '');
  }

  /** Keeps of the last check what is shown, unless a file of the chart is open: its documents take memory. */
  release(): void {
    if (this.#open.size === 0) this.#release();
  }

  /**
   * Keeps so much of the last check that its documents take no more memory than that. What is shown stays; what else somebody asks for is made
   * again.
   *
   * @param bytes roughly
   * @param isAtHand whether its own values stay in any case
   * @returns what is kept
   */
  keepWithin(bytes: number, isAtHand: boolean): number {
    const last = this.#last;
    if (last === undefined) return 0;
    const { sets, findings } = last.checked;
    const shedSets = new Map<CheckedSet, CheckedSet>();
    let kept = 0;
    for (const [index, cost] of costsOf(sets).entries()) {
      const set = sets[index];
      if (set === undefined || set.rendering.isShed === true) continue;
      const isOwn = set.rendering.derivation.valueSet.name === undefined;
      if (kept + cost <= bytes || (isAtHand && isOwn)) kept += cost;
      else if (isOwn) {
        this.#release();
        return 0;
      } else shedSets.set(set, shed(set));
    }
    if (shedSets.size === 0) return kept;
    const renderings = new Map([...shedSets].map(([set, now]) => [set.rendering, now.rendering]));
    for (const set of shedSets.keys()) this.#source.forgetSet(set.rendering.derivation.valueSet);
    const left = sets.map((set) => shedSets.get(set) ?? set);
    this.#source.keepDocuments(
      left.flatMap(({ rendering }) => rendering.documents.map(({ derived }) => derived.document)),
    );
    const checked = { sets: left, findings: withoutDocuments(findings, renderings) };
    this.#last = { ...last, checked };
    return kept;
  }

  #release(): void {
    if (this.#last === undefined || this.#isReleased) return;
    this.#source.forgetDocuments();
    this.#analysis = undefined;
    this.#caches = new ChartCaches();
    this.#letGo = new Map(this.#last.checked.findings.map(({ file, finding }) => [finding, file]));
    this.#last = { ...this.#last, checked: { sets: [], findings: [] } };
    this.#isReleased = true;
  }

  /** Takes the text that the editor has of a file. */
  setOpen(file: string, version: number, text: () => string): void {
    if (this.#open.get(file) === version) return;
    if (this.#isReleased) this.#isStale = true;
    this.#isReleased = false;
    this.#open.set(file, version);
    this.#replace(file, text());
  }

  /** From now on, of a file that was open, what is on disk counts; all others stay. */
  keepOpen(isOpen: (file: string) => boolean): void {
    for (const file of this.#open.keys()) {
      if (isOpen(file)) continue;
      this.#open.delete(file);
      this.#replace(file, this.#stored.get(file));
    }
  }

  /** Takes what is on disk; undefined when the file is gone. */
  setStored(file: string, content: FileContents | undefined): void {
    if (content === undefined) this.#stored.delete(file);
    else this.#stored.set(file, content);
    if (!this.#open.has(file)) this.#replace(file, content);
  }

  /** Takes a file beside the chart's folder that it is rendered with; undefined while there is none. */
  addOutside(file: string, content: FileContents | undefined): void {
    this.#place.addOutside(file);
    this.setStored(file, content);
  }

  /** Takes notice of the applications that deploy it. */
  deployedBy(deployments: readonly ChartDeployment[]): void {
    if (saysTheSame(deployments, this.#deployments)) return;
    this.#deployments = deployments;
    this.#applications = undefined;
    this.#isStale = true;
  }

  #replace(file: string, content: FileContents | undefined): void {
    if (this.#source.files.get(file) === content) return;
    const files = new Map(this.#source.files);
    if (content === undefined) files.delete(file);
    else files.set(file, content);
    this.#source.files = files;
    this.#changed.add(file);
    this.#isStale = true;
  }

  /** What can be told of the chart's files without running them. */
  get analysis(): ChartAnalysis {
    const { files } = this.#source;
    if (this.#analysis?.files !== files) this.#analysis = new ChartAnalysis(files, this.#caches);
    return this.#analysis;
  }

  /** All sets of values that the chart is rendered with. */
  #valueSets({ helm }: Configuration): ValueSet[] {
    return valueSetsOf(this.#source.files.keys(), helm.valueSets, this.#applicationSets.sets);
  }

  /** Those of applications; the same ones as long as what they are read from has not changed. */
  get #applicationSets(): ApplicationSets {
    if (this.#deployments.length === 0) return NO_SETS;
    const files = filesOfDeployments(this.#deployments);
    const texts = files.map((file) => this.#source.files.get(file));
    const known = this.#applications;
    if (known?.texts.every((text, index) => text === texts[index]) === true) return known.sets;
    const textOf = (file: string) => {
      const content = this.#source.files.get(file);
      return typeof content === 'string' ? content : undefined;
    };
    const sets = applicationSets(this.#deployments, textOf);
    this.#applications = { texts, sets };
    this.#source.lookThrough(sets.windows);
    return sets;
  }

  /** Whether some sets of values have not been rendered with the latest edits. */
  get isPartial(): boolean {
    return this.#behind.size > 0;
  }

  /**
   * The findings of the whole chart; the same object as long as nothing has changed.
   *
   * @param isQuick whether sets of values beside the chart's own may be as they were before the last edits, unless their own files were edited;
   *   and, where edits change very many documents, some of these
   */
  check(checking: ChartChecking, isQuick = false): LastCheck {
    const last = this.#lastWith(checking);
    if (!this.#isStale && last !== undefined && (isQuick || !this.isPartial)) return last;
    const isKept = ({ name, files }: ValueSet) =>
      isQuick && name !== undefined && !files.some((file) => this.#changed.has(file));
    return this.#checkBut(
      (set) => isKept(set) && this.#isDeployed(set),
      checking,
      isQuick ? WHILE_TYPING : undefined,
    );
  }

  /** The findings of the whole chart, with the documents of all sets of values. */
  checkWhole(checking: ChartChecking): LastCheck {
    const last = this.check(checking);
    const isWhole = last.checked.sets.every(({ rendering }) => rendering.isShed !== true);
    return isWhole && !this.#isReleased ? last : this.#checkBut(() => false, checking);
  }

  /** Renders one of the sets of values that edits have left behind. */
  completeOne(checking: ChartChecking): void {
    const [next] = this.#behind;
    if (this.#isStale || this.#lastWith(checking) === undefined) this.check(checking);
    else if (this.isPartial)
      this.#checkBut((set) => set.name !== next && this.#isDeployed(set), checking, AT_LEISURE);
  }

  /** Whether applications give a set of values as they did before, should it be one of theirs. */
  #isDeployed(set: ValueSet): boolean {
    return set.deployment === undefined || this.#applicationSets.sets.includes(set);
  }

  #lastWith({ contained }: ChartChecking): LastCheck | undefined {
    return this.#last?.checking.contained === contained ? this.#last : undefined;
  }

  /**
   * Checks with all sets of values but those whose last check still does.
   *
   * @param documents that have changed and are looked at; absent: all
   */
  #checkBut(isKept: (set: ValueSet) => boolean, checking: ChartChecking, documents?: number): LastCheck {
    const last = this.#lastWith(checking);
    const { contained, configuration, today } = checking;
    const valueSets = this.#valueSets(configuration);
    const texts = this.#source.files;
    const kept = new Map<ValueSet['name'], CheckedSet>();
    const others = new Map<ValueSet['name'], CheckedSet>();
    const moved = movesBetween(last?.texts ?? texts, texts);
    for (const set of last?.checked.sets ?? []) {
      const { valueSet } = set.rendering.derivation;
      (isKept(valueSet) ? kept : others).set(valueSet.name, shiftedSet(set, moved));
    }
    const editing = this.#open.size === 0 ? undefined : { documents, edited: this.#changed, last: others };
    const isBehind = [...kept].some(
      ([name, { rendering }]) => this.#isStale || this.#behind.has(name) || rendering.isShed === true,
    );
    const { result, failures } = contained.run((checker) =>
      checkChart(
        this.#source,
        valueSets,
        { checker, configuration, today, folder: this.folder, isBehind },
        kept,
        editing,
      ),
    );
    const fresh = result ?? { sets: [], findings: [] };
    this.#isReleased = false;
    this.#noteBehind(fresh, kept);
    const checked =
      last === undefined ? fresh : { ...fresh, findings: carriedOver(last.checked, moved, fresh, texts) };
    this.#last = { checked, checking, failures, byFile: findingsByFile(checked.findings, this), texts };
    return this.#last;
  }

  /** After an edit all that was kept is behind, and what has documents that wait; without one, what was behind before. */
  #noteBehind({ sets }: CheckedChart, kept: ReadonlyMap<ValueSet['name'], CheckedSet>): void {
    const before = this.#behind;
    const isBehind = ({ rendering: { derivation, waiting } }: CheckedSet) => {
      const { name } = derivation.valueSet;
      return kept.has(name) ? this.#isStale || before.has(name) : waiting.length > 0;
    };
    this.#behind = new Set(sets.filter(isBehind).map(({ rendering }) => rendering.derivation.valueSet.name));
    this.#isStale = false;
    if (!this.isPartial) this.#changed.clear();
  }

  /** The findings of a file, as if they were those of one document; undefined when there are none. */
  findingsIn(file: string, checking: ChartChecking): CheckedDocument | undefined {
    return this.check(checking, true).byFile.get(file);
  }

  /** The finding of the chart behind one of a file. */
  findingOf(finding: Finding): ChartFinding | undefined {
    const known = this.#last?.checked.findings.find((candidate) => candidate.finding === finding);
    const file = this.#letGo.get(finding);
    if (known !== undefined || file === undefined || this.#last === undefined) return known;
    if (this.#isReleased) this.#isStale = true;
    const { findings } = this.check(this.#last.checking).checked;
    return findings.find((other) => other.file === file && isSame(other.finding, finding));
  }

  /** What may be done about a finding, each with its edits of files of the chart or the reason why not. */
  repairs(finding: ChartFinding): ChartRepair[] {
    const last = this.#last;
    if (last === undefined) return [];
    const { windows } = this.#applicationSets;
    return repairsOf(finding, { files: this.#source.files, windows, folder: this.folder, ...last.checking });
  }

  /** Repairs findings, without keeping the result. */
  fixAll(level: FixLevel, checking: ChartChecking, only: (finding: ChartFinding) => boolean): ChartFixResult {
    const { windows } = this.#applicationSets;
    const chart = { files: this.#source.files, windows, folder: this.folder, ...checking };
    return fixWhole(chart, this.#valueSets(checking.configuration), level, only);
  }

  /** The text of a file as the chart has it now. */
  text(file: string): string | undefined {
    return this.#source.text(file);
  }
}

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.range.start === b.range.start && a.range.end === b.range.end;
}

const NO_SETS: ApplicationSets = { sets: [], windows: [] };

const LARGE = 30;
