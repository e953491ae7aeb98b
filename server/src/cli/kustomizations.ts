import { basename, dirname, join, relative, sep } from 'node:path';
import type { World } from '../analysis/world.ts';
import type { Checker } from '../engine/checker.ts';
import {
  type BuiltOverlay,
  buildOverlay,
  type CheckedOverlay,
  checkOverlay,
  Inspections,
} from '../engine/derived/overlay.ts';
import { deployedSources, type OverlaySource } from '../engine/derived/overlay-sources.ts';
import { Overlays } from '../engine/derived/overlays.ts';
import { TypedFiles } from '../engine/derived/typed-files.ts';
import { type Finding, isActive } from '../engine/finding.ts';
import type { FixLevel } from '../engine/fix-all.ts';
import {
  buildKustomization,
  DocumentCache,
  joinPath,
  KUSTOMIZATION_NAMES,
  referencesOf,
} from '../kustomize/index.ts';
import type { CheckedFile, FileFinding, PlannedFix, RunProblem } from '../report/run.ts';
import type { Rule } from '../rules/rule.ts';
import { LineIndex } from '../syntax/lines.ts';
import { parseDocument } from '../syntax/parse.ts';
import { applyEdits } from '../syntax/ranges.ts';
import type { FactsIndex } from '../workspace/facts-index.ts';
import type { FoundFile } from './find-files.ts';
import { KustomizeFolder } from './kustomize-folder.ts';
import { OverlayRepairs } from './overlay-repairs.ts';
import { told } from './told-findings.ts';
import type { WantedFixes } from './wanted-fixes.ts';

export interface KustomizationsOptions {
  readonly files: readonly FoundFile[];
  readonly workingFolder: string;
  /** The checker for a folder, by its absolute path. */
  readonly checkerFor: (folder: string) => Checker | undefined;
  /** What the files say; told of what is deployed in their stead. */
  readonly facts: FactsIndex;
  readonly rules: readonly Rule[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Told of what keeps a kustomization from being built as a whole. */
  readonly onProblem: (problem: RunProblem) => void;
  /** Told of what each deploys. */
  readonly onOverlay: (overlay: BuiltOverlay, around: OverlayAround) => void;
}

/** What is known around a kustomization. */
export interface OverlayAround {
  readonly world: World;
  /** The absolute path of its folder. */
  readonly unit: string;
  /** The absolute path of a file. */
  pathOf(file: string): string;
  textOf(file: string): string | undefined;
}

/** Built resources of so many characters in all are kept until all are built; others are built again. */
const KEPT_CHARACTERS = 1_000_000;

/** The kustomizations among files, built and checked. */
export class Kustomizations {
  readonly #options: KustomizationsOptions;
  readonly #root: string;
  readonly #disk: KustomizeFolder;
  readonly #typed: TypedFiles;
  readonly #documents = new DocumentCache(true);
  readonly #inspections = new Inspections();
  /** Absolute paths of the files, by the paths that reports show. */
  readonly #paths: Map<string, string>;
  readonly #overlays: Overlays;
  readonly #repairs: OverlayRepairs;

  constructor(options: KustomizationsOptions) {
    const { files, workingFolder, rules } = options;
    this.#options = options;
    this.#root = rootOf(files, workingFolder);
    this.#paths = new Map(files.map(({ path, absolutePath }) => [path, absolutePath]));
    this.#disk = new KustomizeFolder(this.#root);
    this.#typed = new TypedFiles((file) => this.#textOf(file));
    const documentRules = new Set(rules.filter(({ meta }) => meta.scope === 'document').map(({ id }) => id));
    this.#overlays = new Overlays(this.#check(this.#build()), documentRules);
    const own = new Set(files.map(({ absolutePath }) => this.#pathOf(absolutePath)));
    this.#repairs = new OverlayRepairs({
      ...{ files: this.#disk, documents: this.#documents, overlays: this.#overlays },
      checkerFor: (folder) => options.checkerFor(join(this.#root, folder)),
      isOwn: (file) => own.has(file),
      textOf: (file) => this.#textOf(file),
      shown: (file) => shown(join(this.#root, file), workingFolder),
    });
  }

  /** Which fixes a report needs; none unless it is told. */
  set wantedFixes(wanted: WantedFixes) {
    this.#repairs.wanted = wanted;
  }

  /**
   * What repairs findings of what is built: the new texts of some files, by absolute path, and how many findings they repair. Others can
   * be repaired when these are written.
   */
  repair(level: FixLevel): { readonly texts: ReadonlyMap<string, string>; readonly applied: number } {
    const { files, applied } = this.#repairs.planAll(level);
    const texts = files.map(({ file, edits }) => {
      const text = applyEdits(this.#textOf(file) ?? '', edits);
      return [join(this.#root, file), this.#disk.marked(file, text)] as const;
    });
    return { texts: new Map(texts), applied };
  }

  /** How reports call a file. */
  shown(absolutePath: string): string {
    return shown(absolutePath, this.#options.workingFolder);
  }

  /** All facts have to be known before rules across files can speak. */
  #build(): (readonly [OverlaySource, BuiltOverlay | undefined])[] {
    const { files, workingFolder, facts, onProblem } = this.#options;
    const folders = new Set(
      files
        .filter(({ absolutePath }) => KUSTOMIZATION_NAMES.includes(basename(absolutePath)))
        .map(({ absolutePath }) => this.#pathOf(dirname(absolutePath))),
    );
    let kept = 0;
    const deploymentsOf = (folder: string) =>
      facts.deploymentsOf(join(this.#root, folder)).map(({ application, file }) => ({
        application,
        file: file.startsWith(this.#root + sep) ? this.#pathOf(file) : undefined,
      }));
    const deployed = deployedSources([...folders], (each) => this.#references(each), deploymentsOf);
    return deployed.flatMap((source) => {
      const built = this.#built(source);
      if (built === undefined) return [];
      for (const problem of withoutConsequences(built.problems))
        onProblem(this.#told(problem, workingFolder));
      facts.setBuilt(join(this.#root, source.name), {
        facts: built.facts,
        complete: built.isWhole,
        deployed: new Set([...built.deployed].map((file) => join(this.#root, file))),
      });
      kept += built.size;
      return [[source, kept > KEPT_CHARACTERS ? undefined : built] as const];
    });
  }

  #built(source: OverlaySource): BuiltOverlay | undefined {
    const { folder, amendment } = source;
    const checker = this.#options.checkerFor(join(this.#root, folder));
    return (
      checker &&
      this.#contained(folder, () => {
        const built = buildKustomization(this.#disk, folder, { cache: this.#documents, amendment });
        return buildOverlay(source, built, { checker, inspections: this.#inspections });
      })
    );
  }

  #check(overlays: (readonly [OverlaySource, BuiltOverlay | undefined])[]): CheckedOverlay[] {
    const { checkerFor, facts, today, onOverlay } = this.#options;
    return overlays.flatMap(([source, known], index) => {
      const built = known ?? this.#built(source);
      const { folder } = source;
      // What has been checked is not held on to.
      overlays[index] = [source, undefined];
      const checker = checkerFor(join(this.#root, folder));
      if (built === undefined || checker === undefined) return [];
      const unit = join(this.#root, folder);
      const world = facts.worldOfBuilt(join(this.#root, source.name));
      const checking = { checker, world, typed: this.#typed, today };
      const pathOf = (file: string) => join(this.#root, file);
      return (
        this.#contained(folder, () => {
          onOverlay(built, { world, unit, pathOf, textOf: (file) => this.#textOf(file) });
          return checkOverlay(built, checking);
        }) ?? []
      );
    });
  }

  #contained<Result>(folder: string, work: () => Result): Result | undefined {
    try {
      return work();
    } catch {
      const message = 'The kustomization could not be checked: this is a defect of the checker.';
      const path = shown(join(this.#root, folder), this.#options.workingFolder);
      this.#options.onProblem({ level: 'error', path, message });
      return undefined;
    }
  }

  #told({ file, range, message }: BuiltOverlay['problems'][number], workingFolder: string): RunProblem {
    const text = range === undefined ? undefined : this.#textOf(file);
    const position =
      text === undefined || range === undefined
        ? {}
        : { position: new LineIndex(text).positionAt(range.start) };
    return { level: 'note', path: shown(join(this.#root, file), workingFolder), message, ...position };
  }

  /** The findings of a file where it is deployed. */
  report(checked: CheckedFile): CheckedFile {
    const path = this.#pathIn(checked.path);
    if (path === undefined || !this.#overlays.concern(path)) return checked;
    const own = this.#placed(path, checked.findings);
    const { kept, added } = this.#overlays.in(path, own);
    if (added.length === 0 && kept.length === own.length && kept.every((each, index) => each === own[index]))
      return checked;
    const text = checked.text || (this.#textOf(path) ?? '');
    const lines = new LineIndex(text);
    const fixes = this.#repairs.planned(added);
    const findings = [
      ...kept.map(({ each, finding }): FileFinding => ({ ...each, finding })),
      ...added.map((found) => inFile(found.finding, lines, fixes.get(found) ?? [])),
    ];
    return { path: checked.path, text, findings: findings.sort(byRange) };
  }

  /** Which findings of a file are there to be fixed: not those that every overlay repairs. */
  fixable(file: string, findings: readonly FileFinding[]): (finding: Finding) => boolean {
    const path = this.#pathIn(file);
    if (path === undefined || !this.#overlays.concern(path)) return isActive;
    return this.#overlays.fixable(path, this.#placed(path, findings));
  }

  /** Files with findings of what is built, which hold no manifests. */
  others(reported: ReadonlySet<string>): CheckedFile[] {
    const named = this.#overlays.files;
    const known = new Set(named);
    const found = this.#options.files.filter(
      ({ path, absolutePath }) => !reported.has(path) && known.has(this.#pathOf(absolutePath)),
    );
    // Nobody looks for inputs of generators, such as files of settings, among manifests.
    const inputs = named.filter((file) => !/\.(?:ya?ml|json)$/i.test(file));
    for (const file of inputs)
      this.#paths.set(shown(join(this.#root, file), this.#options.workingFolder), join(this.#root, file));
    const paths = [
      ...found.map(({ path }) => path),
      ...inputs.map((file) => shown(join(this.#root, file), this.#options.workingFolder)),
    ];
    return [...new Set(paths)].map((path) => this.report({ path, text: '', findings: [] }));
  }

  #placed(path: string, findings: readonly FileFinding[]) {
    return findings.map((each) => ({
      each,
      finding: each.finding,
      range: each.place.range,
      document: this.#typed.documentIndexAt(path, each.place.range.start),
    }));
  }

  /** The path from the root of a file as reports call it. */
  #pathIn(path: string): string | undefined {
    const found = this.#paths.get(path);
    return found === undefined ? undefined : this.#pathOf(found);
  }

  #pathOf(absolutePath: string): string {
    return relative(this.#root, absolutePath).split(sep).join('/');
  }

  #textOf(file: string): string | undefined {
    const contents = this.#disk.get(file);
    return typeof contents === 'string' ? contents : undefined;
  }

  #references(folder: string): { folders: string[]; isComponent: boolean } {
    const file = KUSTOMIZATION_NAMES.map((name) => (folder === '' ? name : `${folder}/${name}`)).find(
      (path) => this.#textOf(path) !== undefined,
    );
    const { root } = parseDocument(file === undefined ? '' : (this.#textOf(file) ?? ''));
    if (root === undefined) return { folders: [], isComponent: false };
    const { resources, isComponent } = referencesOf(root);
    return { folders: resources.flatMap((path) => joinPath(folder, path) ?? []), isComponent };
  }
}

/** The folder that nothing is read outside of: the working folder, or what holds all files when some are elsewhere. */
function rootOf(files: readonly FoundFile[], workingFolder: string): string {
  let root = workingFolder;
  for (const { absolutePath } of files) {
    while (!absolutePath.startsWith(root + sep) && dirname(root) !== root) root = dirname(root);
  }
  return root;
}

/** What stands elsewhere is missing to the patches for it, which is not worth a word of its own. */
function withoutConsequences(problems: BuiltOverlay['problems']): BuiltOverlay['problems'] {
  const lacksSome = problems.some(({ kind }) => ['remote', 'missing-file', 'missing-input'].includes(kind));
  return lacksSome ? problems.filter(({ kind }) => kind !== 'invalid') : problems;
}

function shown(path: string, workingFolder: string): string {
  return relative(workingFolder, path).split(sep).join('/') || '.';
}

/** @param fixes those that were proven on what is built */
function inFile(finding: Finding, lines: LineIndex, fixes: readonly PlannedFix[]): FileFinding {
  const { range } = finding;
  const place = { range, start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
  return { finding: told(finding, fixes), place, related: [], fixes };
}

function byRange(a: FileFinding, b: FileFinding): number {
  return a.place.range.start - b.place.range.start || a.place.range.end - b.place.range.end;
}
