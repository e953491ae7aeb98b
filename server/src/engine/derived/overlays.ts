import { type OffsetRange, shiftRange } from '../../syntax/ranges.ts';
import type { Finding } from '../finding.ts';
import { headOf } from '../places.ts';
import { covers, isInForce } from '../suppressions.ts';
import { type CheckedOverlay, isLookedAt, type OverlayFinding } from './overlay.ts';
import { suppressionsOfFile } from './suppressions.ts';
import { TypedFiles } from './typed-files.ts';
import { firstLineIn } from './verbatim.ts';

/** A finding of a file with its range in offsets of the file. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly range: OffsetRange;
}

/** What overlays make of a file. */
export interface FileInOverlays<Placed extends PlacedFinding> {
  /** Findings of the file by itself that hold where it is deployed. */
  readonly kept: readonly Placed[];
  /** Findings that only show in what is built, with ranges of the file. */
  readonly added: readonly Finding[];
}

interface Known {
  readonly found: OverlayFinding;
  readonly range: OffsetRange;
  readonly overlays: Set<CheckedOverlay>;
}

/**
 * Tells what is found in the files of kustomizations: what an overlay repairs is no finding of its base, and what shows in the built
 * resources alone is told where the deciding value is typed.
 */
export class Overlays {
  readonly #overlays: readonly CheckedOverlay[];
  readonly #typed: TypedFiles;
  /** Rules that look at one document: others need to see more than what is built together. */
  readonly #rules: ReadonlySet<string>;
  readonly #today: string;
  /** By file, then by what the finding is about. */
  readonly #found = new Map<string, Map<string, Known>>();

  constructor(
    overlays: readonly CheckedOverlay[],
    textOf: (file: string) => string | undefined,
    documentRules: ReadonlySet<string>,
    today: string,
  ) {
    this.#overlays = overlays;
    this.#typed = new TypedFiles(textOf);
    this.#rules = documentRules;
    this.#today = today;
    for (const overlay of overlays) for (const found of overlay.findings) this.#add(overlay, found);
  }

  /** The files with findings that show in built resources. */
  get files(): string[] {
    return [...this.#found.keys()];
  }

  #add(overlay: CheckedOverlay, found: OverlayFinding): void {
    const { finding, origin } = found;
    const range = this.#rules.has(finding.rule) ? this.#rangeOf(found) : undefined;
    if (range === undefined) return;
    let inFile = this.#found.get(origin.file);
    if (inFile === undefined) {
      inFile = new Map();
      this.#found.set(origin.file, inFile);
    }
    const key = this.#key(origin.file, finding.rule, origin.range?.start ?? 0, found.path);
    const known = inFile.get(key);
    if (known === undefined) inFile.set(key, { found, range, overlays: new Set([overlay]) });
    else known.overlays.add(overlay);
  }

  #key(file: string, rule: string, offset: number, path: Finding['path']): string {
    return JSON.stringify([rule, this.#typed.documentAt(file, offset)?.start ?? 0, path]);
  }

  /** Where a finding is shown: the head of what lacks something, or the first line of the value. */
  #rangeOf({ origin: { file, range, keyRange, path }, isMissing }: OverlayFinding): OffsetRange | undefined {
    const text = this.#typed.text(file);
    if (text === undefined || range === undefined) return undefined;
    const document = this.#typed.documentAt(file, range.start);
    const value = document?.parsed.root?.at(path);
    if (
      isMissing &&
      document !== undefined &&
      value !== undefined &&
      value.range.start + document.start === range.start
    )
      return shiftRange(headOf(value, document.parsed), document.start);
    return isMissing && keyRange !== undefined ? keyRange : firstLineIn(text, range);
  }

  /** @param findings those of the file by itself */
  in<Placed extends PlacedFinding>(file: string, findings: readonly Placed[]): FileInOverlays<Placed> {
    const around = this.#overlays.filter((overlay) => overlay.files.has(file));
    const inFile = new Map(this.#found.get(file) ?? []);
    const kept = findings.flatMap((placed) => {
      const key = this.#key(file, placed.finding.rule, placed.range.start, placed.finding.path);
      const known = inFile.get(key);
      inFile.delete(key);
      if (known !== undefined) return [confirmed(placed, known, around)];
      return this.#isRefuted(placed.finding, around) ? [] : [placed];
    });
    const added = [...inFile.values()].map((known) => this.#added(file, known));
    return { kept: kept.filter((placed) => !saysUnused(placed, added)), added };
  }

  /** Whether every overlay with the file builds, and none has the finding. */
  #isRefuted({ rule, resource, suppression }: Finding, around: readonly CheckedOverlay[]): boolean {
    if (resource === undefined || suppression !== undefined) return false;
    if (!isLookedAt(resource) || !this.#rules.has(rule)) return false;
    return around.length > 0 && around.every(({ problems }) => problems.length === 0);
  }

  #added(file: string, { found: { finding }, range, overlays }: Known): Finding {
    const line = lineOf(this.#typed.text(file) ?? '', range.start);
    const suppression = suppressionsOfFile(this.#typed, file)
      .filter((candidate) => isInForce(candidate, this.#today))
      .find((candidate) => covers(candidate, finding.rule, [line], []));
    return {
      ...finding,
      message: `${finding.message} ${inOverlays([...overlays])}`,
      range,
      related: [],
      fixes: [],
      suppression: suppression ?? finding.suppression,
    };
  }
}

const RANK = { information: 1, warning: 2, error: 3 };

/** As grave as where it is deployed; an overlay without the finding makes it one of the others alone. */
function confirmed<Placed extends PlacedFinding>(
  placed: Placed,
  { found, overlays }: Known,
  around: readonly CheckedOverlay[],
): Placed {
  const { finding } = placed;
  const severity =
    RANK[found.finding.severity] > RANK[finding.severity] ? found.finding.severity : finding.severity;
  const isEverywhere = around.every((overlay) => overlays.has(overlay));
  const message = isEverywhere ? finding.message : `${finding.message} ${inOverlays([...overlays])}`;
  return { ...placed, finding: { ...finding, severity, message } };
}

/** More overlays are counted, not named. */
const MAX_NAMES = 4;

function inOverlays(overlays: readonly CheckedOverlay[]): string {
  const names = overlays.map(({ folder }) => folder.slice(folder.lastIndexOf('/') + 1) || '.').sort();
  const rest = names.length - MAX_NAMES;
  const more = rest > 0 ? ` and ${rest} more` : '';
  return `In overlay${names.length > 1 ? 's' : ''} ${names.slice(0, MAX_NAMES).join(', ')}${more}.`;
}

/** Whether a finding is about a suppression that covers something in what is built. */
function saysUnused({ finding, range }: PlacedFinding, added: readonly Finding[]): boolean {
  if (finding.resource !== undefined) return false;
  return added.some(
    ({ suppression }) =>
      suppression !== undefined && suppression.range.start < range.end && range.start < suppression.range.end,
  );
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

/**
 * The folders of kustomizations that no other one builds on: what is deployed. Components are never deployed by themselves.
 *
 * @param folders those with a kustomization
 * @param referencesOf the folders that a kustomization names
 */
export function deployedFolders(
  folders: readonly string[],
  referencesOf: (folder: string) => { readonly folders: readonly string[]; readonly isComponent: boolean },
): string[] {
  const used = new Set<string>();
  const deployed = folders.filter((folder) => {
    const { folders: named, isComponent } = referencesOf(folder);
    for (const name of named) used.add(name);
    return !isComponent;
  });
  return deployed.filter((folder) => !used.has(folder));
}
