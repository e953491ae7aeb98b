import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Checker } from '../engine/checker.ts';
import { type CheckedOverlay, checkOverlay, OverlayCache } from '../engine/derived/overlay.ts';
import { deployedFolders, Overlays } from '../engine/derived/overlays.ts';
import type { FileContents } from '../helm/index.ts';
import { joinPath, KUSTOMIZATION_NAMES, type KustomizeFiles, referencesOf } from '../kustomize/index.ts';
import type { CheckedFile, FileFinding, RunProblem } from '../report/run.ts';
import type { Rule } from '../rules/rule.ts';
import { LineIndex } from '../syntax/lines.ts';
import { parseDocument } from '../syntax/parse.ts';
import type { FoundFile } from './find-files.ts';

/** Larger files are no part of a kustomization that anybody would look at. */
const MAX_FILE_SIZE = 5_000_000;

/** Folders whose files are the project's history or its downloads. */
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules']);

/** Files of a folder on disk, read when they are asked for. */
class DiskFiles implements KustomizeFiles {
  readonly #root: string;
  readonly #realRoot: string;
  readonly #known = new Map<string, FileContents | undefined>();

  constructor(root: string) {
    this.#root = root;
    this.#realRoot = realpathSync(root);
  }

  get(path: string): FileContents | undefined {
    if (!this.#known.has(path)) this.#known.set(path, this.#read(path));
    return this.#known.get(path);
  }

  *keys(): Iterable<string> {
    const open = [''];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      for (const entry of readdirSync(join(this.#root, folder), { withFileTypes: true })) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) open.push(path);
        else if (entry.isFile()) yield path;
      }
    }
  }

  #read(path: string): FileContents | undefined {
    const file = join(this.#root, path);
    try {
      const real = realpathSync(file);
      if (!real.startsWith(this.#realRoot + sep)) return undefined;
      const stats = statSync(real);
      if (!stats.isFile() || stats.size > MAX_FILE_SIZE) return undefined;
      const bytes = readFileSync(real);
      return isUtf8(bytes) ? bytes.toString('utf8').replace(/^\ufeff/, '') : bytes;
    } catch {
      return undefined;
    }
  }
}

export interface KustomizationsOptions {
  readonly files: readonly FoundFile[];
  readonly workingFolder: string;
  /** The checker for a folder, by its absolute path. */
  readonly checkerFor: (folder: string) => Checker | undefined;
  readonly rules: readonly Rule[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Told of what keeps a kustomization from being built as a whole. */
  readonly onProblem: (problem: RunProblem) => void;
}

/** The kustomizations among files, built and checked. */
export class Kustomizations {
  readonly #root: string;
  readonly #disk: DiskFiles;
  readonly #overlays: Overlays;
  readonly #files: readonly FoundFile[];

  constructor({ files, workingFolder, checkerFor, rules, today, onProblem }: KustomizationsOptions) {
    this.#files = files;
    this.#root = rootOf(files, workingFolder);
    this.#disk = new DiskFiles(this.#root);
    const folders = new Set(
      files
        .filter(({ absolutePath }) => KUSTOMIZATION_NAMES.includes(basename(absolutePath)))
        .map(({ absolutePath }) => this.#pathOf(dirname(absolutePath))),
    );
    const cache = new OverlayCache();
    const checked: CheckedOverlay[] = [];
    for (const folder of deployedFolders([...folders], (each) => this.#references(each))) {
      const checker = checkerFor(join(this.#root, folder));
      if (checker === undefined) continue;
      try {
        const overlay = checkOverlay(this.#disk, folder, checker, cache);
        checked.push(overlay);
        for (const problem of withoutConsequences(overlay.problems))
          onProblem(this.#told(problem, workingFolder));
      } catch {
        const message = 'The kustomization could not be checked: this is a defect of the checker.';
        onProblem({ level: 'error', path: shown(join(this.#root, folder), workingFolder), message });
      }
    }
    const documentRules = new Set(rules.filter(({ meta }) => meta.scope === 'document').map(({ id }) => id));
    this.#overlays = new Overlays(checked, (file) => this.#textOf(file), documentRules, today);
  }

  #told({ file, range, message }: CheckedOverlay['problems'][number], workingFolder: string): RunProblem {
    const text = range === undefined ? undefined : this.#textOf(file);
    const position =
      text === undefined || range === undefined
        ? {}
        : { position: new LineIndex(text).positionAt(range.start) };
    return { level: 'note', path: shown(join(this.#root, file), workingFolder), message, ...position };
  }

  /** The findings of a file where it is deployed. */
  report(file: FoundFile, checked: CheckedFile): CheckedFile {
    const path = this.#pathOf(file.absolutePath);
    const own = checked.findings.map((each) => ({ finding: each.finding, range: each.place.range, each }));
    const { kept, added } = this.#overlays.in(path, own);
    if (added.length === 0 && kept.length === own.length && kept.every((each, index) => each === own[index]))
      return checked;
    const text = checked.text || (this.#textOf(path) ?? '');
    const findings = [
      ...kept.map(({ each, finding }): FileFinding => ({ ...each, finding })),
      ...added.map((finding) => inFile(finding, new LineIndex(text))),
    ];
    return { path: checked.path, text, findings: findings.sort(byRange) };
  }

  /** Files with findings of what is built, which hold no manifests. */
  others(reported: ReadonlySet<string>): CheckedFile[] {
    const named = new Set(this.#overlays.files);
    return this.#files
      .filter(({ path, absolutePath }) => !reported.has(path) && named.has(this.#pathOf(absolutePath)))
      .map((file) => this.report(file, { path: file.path, text: '', findings: [] }));
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
    return {
      folders: referencesOf(root).resources.flatMap((path) => joinPath(folder, path) ?? []),
      isComponent: root.get('kind')?.string === 'Component',
    };
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
function withoutConsequences(problems: CheckedOverlay['problems']): CheckedOverlay['problems'] {
  const lacksSome = problems.some(({ kind }) => kind === 'remote' || kind === 'missing-file');
  return lacksSome ? problems.filter(({ kind }) => kind !== 'invalid') : problems;
}

function shown(path: string, workingFolder: string): string {
  return relative(workingFolder, path).split(sep).join('/') || '.';
}

function inFile(finding: FileFinding['finding'], lines: LineIndex): FileFinding {
  const { range } = finding;
  const place = { range, start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
  return { finding, place, related: [], fixes: [] };
}

function byRange(a: FileFinding, b: FileFinding): number {
  return a.place.range.start - b.place.range.start || a.place.range.end - b.place.range.end;
}
