import type { Fact } from '../../analysis/facts.ts';
import type { Pipeline } from '../../analysis/pipelines/pipeline.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { RuleSettings } from '../../rules/settings.ts';
import type { Value } from '../../syntax/values.ts';
import type { PlaceOf } from './deployed-documents.ts';
import type { EvidencePlace } from './model.ts';

/** A document in which evidence is looked for. */
export interface EvidenceDocument {
  /** Where somebody typed a value, or what the document was made from. */
  readonly place: PlaceOf;
  /** The folder that deploys as a whole, relative to the working folder; undefined where everything deploys together. */
  readonly unit: string | undefined;
  /** Whether it is decided with each release where it goes, as of what a chart renders. */
  readonly isRelease: boolean;
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

export function placeOf(document: EvidenceDocument, value?: Value): EvidencePlace {
  return document.place(value);
}

/** Where a resource names itself. */
export function headOf({ root, metadata }: Resource): Value {
  return metadata?.get('name') ?? root;
}

export function nameOf({ kind, name }: Pick<Resource, 'kind' | 'name'>): string {
  return `${kind} "${name}"`;
}
