import type { OffsetRange } from '../../syntax/ranges.ts';
import type { Finding } from '../finding.ts';
import { SEVERITY_RANK } from '../severity.ts';
import { type CheckedOverlay, isLookedAt, type OverlayFinding, overlayKey } from './overlay.ts';

/** A finding of a file by itself. */
export interface PlacedFinding {
  readonly finding: Finding;
  /** In offsets of the file. */
  readonly range: OffsetRange;
  /** Which of the file's documents it is in. */
  readonly document: number;
}

/** What overlays make of a file. */
export interface FileInOverlays<Placed extends PlacedFinding> {
  /** Findings of the file by itself that hold where it is deployed. */
  readonly kept: readonly Placed[];
  /** Findings that only show in what is built, with ranges of the file. */
  readonly added: readonly DeployedFinding[];
}

export interface Confirmed<Placed extends PlacedFinding> {
  readonly kept: readonly Placed[];
  readonly keys: readonly string[];
  /** Of those that every overlay repairs. */
  readonly refuted: readonly string[];
}

/** What is found in the same place of a file by the same rule, by the overlays that have it. */
type Known = Map<CheckedOverlay, OverlayFinding>;

/** A finding that only shows in what is built. */
export interface DeployedFinding {
  readonly file: string;
  /** As it is told: it names the overlays. */
  readonly finding: Finding;
  readonly occurrences: readonly { readonly overlay: CheckedOverlay; readonly found: OverlayFinding }[];
}

/**
 * Tells what is found in the files of kustomizations: what an overlay repairs is no finding of its base, and what shows in the built
 * resources alone is told where the deciding value is typed.
 */
export class Overlays {
  readonly #overlays = new Map<string, Set<CheckedOverlay>>();
  /** Those that objects in a file amend. */
  readonly #amended = new Map<string, Set<CheckedOverlay>>();
  /** Rules that look at one document: what they say of it does not depend on the overlay. */
  readonly #documentRules: ReadonlySet<string>;
  /** By file, then by what the finding is about. */
  readonly #found = new Map<string, Map<string, Known>>();
  readonly #told = new Map<string, readonly Finding[]>();

  constructor(overlays: readonly CheckedOverlay[], documentRules: ReadonlySet<string>) {
    this.#documentRules = documentRules;
    for (const overlay of overlays) {
      for (const file of overlay.files) added(this.#overlays, file, () => new Set()).add(overlay);
      const amending = overlay.source.amendment?.file;
      if (amending !== undefined) added(this.#amended, amending, () => new Set()).add(overlay);
      for (const found of overlay.findings) {
        const inFile = added(this.#found, found.file, () => new Map<string, Known>());
        const known: Known = added(inFile, found.key, () => new Map());
        if (!known.has(overlay)) known.set(overlay, found);
      }
    }
  }

  /** The files with findings that show in built resources. */
  get files(): string[] {
    return [...this.#found.keys()];
  }

  /** Whether any overlay has to do with a file; of the findings of others, all hold as they are. */
  concern(file: string): boolean {
    return this.#overlays.has(file) || this.#found.has(file);
  }

  /** The overlays that make something of a file; the same ones as long as none of them is checked again. */
  around(file: string): readonly CheckedOverlay[] {
    return [...(this.#overlays.get(file) ?? []), ...(this.#amended.get(file) ?? [])];
  }

  /** @param findings those of the file by itself */
  in<Placed extends PlacedFinding>(file: string, findings: readonly Placed[]): FileInOverlays<Placed> {
    const { kept, keys } = this.confirmed(file, findings);
    const others = this.added(file, new Set(keys));
    const told = others.map(({ finding }) => finding);
    return { kept: withoutUnused(kept, told), added: others };
  }

  /** What becomes of findings of a file by itself, and what tells them apart from others. */
  confirmed<Placed extends PlacedFinding>(file: string, findings: readonly Placed[]): Confirmed<Placed> {
    const around = this.#overlays.get(file) ?? new Set();
    const inFile = this.#found.get(file);
    const keys: string[] = [];
    const refuted: string[] = [];
    const kept = findings.flatMap((placed) => {
      const key = overlayKey(placed.finding.rule, placed.document, placed.finding.path);
      keys.push(key);
      const known = inFile?.get(key);
      if (known !== undefined) return [this.#confirmed(placed, known, around)];
      if (!isRefuted(placed.finding, around)) return [placed];
      refuted.push(key);
      return [];
    });
    return { kept, keys, refuted };
  }

  /** Findings of a file that only show in what is built. */
  added(file: string, own: ReadonlySet<string>): DeployedFinding[] {
    const others = [...(this.#found.get(file) ?? [])].filter(([key]) => !own.has(key));
    return others.map(([, known]) => {
      const occurrences = [...known].map(([overlay, found]) => ({ overlay, found }));
      const { finding } = firstOf(known);
      const message = `${finding.message} ${inOverlays([...known.keys()])}`;
      return { file, finding: { ...finding, message }, occurrences };
    });
  }

  /** All that is found in what is built of a file; the same list each time. */
  told(file: string): readonly Finding[] {
    return added(this.#told, file, () => this.added(file, new Set()).map(({ finding }) => finding));
  }

  /**
   * Which findings of a file are there to be fixed: not those that every overlay repairs.
   *
   * @param findings those of the file by itself
   */
  fixable(file: string, findings: readonly PlacedFinding[]): (finding: Finding) => boolean {
    const kept = new Set(this.in(file, findings).kept.map(({ finding }) => subjectOf(finding)));
    const repaired = new Set(
      findings.map(({ finding }) => subjectOf(finding)).filter((subject) => !kept.has(subject)),
    );
    return (finding) => !repaired.has(subjectOf(finding));
  }

  /** As grave as where it is deployed; an overlay without the finding makes it one of the others alone. */
  #confirmed<Placed extends PlacedFinding>(
    placed: Placed,
    known: Known,
    around: ReadonlySet<CheckedOverlay>,
  ): Placed {
    const { finding } = placed;
    const found = firstOf(known);
    const severity =
      SEVERITY_RANK[found.finding.severity] > SEVERITY_RANK[finding.severity]
        ? found.finding.severity
        : finding.severity;
    // What rules across files say, they say of what is deployed: its namespace, say.
    const said = this.#documentRules.has(finding.rule) ? finding.message : found.finding.message;
    const isEverywhere = around.size === known.size;
    const message = isEverywhere ? said : `${said} ${inOverlays([...known.keys()])}`;
    return { ...placed, finding: { ...finding, severity, message } };
  }
}

function firstOf(known: Known): OverlayFinding {
  const [found] = known.values();
  if (found === undefined) throw new Error('what is known was found somewhere');
  return found;
}

/** Whether every overlay with the file builds, and none has the finding. */
function isRefuted({ resource, suppression }: Finding, around: ReadonlySet<CheckedOverlay>): boolean {
  if (resource === undefined || suppression !== undefined || !isLookedAt(resource)) return false;
  return around.size > 0 && [...around].every(({ isWhole }) => isWhole);
}

/** What a finding is about, which holds while other fixes change the text around it. */
function subjectOf({ rule, resource, path }: Finding): string {
  return JSON.stringify([rule, resource?.kind, resource?.name, resource?.namespace, path]);
}

/** More overlays are counted, not named. */
const MAX_NAMES = 4;

function inOverlays(overlays: readonly CheckedOverlay[]): string {
  const names = overlays
    .map(({ source: { name } }) => name.slice(name.lastIndexOf('/') + 1).replace(/^#/, '') || '.')
    .sort();
  const rest = names.length - MAX_NAMES;
  const more = rest > 0 ? ` and ${rest} more` : '';
  return `In overlay${names.length > 1 ? 's' : ''} ${names.slice(0, MAX_NAMES).join(', ')}${more}.`;
}

/** Without findings about suppressions that do cover something in what is built. */
export function withoutUnused<Placed extends PlacedFinding>(
  kept: readonly Placed[],
  others: readonly Finding[],
): readonly Placed[] {
  const ranges = others.flatMap(({ suppression }) => suppression?.range ?? []);
  if (ranges.length === 0) return kept;
  return kept.filter(
    ({ finding, range }) =>
      finding.resource !== undefined ||
      !ranges.some(({ start, end }) => start < range.end && range.start < end),
  );
}

/** The value of a key, made when it is first asked for. */
function added<Key, Item>(map: Map<Key, Item>, key: Key, make: () => Item): Item {
  let item = map.get(key);
  if (item === undefined) {
    item = make();
    map.set(key, item);
  }
  return item;
}
