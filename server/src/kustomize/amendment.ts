import type { OriginKind } from '../helm/index.ts';
import { Str } from '../helm/trace/text.ts';
import { LineIndex } from '../syntax/lines.ts';
import type { Path } from '../syntax/paths.ts';
import { ScalarValue, type Value } from '../syntax/values.ts';
import { imagesOfArgo, imagesOfFlux } from './amended-images.ts';
import type { KustomizeFiles } from './charts.ts';
import {
  contentsText,
  documentsOf,
  fileText,
  inlineText,
  type SourceDocument,
  type SourceText,
} from './documents.ts';
import { ConfigObject } from './kustomization.ts';
import { at, ListNode, MapNode, type Node, ScalarNode, stringNode, textOf } from './node.ts';
import { joinPath } from './paths.ts';
import { BuildError } from './problems.ts';
import type { BuildResource } from './resource.ts';
import { finishAsFlux } from './substitution.ts';

/** What an object in a manifest changes in a kustomization before it is built. */
export interface Amendment {
  readonly tool: 'Argo CD' | 'Flux';
  /** The manifest, the object in it, and the path of the fields. */
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  readonly path: Path;
  /** Puts in what templates leave open; absent: nothing. */
  readonly fill?: ((text: string) => string) | undefined;
}

/** The fields of an amendment. */
interface AmendedFields {
  readonly document: SourceDocument;
  readonly node: MapNode;
}

/** A kustomization as it is built. */
export interface AmendedBuild {
  readonly root: ConfigObject;
  /** What is done with what has been built. */
  finish(resources: readonly BuildResource[]): void;
}

/**
 * A kustomization with what an amendment writes into it: names and namespace take the place of its own, patches and components come behind
 * them.
 *
 * Sources: https://github.com/argoproj/argo-cd/blob/master/util/kustomize/kustomize.go and
 * https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_generator.go
 *
 * @param isThere whether a folder has a kustomization
 * @throws {BuildError} when it cannot be read, or contradicts the kustomization
 */
export function amendedBuild(
  own: ConfigObject,
  amendment: Amendment,
  files: KustomizeFiles,
  isThere: (folder: string) => boolean,
): AmendedBuild {
  const contents = files.get(amendment.file);
  const fields = contents === undefined ? undefined : fieldsOf(amendment, contentsText(contents));
  if (fields === undefined)
    throw new BuildError('missing-file', `There is no ${amendment.kind} "${amendment.name}".`);
  const isComponent = (path: string) => {
    const folder = joinPath(own.folder, path);
    return folder !== undefined && isThere(folder);
  };
  return {
    root: amended(own, amendment, fields, isComponent),
    finish: (resources) => {
      if (amendment.tool === 'Flux') finishAsFlux(resources, fields.node);
    },
  };
}

/** Reads what an amendment says; undefined where there is no such object. */
function fieldsOf({ file, kind, name, path, fill }: Amendment, text: string): AmendedFields | undefined {
  for (const document of documentsOf(fileText(file, text, 'kustomization'))) {
    const { root } = document;
    if (textOf(at(root, 'kind')) !== kind || textOf(at(root, 'metadata', 'name')) !== name) continue;
    const node = path.reduce<Node | undefined>((inner, key) => below(inner, key), root);
    if (!(node instanceof MapNode)) continue;
    if (fill !== undefined) fillIn(node, fill);
    return { document, node };
  }
  return undefined;
}

function below(node: Node | undefined, key: string | number): Node | undefined {
  if (node?.kind === 'list') return node.items[Number(key)];
  return node?.kind === 'map' ? node.get(String(key)) : undefined;
}

function fillIn(node: Node, fill: (text: string) => string): void {
  if (node.kind === 'scalar') {
    const filled = fill(node.text.text);
    if (filled !== node.text.text) node.text = new Str(filled, node.trace);
    return;
  }
  for (const inner of node.kind === 'list' ? node.items : node.entries.values()) fillIn(inner, fill);
}

function amended(
  own: ConfigObject,
  amendment: Amendment,
  fields: AmendedFields,
  isThere: (component: string) => boolean,
): ConfigObject {
  const { node } = fields;
  const root = new MapNode(own.root.trace);
  for (const [key, value] of own.root.entries) root.set(key, value, own.root.keyTrace(key));
  const given = (field: string) => {
    const value = node.get(field);
    return value instanceof ScalarNode && !value.isNull && value.text.text !== '' ? value : undefined;
  };
  const replace = (field: string, value: Node | undefined) => {
    if (value === undefined) return;
    // The case of a kustomization's fields does not matter.
    for (const key of root.entries.keys()) if (key.toLowerCase() === field.toLowerCase()) root.delete(key);
    root.set(field, value);
  };
  const append = (field: string, items: readonly Node[]) => {
    if (items.length === 0) return;
    replace(field, new ListNode([...own.items(field), ...items], node.get(field)?.trace ?? node.trace));
  };
  replace('namePrefix', given('namePrefix'));
  replace('nameSuffix', given('nameSuffix'));
  replace('namespace', given(amendment.tool === 'Flux' ? 'targetNamespace' : 'namespace'));
  append('patches', itemsIn(node, 'patches'));
  const ignoresMissing = textOf(node.get('ignoreMissingComponents')) === 'true';
  append(
    'components',
    itemsIn(node, 'components').filter((item) => !ignoresMissing || isThere(textOf(item) ?? '')),
  );
  const images = itemsIn(node, 'images');
  if (images.length > 0) {
    const before = own.maps('images');
    const after = amendment.tool === 'Flux' ? imagesOfFlux(before, images) : imagesOfArgo(before, images);
    replace('images', new ListNode(after, node.trace));
  }
  if (amendment.tool === 'Argo CD') amendAsArgo(own, node, replace);
  return new AmendedObject(own, root, fields, amendment);
}

function amendAsArgo(
  own: ConfigObject,
  node: MapNode,
  replace: (field: string, value: Node | undefined) => void,
): void {
  const replicas = itemsIn(node, 'replicas').filter((item) => item instanceof MapNode);
  const set = new Set(replicas.map((item) => textOf(item.get('name'))));
  const others = own.maps('replicas').filter((item) => !set.has(textOf(item.get('name'))));
  if (replicas.length > 0) replace('replicas', new ListNode([...others, ...replicas], node.trace));
  const isSet = (field: string) => textOf(node.get(field)) === 'true';
  const labels = mapIn(node, 'commonLabels');
  if (labels !== undefined && isSet('labelWithoutSelector')) {
    const entry = new MapNode(labels.trace);
    entry.set('pairs', labels);
    if (isSet('labelIncludeTemplates')) entry.set('includeTemplates', stringNode('true', labels.trace));
    replace('labels', new ListNode([...own.items('labels'), entry], labels.trace));
  } else if (labels !== undefined)
    replace('commonLabels', joined(own, 'commonLabels', labels, isSet('forceCommonLabels')));
  const annotations = mapIn(node, 'commonAnnotations');
  if (annotations !== undefined)
    replace(
      'commonAnnotations',
      joined(own, 'commonAnnotations', annotations, isSet('forceCommonAnnotations')),
    );
}

/** @throws {BuildError} for a key that is there already, unless it may be replaced */
function joined(own: ConfigObject, field: string, more: MapNode, mayReplace: boolean): MapNode {
  const before = own.map(field);
  const all = new MapNode(more.trace);
  for (const [key, value] of before?.entries ?? []) all.set(key, value, before?.keyTrace(key));
  for (const [key, value] of more.entries) {
    if (all.get(key) !== undefined && !mayReplace)
      throw new BuildError(
        'invalid',
        `The kustomization has "${key}" among its ${field} already.`,
        value.trace,
      );
    all.set(key, value, more.keyTrace(key));
  }
  return all;
}

function itemsIn(node: MapNode, field: string): readonly Node[] {
  const list = node.get(field);
  return list?.kind === 'list' ? list.items : [];
}

function mapIn(node: MapNode, field: string): MapNode | undefined {
  const map = node.get(field);
  return map instanceof MapNode && map.entries.size > 0 ? map : undefined;
}

/** A kustomization whose lists end with items from elsewhere. */
class AmendedObject extends ConfigObject {
  readonly #own: ConfigObject;
  readonly #fields: AmendedFields;
  readonly #amendment: Amendment;

  constructor(own: ConfigObject, root: MapNode, fields: AmendedFields, amendment: Amendment) {
    super(own.document, root, own.folder);
    this.#own = own;
    this.#fields = fields;
    this.#amendment = amendment;
  }

  override inline(path: readonly (string | number)[], kind: OriginKind): SourceText {
    const [field, index, ...rest] = path;
    const count = this.#own.items(String(field)).length;
    if (typeof index !== 'number' || index < count) return super.inline(path, kind);
    const { document } = this.#fields;
    const { fill, path: within } = this.#amendment;
    const value: Value | undefined = document.value.at([...within, String(field), index - count, ...rest]);
    if (!(value instanceof ScalarValue)) throw new BuildError('invalid', 'This is no text.', this.root.trace);
    const source = inlineText(value, document, kind);
    return fill === undefined ? source : filledText(source, fill(source.text));
  }
}

/** A text in which places were filled in: a line of it stands where the line did. */
function filledText(source: SourceText, text: string): SourceText {
  if (text === source.text) return source;
  const [from, to] = [new LineIndex(text), new LineIndex(source.text)];
  return {
    ...source,
    text,
    placeOf: (range) => {
      const { line } = from.positionAt(range.start);
      const start = to.offsetAt({ line, character: 0 });
      const end = source.text.indexOf('\n', start);
      return source.placeOf({ start, end: end === -1 ? source.text.length : end });
    },
  };
}
