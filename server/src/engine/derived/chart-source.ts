import {
  type FileContents,
  KeptValues,
  type LoadedChart,
  loadChart,
  RenderMemo,
  TemplateCache,
} from '../../helm/index.ts';
import { DocumentText } from '../../syntax/documents.ts';
import type { Checker } from '../checker.ts';
import type { Finding } from '../finding.ts';
import type { Inspection } from '../inspection.ts';
import { KeptChecks } from './kept-checks.ts';
import { staticFindings } from './static-check.ts';
import { type NamedWindow, TypedWindows } from './typed-windows.ts';
import type { ValueSet } from './value-sets.ts';

export interface ChartOptions {
  /** `major.minor` of the cluster; absent: that of Helm's client. */
  readonly kubernetesVersion?: string | undefined;
  /** Where the release goes. */
  readonly namespace: string;
  /** The content of what `--set-file` names. */
  readonly readFile?: ((path: string) => string | undefined) | undefined;
}

/** Values files take their place. */
export function withoutValues(files: ReadonlyMap<string, FileContents>): ReadonlyMap<string, FileContents> {
  return new Map([...files].filter(([file]) => file !== 'values.yaml'));
}

/** Offsets count from behind a byte order mark. */
function withoutMarks(files: ReadonlyMap<string, FileContents>): ReadonlyMap<string, FileContents> {
  const isMarked = (content: FileContents) => typeof content === 'string' && content.startsWith('\ufeff');
  if (![...files.values()].some(isMarked)) return files;
  return new Map([...files].map(([file, content]) => [file, isMarked(content) ? content.slice(1) : content]));
}

/** Files that decide which charts there are, and what they are called. */
const DECISIVE = /(?:^|\/)(?:Chart|requirements)\.(?:yaml|lock)$|(?:^|\/)\.helmignore$|\.tgz$/;

/** Whether the same files are there, and only what they say has changed. */
function areEdits(
  before: ReadonlyMap<string, FileContents>,
  now: ReadonlyMap<string, FileContents>,
): boolean {
  if (before.size !== now.size) return false;
  for (const [file, content] of now) {
    const old = before.get(file);
    if (old === undefined || (old !== content && DECISIVE.test(file))) return false;
  }
  return true;
}

/** A chart's files by their path from its folder, and what is kept from one rendering to the next. */
export class ChartSource {
  readonly cache = new TemplateCache();
  readonly kept = new KeptValues();
  /** By the name of the set of values. */
  readonly #memos = new Map<string | undefined, { readonly options: string; readonly memo: RenderMemo }>();
  #files: ReadonlyMap<string, FileContents>;
  #loaded: LoadedChart | undefined;
  #documents = new Map<string, DocumentText>();
  readonly #static = new Map<string, { text: string; checker: Checker; findings: readonly Finding[] }>();
  readonly #inspections = new WeakMap<Checker, WeakMap<DocumentText, Inspection>>();
  readonly #checks = new Map<ValueSet['name'], KeptChecks>();
  #loadedBare: LoadedChart | undefined;
  #windows: TypedWindows;

  constructor(files: ReadonlyMap<string, FileContents>, windows: readonly NamedWindow[] = []) {
    this.#files = withoutMarks(files);
    this.#windows = new TypedWindows(windows, (file) => this.#textOf(file));
  }

  get files(): ReadonlyMap<string, FileContents> {
    return this.#files;
  }

  set files(files: ReadonlyMap<string, FileContents>) {
    const before = this.#files;
    this.#files = withoutMarks(files);
    this.#loaded = undefined;
    this.#loadedBare = undefined;
    if (!areEdits(before, this.#files)) this.#memos.clear();
  }

  /** The last rendering with a set of values and options. */
  memoOf({ name, files, set }: ValueSet, { kubernetesVersion, namespace }: ChartOptions): RenderMemo {
    const options = JSON.stringify([files, set, kubernetesVersion, namespace]);
    const known = this.#memos.get(name);
    if (known?.options === options) return known.memo;
    // What people look at while they type is the chart with its own values.
    const memo = new RenderMemo(name === undefined);
    this.#memos.set(name, { options, memo });
    return memo;
  }

  /** Values inside of files. */
  get windows(): TypedWindows {
    return this.#windows;
  }

  lookThrough(windows: readonly NamedWindow[]): void {
    this.#windows = new TypedWindows(windows, (file) => this.#textOf(file));
  }

  get loaded(): LoadedChart {
    this.#loaded ??= loadChart(this.#files, this.kept);
    return this.#loaded;
  }

  /** The chart without its own values. */
  get loadedBare(): LoadedChart {
    this.#loadedBare ??= loadChart(withoutValues(this.#files));
    return this.#loadedBare;
  }

  /** The text of a file or of a window. */
  text(file: string): string | undefined {
    return this.#windows.has(file) ? this.#windows.get(file)?.text : this.#textOf(file);
  }

  #textOf(file: string): string | undefined {
    const content = this.#files.get(file);
    return typeof content === 'string' ? content : undefined;
  }

  /** The same object for the same text, so that a document is read and checked once, whichever values gave it. */
  documentFor(text: string): DocumentText {
    let document = this.#documents.get(text);
    if (document === undefined) {
      document = new DocumentText(text);
      this.#documents.set(text, document);
    }
    return document;
  }

  /** What a checker has said of a document by itself: kept as long as the document is. */
  inspected(checker: Checker, document: DocumentText): Inspection | undefined {
    return this.#inspections.get(checker)?.get(document);
  }

  keepInspection(checker: Checker, inspection: Inspection): void {
    let inspections = this.#inspections.get(checker);
    if (inspections === undefined) {
      inspections = new WeakMap();
      this.#inspections.set(checker, inspections);
    }
    inspections.set(inspection.document, inspection);
  }

  /** What the documents of a set of values came to. */
  checksOf({ name }: ValueSet): KeptChecks {
    const known = this.#checks.get(name) ?? new KeptChecks();
    this.#checks.set(name, known);
    return known;
  }

  /** What the text of a template says by itself while it does not render: kept as long as the text stays. */
  staticFindings(checker: Checker, file: string): readonly Finding[] {
    const text = this.text(file) ?? '';
    const known = this.#static.get(file);
    if (known?.text === text && known.checker === checker) return known.findings;
    const findings = staticFindings(text, checker);
    this.#static.set(file, { text, checker, findings });
    return findings;
  }

  /** Forgets all documents: what takes memory are their trees, and the origins of their texts. */
  forgetDocuments(): void {
    this.#documents = new Map();
    this.#memos.clear();
    this.#checks.clear();
  }

  /** Forgets how a set of values was rendered. */
  forgetSet({ name }: ValueSet): void {
    this.#memos.delete(name);
    this.#checks.delete(name);
  }

  /** Forgets all documents but these. */
  keepDocuments(documents: Iterable<DocumentText>): void {
    this.#documents = new Map();
    for (const document of documents) this.#documents.set(document.text, document);
  }
}
