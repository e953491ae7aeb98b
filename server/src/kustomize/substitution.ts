import { replaceParts, type Str } from '../helm/trace/text.ts';
import { parseDocument } from '../syntax/parse.ts';
import { ScalarValue } from '../syntax/values.ts';
import { scalarEntries } from './kustomization.ts';
import { setEntries } from './names.ts';
import { at, MapNode, type Node, ScalarNode } from './node.ts';
import { type BuildResource, metadataTexts } from './resource.ts';

/** An annotation or label by which an object is left as it is. */
const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

/** Variables by their names, and whether there are no others. */
interface Variables {
  readonly known: ReadonlyMap<string, Str>;
  readonly isAll: boolean;
}

/**
 * What Flux does with what has been built: variables are put in, and metadata is given to all. Variables that come from ConfigMaps and Secrets
 * are not known, and stay as they are written.
 *
 * Source: https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function finishAsFlux(resources: readonly BuildResource[], node: MapNode): void {
  const postBuild = node.get('postBuild');
  const known = new Map(scalarEntries(at(postBuild, 'substitute')).map(([name, { text }]) => [name, text]));
  const from = at(postBuild, 'substituteFrom');
  const isAll = from?.kind !== 'list' || from.items.length === 0;
  if (known.size > 0 || !isAll)
    for (const resource of resources) {
      const isLeft = (['labels', 'annotations'] as const).some(
        (field) => metadataTexts(resource.root, field).get(SUBSTITUTE) === 'disabled',
      );
      if (!isLeft && resource.root !== undefined) substituteIn(resource.root, { known, isAll });
    }
  const metadata = node.get('commonMetadata');
  for (const field of ['labels', 'annotations'])
    setEntries(resources, scalarEntries(at(metadata, field)), [{ path: `metadata/${field}`, create: true }]);
}

function substituteIn(node: Node, variables: Variables): void {
  if (node instanceof ScalarNode) {
    if (!node.text.text.includes('${')) return;
    const text = substituted(node.text, variables);
    if (text.text === node.text.text) return;
    node.text = text;
    // What is built is written without quotes that it does not need, and read again.
    node.isString = !isPlain(text.text);
    node.style = 'plain';
    return;
  }
  for (const inner of node instanceof MapNode ? node.entries.values() : node.items)
    substituteIn(inner, variables);
}

function isPlain(text: string): boolean {
  const { root, problems } = parseDocument(text);
  return (
    problems.length === 0 && root instanceof ScalarValue && root.style === 'plain' && !text.includes('\n')
  );
}

/** `$${name}` stands for `${name}`. Defaults hold no variables. */
const VARIABLE = /\$?\$\{([A-Za-z_]\w*)(?:(:?[-=])([^{}$]*))?\}/g;

function substituted(text: Str, { known, isAll }: Variables): Str {
  const parts = [...text.text.matchAll(VARIABLE)].flatMap((match) => {
    const [whole, name = '', , fallback] = match;
    const place = { start: match.index, end: match.index + whole.length };
    if (whole.startsWith('$$')) return [{ ...place, by: whole.slice(1) }];
    const value = known.get(name);
    if (value === undefined && !isAll) return [];
    return [{ ...place, by: value === undefined || value.text === '' ? (fallback ?? value ?? '') : value }];
  });
  return parts.length === 0 ? text : replaceParts(text, parts);
}
