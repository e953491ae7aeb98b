import type { FileContents, OriginKind } from '../helm/index.ts';
import { ScalarValue } from '../syntax/values.ts';
import {
  contentsText,
  documentsOf,
  fileText,
  inlineText,
  type SourceDocument,
  type SourceText,
} from './documents.ts';
import { MapNode, type Node, ScalarNode } from './node.ts';
import { joinPath } from './paths.ts';
import { BuildError } from './problems.ts';

/** An object that configures a build: a kustomization, or a transformer or generator in a file of its own. */
export class ConfigObject {
  readonly document: SourceDocument;
  readonly root: MapNode;
  /** The folder that its paths start from. */
  readonly folder: string;

  constructor(document: SourceDocument, root: MapNode, folder: string) {
    this.document = document;
    this.root = root;
    this.folder = folder;
  }

  get file(): string {
    return this.document.source.file;
  }

  /** The value of a field, whose case does not matter. */
  node(field: string): Node | undefined {
    const exact = this.root.get(field);
    if (exact !== undefined) return exact;
    const wanted = field.toLowerCase();
    for (const [key, value] of this.root.entries) if (key.toLowerCase() === wanted) return value;
    return undefined;
  }

  /** A text that is not empty. */
  scalar(field: string): ScalarNode | undefined {
    const node = this.node(field);
    return node instanceof ScalarNode && !node.isNull && node.text.text !== '' ? node : undefined;
  }

  text(field: string): string {
    return this.scalar(field)?.text.text ?? '';
  }

  map(field: string): MapNode | undefined {
    const node = this.node(field);
    return node instanceof MapNode ? node : undefined;
  }

  /** The items of a list of maps. */
  maps(field: string): MapNode[] {
    return this.items(field).filter((item) => item instanceof MapNode);
  }

  /** The items of a list of texts. */
  scalars(field: string): ScalarNode[] {
    return this.items(field).filter((item): item is ScalarNode => item instanceof ScalarNode && !item.isNull);
  }

  items(field: string): readonly Node[] {
    const node = this.node(field);
    return node?.kind === 'list' ? node.items : [];
  }

  /** The entries of a map of texts, such as labels. */
  entries(field: string): [string, ScalarNode][] {
    return scalarEntries(this.node(field));
  }

  /** A text inside of this object, which is a document of its own. */
  inline(path: readonly (string | number)[], kind: OriginKind): SourceText {
    const value = this.document.value.at(path);
    if (value instanceof ScalarValue) return inlineText(value, this.document, kind);
    throw new BuildError('invalid', 'This is no text.', this.root.trace);
  }

  resolve(path: string): string | undefined {
    return joinPath(this.folder, path);
  }
}

export function scalarEntries(node: Node | undefined): [string, ScalarNode][] {
  if (node?.kind !== 'map') return [];
  return [...node.entries].filter((entry): entry is [string, ScalarNode] => entry[1] instanceof ScalarNode);
}

/**
 * Reads a kustomization.
 *
 * @throws {BuildError} when it is none
 */
export function readKustomization(file: string, contents: FileContents, folder: string): ConfigObject {
  const source = fileText(file, contentsText(contents), 'kustomization');
  const [document] = documentsOf(source);
  if (document === undefined || !(document.root instanceof MapNode)) {
    const trace = document?.root.trace ?? [
      { kind: 'kustomization', file, range: { start: 0, end: 0 }, path: [] },
    ];
    throw new BuildError('unreadable', 'This is no kustomization.', trace);
  }
  return new ConfigObject(document, document.root, folder);
}
