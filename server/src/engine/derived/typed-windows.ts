import type { TypedValues } from '../../analysis/gitops/index.ts';
import { sameData } from '../../syntax/edit/expectation.ts';
import { parseDocument } from '../../syntax/parse.ts';
import { applyEdits, type TextEdit } from '../../syntax/ranges.ts';
import type { FilePlace } from './source-map.ts';
import type { FileEdits } from './typed-edits.ts';
import { type Reading, singleIn, type TypedWindow, windowIn } from './typed-window.ts';

/** Values inside of manifests, by the name under which a set of values has them among its files. */
export interface NamedWindow {
  readonly name: string;
  /** Where they may stand; the first file that has them counts. */
  readonly files: readonly string[];
  readonly values: TypedValues;
  readonly reading: Reading;
}

/** The windows on the files of a chart, and what they show. */
export class TypedWindows {
  readonly #windows: ReadonlyMap<string, NamedWindow>;
  readonly #textOf: (file: string) => string | undefined;
  /** By window and file. */
  readonly #seen = new Map<string, { readonly text: string; readonly window: TypedWindow | undefined }>();

  constructor(windows: readonly NamedWindow[], textOf: (file: string) => string | undefined) {
    this.#windows = new Map(windows.map((window) => [window.name, window]));
    this.#textOf = textOf;
  }

  has(name: string): boolean {
    return this.#windows.has(name);
  }

  /** What a window shows at present; undefined for files, and where there are no such values. */
  get(name: string): TypedWindow | undefined {
    const window = this.#windows.get(name);
    return window && this.#see(window);
  }

  #see({ name, files, values, reading }: NamedWindow): TypedWindow | undefined {
    for (const file of files) {
      const text = this.#textOf(file);
      if (text === undefined) continue;
      const key = `${name}\n${file}`;
      let seen = this.#seen.get(key);
      if (seen?.text !== text) {
        seen = { text, window: windowIn(file, text, values, reading) };
        this.#seen.set(key, seen);
      }
      if (seen.window !== undefined) return seen.window;
    }
    return undefined;
  }

  /** Where a place stands on disk, should it be in a window. */
  onDisk({ file, range }: FilePlace): FilePlace {
    const window = this.get(file);
    return window === undefined ? { file, range } : { file: window.file, range: window.placeOf(range) };
  }

  /** Edits of files, those of windows among them, as edits of files alone; undefined when the windows would then not show what was meant. */
  editsOnDisk(edits: readonly FileEdits[]): FileEdits[] | undefined {
    const byFile = new Map<string, TextEdit[]>();
    for (const each of edits) {
      const window = this.get(each.file);
      const typed = window === undefined ? each.edits : window.editsFor(each.edits);
      if (typed === undefined) return undefined;
      const file = window?.file ?? each.file;
      byFile.set(file, withEdits(byFile.get(file) ?? [], typed));
    }
    const isAsMeant = edits.every((each) => {
      const window = this.get(each.file);
      const named = this.#windows.get(each.file);
      if (window === undefined || named === undefined) return true;
      const after = applyEdits(this.#textOf(window.file) ?? '', byFile.get(window.file) ?? []);
      const shown = windowIn(window.file, after, named.values, named.reading);
      return shown !== undefined && saysAsMuch(shown, applyEdits(window.text, each.edits));
    });
    return isAsMeant ? [...byFile].map(([file, each]) => ({ file, edits: each })) : undefined;
  }
}

/** Several windows may show the same text. */
function withEdits(edits: readonly TextEdit[], others: readonly TextEdit[]): TextEdit[] {
  const known = new Set(edits.map((edit) => JSON.stringify(edit)));
  return [...edits, ...others.filter((edit) => !known.has(JSON.stringify(edit)))];
}

/** Whether a window shows what a text says. */
function saysAsMuch({ text, single }: TypedWindow, meant: string): boolean {
  if (single !== undefined) return single.decoded === singleIn(meant, single.path)?.decoded;
  const [shown, wanted] = [parseDocument(text), parseDocument(meant)];
  return wanted.problems.length === 0 && sameData(shown.root?.toJS(), wanted.root?.toJS());
}
