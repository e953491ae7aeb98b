import type { Fact } from '../../analysis/facts.ts';
import type { Pipeline } from '../../analysis/pipelines/pipeline.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { RuleSettings } from '../../rules/settings.ts';
import type { LineIndex } from '../../syntax/lines.ts';
import type { Value } from '../../syntax/values.ts';
import type { EvidencePlace } from './model.ts';

/** A document in which evidence is looked for. */
export interface EvidenceDocument {
  /** Relative to the working folder, with `/` between the parts. */
  readonly file: string;
  readonly lines: LineIndex;
  /** Zero-based line of the file in which the document starts; undefined where it was derived, so that its lines are nobody's. */
  readonly startLine: number | undefined;
  readonly resources: readonly Resource[];
  readonly pipeline: Pipeline | undefined;
  readonly facts: readonly Fact[];
  readonly world: World;
  readonly settings: RuleSettings;
}

/** That a part of a control is shown for something, or would have to be and is not. */
export interface Observation {
  readonly aspect: string;
  readonly shown: boolean;
  /** What it is shown by, or what is missing, in a sentence. */
  readonly text: string;
  readonly place: EvidencePlace;
  /** Undefined for what belongs to the cluster. */
  readonly namespace: string | undefined;
  /** What settles the matter wherever it is shown: an observation that settles the same makes one that waits for it superfluous. */
  readonly settles?: string;
  readonly waitsFor?: string;
}

export type Observe = (resource: Resource, document: EvidenceDocument) => readonly Observation[];

export function placeOf({ file, lines, startLine }: EvidenceDocument, value?: Value): EvidencePlace {
  if (startLine === undefined || value === undefined) return { file };
  return { file, line: startLine + lines.positionAt(value.site.start).line + 1 };
}

/** Where a resource names itself. */
export function headOf({ root, metadata }: Resource): Value {
  return metadata?.get('name') ?? root;
}

export function nameOf({ kind, name }: Pick<Resource, 'kind' | 'name'>): string {
  return `${kind} "${name}"`;
}
