import { documentsOf, type SourceText } from './documents.ts';
import { at, copyOf, type MapNode, type Node, textOf } from './node.ts';
import { BuildError } from './problems.ts';
import { BuildResource, metadataTexts } from './resource.ts';

/** Annotations of a resource that stand for options of a generator. */
const NEEDS_HASH = 'kustomize.config.k8s.io/needs-hash';
const BEHAVIOR = 'kustomize.config.k8s.io/behavior';

/**
 * The resources of a text. The items of lists come behind the others, as in Kustomize.
 *
 * @throws {BuildError} when one is no object of Kubernetes
 */
export function resourcesIn(source: SourceText, documents = documentsOf(source)): BuildResource[] {
  return objectsIn(source, documents).map((root) => {
    if (textOf(at(root, 'metadata', 'name')) === undefined)
      throw new BuildError('unreadable', 'An object without a name cannot be built.', root.trace);
    return resourceOf(root, source.file);
  });
}

/** The objects of a text, of which patches may have no name. */
export function objectsIn(source: SourceText, documents = documentsOf(source)): MapNode[] {
  const open: Node[] = documents.map(({ root }) => root);
  const objects: MapNode[] = [];
  for (let node = open.shift(); node !== undefined; node = open.shift()) {
    if (node.kind === 'scalar' && node.isNull) continue;
    if (node.kind !== 'map')
      throw new BuildError('unreadable', 'This is no object of Kubernetes.', node.trace);
    if (node.entries.size === 0) continue;
    const kind = textOf(node.get('kind'));
    if (kind === undefined)
      throw new BuildError('unreadable', 'An object without a kind cannot be built.', node.trace);
    const items = kind.endsWith('List') ? node.get('items') : undefined;
    if (items === undefined) objects.push(node);
    else if (items.kind === 'list') open.push(...items.items);
  }
  return objects;
}

export function resourceOf(root: MapNode, file: string, generator?: string): BuildResource {
  // Aliases share nodes, which must not change together.
  const resource = new BuildResource(copyOf(root), file, generator);
  const annotations = metadataTexts(root, 'annotations');
  resource.needsHash = annotations.get(NEEDS_HASH) === 'enabled';
  const behavior = annotations.get(BEHAVIOR);
  if (behavior === 'merge' || behavior === 'replace') resource.behavior = behavior;
  return resource;
}
