import type { Fact } from '../../analysis/facts.ts';
import type { World } from '../../analysis/world.ts';
import {
  type BuildResult,
  type BuiltResource,
  filesOf,
  type KustomizeProblem,
  originsOf,
} from '../../kustomize/index.ts';
import type { RelatedObject } from '../../rules/rule.ts';
import { DocumentText } from '../../syntax/documents.ts';
import type { Path } from '../../syntax/paths.ts';
import { type OffsetRange, shiftRange } from '../../syntax/ranges.ts';
import type { Checker } from '../checker.ts';
import type { Finding } from '../finding.ts';
import type { Inspection } from '../inspection.ts';
import { headOf } from '../places.ts';
import type { OverlaySource } from './overlay-sources.ts';
import type { Origin } from './source-map.ts';
import { suppressionAt } from './suppressions.ts';
import type { TypedFiles } from './typed-files.ts';
import { firstLineIn } from './verbatim.ts';

/** A finding of what an overlay deploys, told where the value that decides is typed: in a base, a patch or a kustomization. */
export interface OverlayFinding {
  readonly file: string;
  /** The same for findings of the same thing in the file, whichever overlay has them. */
  readonly key: string;
  /** The built resource that has it, as `documentName` calls it. */
  readonly document: string;
  /** With its range in offsets of the file; its path and its fixes are those of the built resource. */
  readonly finding: Finding;
}

interface InspectedResource {
  readonly resource: BuiltResource;
  readonly inspection: Inspection;
}

/** A kustomization, built, with what its resources say by themselves. */
export interface BuiltOverlay {
  readonly source: OverlaySource;
  /** Of all that it deploys. */
  readonly facts: readonly Fact[];
  /** The files that resources stand in, or the kustomizations that generate them. */
  readonly deployed: ReadonlySet<string>;
  /** All files that what it deploys is made from, without the one with an object that amends it. */
  readonly files: ReadonlySet<string>;
  readonly problems: readonly KustomizeProblem[];
  /** Whether everything is there but what generators would make of files that are not. */
  readonly isWhole: boolean;
  /** What those are called in their files that kustomizations call otherwise, by `nameKey`. */
  readonly typedNames: ReadonlyMap<string, BuiltResource['typed']>;
  /** Those that can have findings. */
  readonly resources: readonly InspectedResource[];
  /** Characters of these. */
  readonly size: number;
}

/** A kustomization with what is found in what it deploys. */
export interface CheckedOverlay extends Pick<BuiltOverlay, 'source' | 'files' | 'isWhole'> {
  readonly findings: readonly OverlayFinding[];
}

/** Of so many characters in all it stays known what they say. */
const KEPT_CHARACTERS = 1_000_000;

/** What built resources say by themselves: many overlays deploy the same, and an edit changes few of them. */
export class Inspections {
  readonly #known = new Map<string, Inspection>();
  #checker: Checker | undefined;
  #characters = 0;

  of(text: string, checker: Checker): Inspection {
    if (this.#checker !== checker || this.#characters > KEPT_CHARACTERS) {
      this.#known.clear();
      this.#characters = 0;
      this.#checker = checker;
    }
    let inspection = this.#known.get(text);
    if (inspection === undefined) {
      inspection = checker.inspect(new DocumentText(text));
      this.#known.set(text, inspection);
      this.#characters += text.length;
    }
    return inspection;
  }
}

/**
 * Looks at what the kustomization of a folder deploys, each resource by itself.
 *
 * @param built with definitions of custom resources that may be skimmed
 */
export function buildOverlay(
  source: OverlaySource,
  { resources, problems }: BuildResult,
  { checker, inspections }: { readonly checker: Checker; readonly inspections: Inspections },
): BuiltOverlay {
  const facts: Fact[] = [];
  const inspected: InspectedResource[] = [];
  const typedNames = new Map<string, BuiltResource['typed']>();
  let size = 0;
  for (const resource of resources.filter(isLookedAt)) {
    const { name, namespace, typed } = resource;
    if (name !== typed.name || namespace !== typed.namespace) typedNames.set(nameKey(resource), typed);

    const inspection = inspections.of(resource.text, checker);
    facts.push(...inspection.facts);
    if (!checker.canHaveFindings(inspection)) continue;
    inspected.push({ resource, inspection });
    size += inspection.document.text.length;
  }
  const files = new Set(resources.flatMap((each) => [...filesOf(each)]));
  if (source.amendment !== undefined) files.delete(source.amendment.file);
  return {
    source,
    facts,
    typedNames,
    deployed: new Set(resources.map(({ file }) => file)),
    files,
    problems,
    isWhole: problems.every(({ kind }) => kind === 'missing-input'),
    resources: inspected,
    size,
  };
}

/** A built resource as a document, and where what stands on a path of it was typed: in the file and, where it is known, the range of it. */
export interface BuiltDocument {
  readonly inspection: Inspection;
  originOf(path: Path): { readonly file: string; readonly range: OffsetRange | undefined };
}

/** What a kustomization deploys, without what no rule looks at. */
export function builtDocuments({ resources }: BuiltOverlay): BuiltDocument[] {
  return resources.map(({ resource, inspection }) => ({
    inspection,
    originOf: (path) => {
      const origin = originsOf(resource, path).trace.find((candidate) => candidate.range !== undefined);
      return { file: origin?.file ?? resource.file, range: origin?.range };
    },
  }));
}

export interface OverlayChecking {
  readonly checker: Checker;
  /** What deploys together with the overlay, what it deploys itself included. */
  readonly world: World;
  readonly typed: TypedFiles;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

export function checkOverlay(
  { source, files, isWhole, resources, typedNames }: BuiltOverlay,
  checking: OverlayChecking,
): CheckedOverlay {
  const { checker, world } = checking;
  const findings = resources.flatMap(({ resource, inspection }) =>
    checker
      .findings(inspection, world, [])
      .map((finding) => asTyped(finding, typedNames))
      .flatMap((finding) => placedFinding(finding, source.name, resource, checking) ?? []),
  );
  return { source, files, isWhole, findings };
}

/** The objects that explain a finding are looked up where they are typed. */
function asTyped(finding: Finding, names: BuiltOverlay['typedNames']): Finding {
  const { relatedObjects } = finding;
  if (relatedObjects === undefined || names.size === 0) return finding;
  return {
    ...finding,
    relatedObjects: relatedObjects.map((object) => ({ ...object, ...names.get(nameKey(object)) })),
  };
}

function nameKey({ kind, name, namespace = '' }: Pick<RelatedObject, 'kind' | 'name' | 'namespace'>): string {
  return `${kind} ${namespace}/${name}`;
}

function placedFinding(
  finding: Finding,
  folder: string,
  resource: BuiltResource,
  { checker, typed, today }: OverlayChecking,
): OverlayFinding | undefined {
  if (finding.resource === undefined) return undefined;
  const { trace, rest } = originsOf(resource, finding.path);
  const origin = trace.find((candidate) => candidate.range !== undefined);
  if (origin?.range === undefined) return undefined;
  const { file } = origin;
  const isAboutWhole = rest.length > 0 || finding.path.length === 0;
  const range = rangeOf(origin, origin.range, isAboutWhole, typed);
  if (range === undefined) return undefined;
  const suppression = suppressionAt(typed, file, finding.rule, range.start, today);
  // Related places are those of the built text, and hold on to it; so would fixes do, but for the copy.
  const fixes = JSON.parse(JSON.stringify(finding.fixes)) as Finding['fixes'];
  const plain = { ...finding, range, related: [], fixes, allowance: undefined };
  const suppressed = suppression === undefined ? plain : { ...plain, suppression };
  const document = typed.documentIndexAt(file, origin.range.start);
  const key = overlayKey(finding.rule, document, [...origin.path, ...rest]);
  const name = documentName(folder, resource);
  return { file, key, document: name, finding: checker.withException(suppressed, file) };
}

/** What tells a resource that a kustomization deploys apart from all others. */
export function documentName(
  folder: string,
  {
    apiVersion,
    kind,
    namespace = '',
    name,
  }: Pick<BuiltResource, 'apiVersion' | 'kind' | 'namespace' | 'name'>,
): string {
  return JSON.stringify([folder, apiVersion, kind, namespace, name]);
}

/** What tells findings of a file apart. */
export function overlayKey(rule: string, document: number, path: Path): string {
  return JSON.stringify([rule, document, path]);
}

/** Where a finding is shown: the head of what lacks something, or the first line of the value. */
function rangeOf(
  { file, keyRange, path }: Origin,
  range: OffsetRange,
  isAboutWhole: boolean,
  typed: TypedFiles,
): OffsetRange | undefined {
  const text = typed.text(file);
  if (text === undefined) return undefined;
  const document = isAboutWhole ? typed.documentAt(file, range.start) : undefined;
  const value = document?.parsed.root?.at(path);
  if (document !== undefined && value !== undefined && value.range.start + document.start === range.start)
    return shiftRange(headOf(value, document.parsed), document.start);
  return isAboutWhole && keyRange !== undefined ? keyRange : firstLineIn(text, range);
}

/** Definitions of custom resources are large, and no kustomization changes what rules say of them. */
export function isLookedAt({ kind }: { readonly kind: string }): boolean {
  return kind !== 'CustomResourceDefinition';
}
