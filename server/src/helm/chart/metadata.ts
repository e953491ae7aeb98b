import type { OffsetRange } from '../../syntax/ranges.ts';
import { YamlError } from '../encoding/yaml/error.ts';
import type { YamlMap, YamlNode } from '../encoding/yaml/nodes.ts';
import { readYaml } from '../encoding/yaml/reader.ts';
import { formatShortest } from '../go/float.ts';

/** A text of Chart.yaml and where it stands. */
export interface MetadataText {
  readonly text: string;
  readonly range: OffsetRange | undefined;
}

/** A declared dependency. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly condition: string;
  readonly tags: readonly string[];
  readonly alias: string;
  readonly importValues: readonly (string | { readonly child: string; readonly parent: string })[];
  /** The file that declares it, from the root of the chart, and where. */
  readonly file: string;
  readonly range: OffsetRange;
}

export interface Maintainer {
  readonly name: string;
  readonly email: string;
  readonly url: string;
}

/** What Chart.yaml says. Fields that are not given are empty. */
export interface Metadata {
  readonly fields: ReadonlyMap<MetadataField, MetadataText>;
  readonly sources: readonly string[];
  readonly keywords: readonly string[];
  readonly maintainers: readonly Maintainer[];
  readonly annotations: ReadonlyMap<string, string> | undefined;
  readonly deprecated: boolean;
  readonly dependencies: readonly Dependency[];
  /** Chart.yaml, from the root of the chart. */
  readonly file: string;
}

export type MetadataField =
  | 'name'
  | 'home'
  | 'version'
  | 'description'
  | 'icon'
  | 'apiVersion'
  | 'condition'
  | 'tags'
  | 'appVersion'
  | 'kubeVersion'
  | 'type';

const TEXT_FIELDS: readonly MetadataField[] = [
  ...(['name', 'home', 'version', 'description', 'icon', 'apiVersion'] as const),
  ...(['condition', 'tags', 'appVersion', 'kubeVersion', 'type'] as const),
];

/** Why Chart.yaml cannot be used. */
export class MetadataError extends Error {
  readonly range: OffsetRange;

  constructor(message: string, range: OffsetRange) {
    super(message);
    this.range = range;
  }
}

const START: OffsetRange = { start: 0, end: 0 };

export function fieldText(metadata: Metadata, field: MetadataField): string {
  return metadata.fields.get(field)?.text ?? '';
}

/** Reads Chart.yaml. @throws MetadataError */
export function readMetadata(text: string, file: string): Metadata {
  const root = readMap(text, file);
  const fields = new Map<MetadataField, MetadataText>();
  for (const field of TEXT_FIELDS) {
    const node = entry(root, field);
    const value = stringOf(node, field);
    if (node !== undefined && value !== '') {
      fields.set(field, { text: sanitize(value), range: { start: node.start, end: node.end } });
    }
  }
  if (!fields.has('apiVersion')) fields.set('apiVersion', { text: 'v1', range: undefined });
  return {
    fields,
    sources: stringsOf(entry(root, 'sources'), 'sources').map(sanitize),
    keywords: stringsOf(entry(root, 'keywords'), 'keywords').map(sanitize),
    maintainers: maps(entry(root, 'maintainers')).map((node) => ({
      name: sanitize(stringOf(entry(node, 'name'), 'name')),
      email: sanitize(stringOf(entry(node, 'email'), 'email')),
      url: sanitize(stringOf(entry(node, 'url'), 'url')),
    })),
    annotations: annotationsOf(entry(root, 'annotations')),
    deprecated: scalarOf(entry(root, 'deprecated')) === true,
    dependencies: dependenciesOf(root, file),
    file,
  };
}

/** Reads the dependencies of a requirements.yaml. @throws MetadataError */
export function readRequirements(text: string, file: string): readonly Dependency[] {
  return dependenciesOf(readMap(text, file), file);
}

function readMap(text: string, file: string): YamlMap | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1);
  let root: YamlNode | undefined;
  try {
    root = readYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const range = { start: error.offset, end: Math.min(error.offset + 1, text.length) };
    throw new MetadataError(`cannot load ${name}: error converting YAML to JSON: ${error.message}`, range);
  }
  if (root === undefined || (root.kind === 'scalar' && root.value === null)) return undefined;
  if (root.kind === 'map') return root;
  throw new MetadataError(
    `cannot load ${name}: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${
      root.kind === 'list' ? 'array' : typeof root.value
    } into Go value of type v2.Metadata`,
    START,
  );
}

/** encoding/json finds fields whatever their case; the exact name is preferred. */
function entry(map: YamlMap | undefined, name: string): YamlNode | undefined {
  const exact = map?.entries.get(name)?.value;
  if (exact !== undefined || map === undefined) return exact;
  for (const [key, { value }] of map.entries) {
    if (key.toLowerCase() === name.toLowerCase()) return value;
  }
  return undefined;
}

function scalarOf(node: YamlNode | undefined): string | number | boolean | null {
  return node?.kind === 'scalar' ? node.value : null;
}

function stringOf(node: YamlNode | undefined, field: string): string {
  if (node === undefined) return '';
  if (node.kind !== 'scalar') {
    const actual = node.kind === 'map' ? 'object' : 'array';
    throw new MetadataError(
      `cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${actual} into Go struct field Metadata.${field} of type string`,
      { start: node.start, end: node.end },
    );
  }
  return scalarText(node.value);
}

/** A number or boolean where text is wanted: floats lose what does not fit into 32 bits. */
export function scalarText(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return BigInt(value).toString();
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return formatShortest(short);
  }
  return formatShortest(value);
}

function stringsOf(node: YamlNode | undefined, field: string): string[] {
  if (node?.kind !== 'list') return [];
  return node.items.map((item) => stringOf(item, field));
}

function maps(node: YamlNode | undefined): YamlMap[] {
  return node?.kind === 'list' ? node.items.filter((item): item is YamlMap => item.kind === 'map') : [];
}

function annotationsOf(node: YamlNode | undefined): ReadonlyMap<string, string> | undefined {
  if (node?.kind !== 'map') return undefined;
  return new Map([...node.entries].map(([key, { value }]) => [key, stringOf(value, 'annotations')]));
}

function dependenciesOf(root: YamlMap | undefined, file: string): Dependency[] {
  return maps(entry(root, 'dependencies')).map((node) => ({
    name: sanitize(stringOf(entry(node, 'name'), 'name')),
    version: sanitize(stringOf(entry(node, 'version'), 'version')),
    repository: sanitize(stringOf(entry(node, 'repository'), 'repository')),
    condition: sanitize(stringOf(entry(node, 'condition'), 'condition')),
    tags: stringsOf(entry(node, 'tags'), 'tags').map(sanitize),
    alias: stringOf(entry(node, 'alias'), 'alias'),
    importValues: importsOf(entry(node, 'import-values')),
    file,
    range: { start: node.start, end: node.end },
  }));
}

function importsOf(node: YamlNode | undefined): Dependency['importValues'] {
  if (node?.kind !== 'list') return [];
  return node.items.flatMap((item): Dependency['importValues'] => {
    if (item.kind === 'scalar') return [scalarText(item.value)];
    if (item.kind !== 'map') return [];
    const field = (name: string) => scalarText(scalarOf(item.entries.get(name)?.value));
    return [{ child: field('child'), parent: field('parent') }];
  });
}

/** White space becomes spaces, and what cannot be printed vanishes. */
function sanitize(text: string): string {
  return text.replace(/[\s\u0085]/gu, ' ').replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '');
}
