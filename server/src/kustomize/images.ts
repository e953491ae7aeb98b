import { RE2JS } from 're2js';
import { Str } from '../helm/trace/text.ts';
import { type FieldSpec, visitFields } from './field-path.ts';
import { isNull, type MapNode, type Node, type ScalarNode, textOf } from './node.ts';
import { BuildError } from './problems.ts';
import type { BuildResource } from './resource.ts';

/** Lists that hold containers, wherever they stand. */
const CONTAINER_LISTS: ReadonlySet<string> = new Set(['containers', 'initContainers']);

/** Replaces the names, tags and digests of the images that one entry of `images` is for. */
export function replaceImages(
  resources: readonly BuildResource[],
  image: MapNode,
  fields: readonly FieldSpec[],
): void {
  const replaces = matcherOf(image);
  const visit = (node: Node | undefined) => {
    if (node?.kind === 'scalar' && replaces(node.text.text)) replace(node, image);
  };
  for (const resource of resources) {
    if (resource.root === undefined || resource.kind === 'CustomResourceDefinition') continue;
    visitContainers(resource.root, visit);
    for (const field of fields) {
      visitFields(resource, field, {
        visit: (node) => {
          if (node.kind !== 'scalar')
            throw new BuildError('invalid', 'There is no text where an image belongs.', node.trace);
          visit(node);
        },
      });
    }
  }
}

function visitContainers(node: Node, visit: (image: Node | undefined) => void): void {
  if (node.kind === 'list') for (const item of node.items) visitContainers(item, visit);
  if (node.kind !== 'map') return;
  for (const [key, value] of node.entries) {
    visitContainers(value, visit);
    if (!CONTAINER_LISTS.has(key) || value.kind !== 'list') continue;
    for (const item of value.items) {
      if (isNull(item)) continue;
      if (item.kind === 'map') visit(item.get('image'));
    }
  }
}

/** The name of an entry is a regular expression to Kustomize. */
function matcherOf(image: MapNode): (text: string) => boolean {
  const name = textOf(image.get('name')) ?? '';
  try {
    const pattern = RE2JS.compile(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`);
    return (text) => pattern.matcher(text).find();
  } catch {
    return () => false;
  }
}

function textIn(image: MapNode, field: string): Str | undefined {
  const node = image.get(field);
  return node?.kind === 'scalar' && node.text.text !== '' && !node.isNull ? node.text : undefined;
}

function replace(node: ScalarNode, image: MapNode): void {
  const parts = partsOf(node.text.text);
  const [newName, newTag] = [textIn(image, 'newName'), textIn(image, 'newTag')];
  const [newDigest, tagSuffix] = [textIn(image, 'digest'), textIn(image, 'tagSuffix')];
  let { tag, digest } = parts;
  if (newTag !== undefined || newDigest !== undefined)
    [tag, digest] = [newTag?.text ?? '', newDigest?.text ?? ''];
  else if (tagSuffix !== undefined) [tag, digest] = [tag + tagSuffix.text, ''];
  const name = newName?.text ?? parts.name;
  const text = name + (tag === '' ? '' : `:${tag}`) + (digest === '' ? '' : `@${digest}`);
  const deciding = [newDigest, newTag, tagSuffix, newName].flatMap((part) => part?.trace ?? []);
  node.setText(new Str(text, deciding.length > 0 ? deciding : image.trace), false);
}

interface ImageParts {
  readonly name: string;
  /** Empty when there is none, as is the digest. */
  readonly tag: string;
  readonly digest: string;
}

/** Splits `host:port/name:tag@digest`. */
function partsOf(image: string): ImageParts {
  const slash = Math.max(0, image.indexOf('/'));
  const at = image.indexOf('@', slash);
  const colon = image.indexOf(':', slash);
  if (at === -1 && colon === -1) return { name: image, tag: '', digest: '' };
  if (at !== -1 && (at < colon || colon === -1))
    return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) };
  const end = at === -1 ? image.length : at;
  return { name: image.slice(0, colon), tag: image.slice(colon + 1, end), digest: image.slice(end + 1) };
}
