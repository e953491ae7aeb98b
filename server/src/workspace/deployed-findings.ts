import type { CheckedOverlay } from '../engine/derived/overlay.ts';
import {
  type DeployedFinding,
  type Overlays,
  type PlacedFinding,
  withoutUnused,
} from '../engine/derived/overlays.ts';
import type { Finding } from '../engine/finding.ts';
import { DocumentText } from '../syntax/documents.ts';
import { shiftRange } from '../syntax/ranges.ts';
import type { CheckedDocument, CheckedFile, DocumentResult } from './file-checker.ts';
import { shiftBetween } from './shifted-ranges.ts';
import { canonicalUri, isWithin } from './uris.ts';

/** What has become of the findings of a document. */
interface Known {
  readonly overlays: Overlays;
  readonly index: number;
  readonly isBehind: boolean;
  readonly result: DocumentResult;
  readonly keys: readonly string[];
  readonly refuted: readonly string[];
}

interface KnownAddition {
  readonly overlays: Overlays;
  readonly text: string;
  readonly keys: readonly string[];
  readonly document: CheckedDocument | undefined;
}

const NONE: readonly never[] = [];

/** The findings of files where kustomizations deploy them. The same documents as long as nothing has changed. */
export class DeployedFindings {
  readonly #isBehind: (uri: string) => boolean;
  /** By workspace folder. */
  #overlays: ReadonlyMap<string, Overlays> = new Map();
  /** The texts of open files that the overlays were last looked at with. */
  readonly #seen = new Map<string, string>();
  /** What overlays repair, as of when they were last looked at. */
  readonly #refuted = new Map<string, ReadonlySet<string>>();
  readonly #known = new WeakMap<DocumentResult, Known>();
  readonly #additions = new Map<string, KnownAddition>();
  /** What is behind findings that only show in what is built. */
  readonly #shown = new WeakMap<Finding, DeployedFinding>();

  /** @param isBehind whether a file has been edited since overlays were looked at */
  constructor(isBehind: (uri: string) => boolean) {
    this.#isBehind = isBehind;
  }

  set overlays(overlays: ReadonlyMap<string, Overlays>) {
    this.#overlays = overlays;
    this.#additions.clear();
  }

  /** Tells whether it is another text than before. */
  setSeen(uri: string, text: string): boolean {
    if (this.#seen.get(uri) === text) return false;
    this.#seen.set(uri, text);
    this.#additions.delete(uri);
    return true;
  }

  close(uri: string): void {
    this.#seen.delete(uri);
    this.#refuted.delete(uri);
    this.#additions.delete(uri);
  }

  /** The overlays that make something of a file. */
  around(uri: string): readonly CheckedOverlay[] {
    const { overlays, path } = this.#placeOf(uri);
    return overlays?.around(path) ?? NONE;
  }

  /** Files with findings that show in what is built. */
  get files(): string[] {
    return [...this.#overlays].flatMap(([root, overlays]) =>
      overlays.files.map((path) =>
        canonicalUri(`${root}/${path.split('/').map(encodeURIComponent).join('/')}`),
      ),
    );
  }

  /**
   * @param file with its findings by itself
   * @param text of the file, as it is now
   */
  in(key: string, file: CheckedFile, text: () => string): CheckedFile {
    const { overlays, path } = this.#placeOf(key);
    if (overlays === undefined || overlays.around(path).length === 0) return file;
    const isBehind = this.#isBehind(key);
    const known = file.documents.map((document, index) =>
      this.#documentIn(key, path, overlays, document, index, isBehind),
    );
    if (!isBehind) this.#refuted.set(key, new Set(known.flatMap(({ refuted }) => refuted)));
    const documents = file.documents.map((document, index) => ({
      ...document,
      result: known[index]?.result ?? document.result,
    }));
    const keys = known.flatMap((each) => each.keys);
    const addition = this.#addition(key, path, overlays, keys, text());
    return { ...file, documents: addition === undefined ? documents : [...documents, addition] };
  }

  /** What is behind a finding that only shows in what is built; undefined for others. */
  behind(finding: Finding): DeployedFinding | undefined {
    return this.#shown.get(finding);
  }

  /** Which findings of a file are there to be fixed: not those that every overlay repairs. */
  fixable(key: string, file: CheckedFile): (finding: Finding) => boolean {
    const { overlays, path } = this.#placeOf(key);
    return overlays?.fixable(path, file.documents.flatMap(placedFindings)) ?? (() => true);
  }

  #documentIn(
    key: string,
    path: string,
    overlays: Overlays,
    document: CheckedDocument,
    index: number,
    isBehind: boolean,
  ): Known {
    const { result } = document;
    const before = this.#known.get(result);
    if (before?.overlays === overlays && before.index === index && before.isBehind === isBehind)
      return before;
    const own = placedFindings(document, index);
    const { kept, keys, refuted } = overlays.confirmed(path, own);
    // What has just been typed is no finding that an overlay is known to repair.
    const repaired = isBehind ? this.#refuted.get(key) : undefined;
    const isKept = new Map(kept.map((placed) => [placed.original, placed.finding]));
    const findings = result.findings.flatMap((finding, at) => {
      const found = isKept.get(finding);
      if (found !== undefined) return [found];
      return repaired !== undefined && !repaired.has(keys[at] ?? '') ? [finding] : [];
    });
    const shown = withoutUnused(
      findings.map((finding) => ({
        finding,
        range: shiftRange(finding.range, document.placed.start),
        document: index,
      })),
      overlays.told(path),
    ).map(({ finding }) => finding);
    const isSame =
      shown.length === result.findings.length && shown.every((each, at) => each === result.findings[at]);
    const known: Known = {
      ...{ overlays, index, isBehind, keys, refuted },
      result: isSame ? result : { ...result, findings: shown },
    };
    this.#known.set(result, known);
    return known;
  }

  /** What only shows in what is built, as a document that is the whole file. */
  #addition(
    key: string,
    path: string,
    overlays: Overlays,
    keys: readonly string[],
    text: string,
  ): CheckedDocument | undefined {
    const before = this.#additions.get(key);
    const isSame =
      before?.overlays === overlays &&
      before.text === text &&
      before.keys.length === keys.length &&
      before.keys.every((each, index) => each === keys[index]);
    if (isSame) return before.document;
    const shift = shiftBetween(this.#seen.get(key) ?? text, text);
    const findings = overlays.added(path, new Set(keys)).flatMap((found) => {
      const range = shift(found.finding.range);
      if (range === undefined) return [];
      const finding = { ...found.finding, range };
      this.#shown.set(finding, found);
      return [finding];
    });
    findings.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
    const document =
      findings.length === 0
        ? undefined
        : {
            placed: { document: new DocumentText(text), start: 0, startLine: 0 },
            result: { findings, failures: [] },
          };
    if (this.#seen.has(key)) this.#additions.set(key, { overlays, text, keys, document });
    return document;
  }

  #placeOf(uri: string): { overlays: Overlays | undefined; path: string } {
    const roots = [...this.#overlays].filter(([root]) => isWithin(uri, root) && uri !== root);
    const [found] = roots.sort(([a], [b]) => b.length - a.length);
    if (found === undefined) return { overlays: undefined, path: '' };
    return { overlays: found[1], path: decodeURIComponent(uri.slice(found[0].length + 1)) };
  }
}

function placedFindings(
  { placed, result }: CheckedDocument,
  document: number,
): (PlacedFinding & { readonly original: Finding })[] {
  return result.findings.map((finding) => ({
    finding,
    original: finding,
    range: shiftRange(finding.range, placed.start),
    document,
  }));
}
