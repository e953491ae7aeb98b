import { DEFAULT_CONFIG, type NameReference, type TransformerConfig } from './default-field-specs.ts';
import type { FieldSpec } from './field-path.ts';
import { type MapNode, type Node, textOf } from './node.ts';
import type { KindSelector } from './resource.ts';
import { compareKinds } from './sort.ts';

const EMPTY: readonly never[] = [];

/** Reads field specs from a file of `configurations`, or from a field of a transformer. */
export function fieldSpecsIn(node: Node | undefined): FieldSpec[] {
  const items = node?.kind === 'list' ? node.items : EMPTY;
  return items.flatMap((item) => {
    const path = item.kind === 'map' ? textOf(item.get('path')) : undefined;
    if (item.kind !== 'map' || path === undefined) return [];
    return [{ ...kindIn(item), path, create: textOf(item.get('create')) === 'true' }];
  });
}

function kindIn(item: MapNode): KindSelector {
  const field = (name: string) => textOf(item.get(name));
  return { group: field('group'), version: field('version'), kind: field('kind') };
}

/** What a file of `configurations` says. */
export function configurationOf(file: MapNode): TransformerConfig {
  const specs = (field: keyof TransformerConfig) => fieldSpecsIn(file.get(field));
  const references = file.get('nameReference');
  return {
    namePrefix: specs('namePrefix'),
    nameSuffix: specs('nameSuffix'),
    namespace: specs('namespace'),
    commonLabels: specs('commonLabels'),
    labels: specs('labels'),
    templateLabels: specs('templateLabels'),
    volumeClaimTemplateLabels: specs('volumeClaimTemplateLabels'),
    commonAnnotations: specs('commonAnnotations'),
    images: specs('images'),
    replicas: specs('replicas'),
    varReference: specs('varReference'),
    nameReference: (references?.kind === 'list' ? references.items : EMPTY).flatMap((item) =>
      item.kind === 'map' ? [{ ...kindIn(item), fieldSpecs: fieldSpecsIn(item.get('fieldSpecs')) }] : [],
    ),
  };
}

/**
 * Adds one configuration to another. As in Kustomize, fields of a kind keep those out that come later and are for every kind, when a
 * configuration is gathered anew (`undefined`).
 */
export function mergeConfigs(
  known: TransformerConfig | undefined,
  more: TransformerConfig,
): TransformerConfig {
  if (known === more || (known === undefined && more === DEFAULT_CONFIG)) return more;
  const config = known ?? NOTHING;
  const merged = (field: Exclude<keyof TransformerConfig, 'nameReference'>) =>
    mergeFields(config[field], more[field]).sort(compareKinds);
  return {
    namePrefix: merged('namePrefix'),
    nameSuffix: merged('nameSuffix'),
    namespace: merged('namespace'),
    commonLabels: merged('commonLabels'),
    labels: merged('labels'),
    templateLabels: merged('templateLabels'),
    volumeClaimTemplateLabels: merged('volumeClaimTemplateLabels'),
    commonAnnotations: merged('commonAnnotations'),
    images: merged('images'),
    replicas: merged('replicas'),
    varReference: merged('varReference'),
    nameReference: mergeReferences(config.nameReference, more.nameReference),
  };
}

const NOTHING: TransformerConfig = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  volumeClaimTemplateLabels: [],
  commonAnnotations: [],
  images: [],
  replicas: [],
  varReference: [],
  nameReference: [],
};

/** Fields that are known already are left out. */
export function mergeFields(fields: readonly FieldSpec[], more: readonly FieldSpec[]): FieldSpec[] {
  const merged = [...fields];
  for (const field of more) {
    if (!merged.some((known) => known.path === field.path && covers(known, field))) merged.push(field);
  }
  return merged;
}

/** Whether a known field is among those of another selector, as Kustomize compares them. */
function covers(known: KindSelector, other: KindSelector): boolean {
  return (
    (!other.group || known.group === other.group) &&
    (!other.version || known.version === other.version) &&
    (!other.kind || known.kind === other.kind)
  );
}

function mergeReferences(
  references: readonly NameReference[],
  more: readonly NameReference[],
): NameReference[] {
  const merged = [...references];
  for (const reference of more) {
    const index = merged.findIndex(
      ({ group, version, kind }) =>
        (group ?? '') === (reference.group ?? '') &&
        (version ?? '') === (reference.version ?? '') &&
        kind === reference.kind,
    );
    const known = merged[index];
    if (known === undefined) merged.push(reference);
    else if (known !== reference)
      merged[index] = { ...known, fieldSpecs: mergeFields(known.fieldSpecs, reference.fieldSpecs) };
  }
  return merged;
}
