import { worldOf } from '../../analysis/world.ts';
import type { CheckedRendering } from '../../engine/derived/chart-check.ts';
import { type BuiltOverlay, builtDocuments } from '../../engine/derived/overlay.ts';
import type { RuleSettings } from '../../rules/settings.ts';
import type { LineIndex } from '../../syntax/lines.ts';
import type { Value } from '../../syntax/values.ts';
import type { EvidencePlace } from './model.ts';
import type { EvidenceDocument } from './observation.ts';

/** Where somebody typed a value, or the file where no value is given. */
export type PlaceOf = (value?: Value) => EvidencePlace;

/**
 * @param file relative to the working folder, with `/` between the parts
 * @param startLine zero-based line of the file in which the document starts
 * @param unit the folder that deploys as a whole, where it is known
 */
export function typedPlaces(
  file: string,
  lines: LineIndex,
  startLine: number,
  unit: string | undefined,
): PlaceOf {
  const inUnit = unit === undefined ? {} : { unit };
  return (value) =>
    value === undefined
      ? { file, ...inUnit }
      : { file, line: startLine + lines.positionAt(value.site.start).line + 1, ...inUnit };
}

/** What a kustomization deploys is looked at as it is built; places are those of bases, patches and fields. */
export interface OverlayPlaces {
  /** The folder of the kustomization, relative to the working folder. */
  readonly unit: string;
  /** Relative to the working folder. */
  shown(file: string): string;
  textOf(file: string): string | undefined;
}

/** The documents of a kustomization as evidence is looked for in them. */
export function documentsOfOverlay(
  overlay: BuiltOverlay,
  { unit, shown, textOf }: OverlayPlaces,
  surroundings: Pick<EvidenceDocument, 'world' | 'settings'>,
): EvidenceDocument[] {
  return builtDocuments(overlay).map(({ inspection, originOf }) => ({
    ...surroundings,
    ...{ unit, isRelease: false, pipeline: undefined },
    resources: inspection.resources,
    facts: inspection.facts,
    place: (value) => {
      const { file, range } = originOf(value?.path ?? []);
      const text = range === undefined ? undefined : textOf(file);
      const line = range && text?.slice(0, range.start).split('\n').length;
      return { file: shown(file), ...(line !== undefined && { line }), unit };
    },
  }));
}

/**
 * The documents that a set of values of a chart renders.
 *
 * @param folder of the chart, relative to the working folder
 * @param shown a file of the chart, relative to the working folder
 */
export function documentsOfChart(
  { documents, derivation }: CheckedRendering,
  folder: string,
  shown: (file: string) => string,
  settings: RuleSettings,
): EvidenceDocument[] {
  const { name } = derivation.valueSet;
  const unit = name === undefined ? undefined : `${folder} with ${name}`;
  const world = worldOf(
    documents.flatMap(({ inspection }) => inspection.facts),
    false,
  );
  return documents.map(({ derived, inspection: { resources, facts } }) => ({
    place: () => ({ file: shown(derived.file), ...(unit !== undefined && { unit }) }),
    ...{ unit, isRelease: true, pipeline: undefined },
    ...{ resources, facts, world, settings },
  }));
}
