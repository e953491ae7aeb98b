import { MapNode, type Node, ScalarNode, textOf } from './node.ts';

/**
 * Images with those that Flux brings: what an entry says takes the place of what one of the same name says, tag and digest together.
 *
 * Source: https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_generator.go
 */
export function imagesOfFlux(before: readonly MapNode[], images: readonly Node[]): MapNode[] {
  const after = [...before];
  for (const image of images) {
    if (!(image instanceof MapNode)) continue;
    const at = after.findIndex((other) => nameOf(other) === nameOf(image));
    const known = after[at];
    if (known === undefined) after.push(image);
    else after[at] = merged(known, image);
  }
  return after;
}

function merged(known: MapNode, image: MapNode): MapNode {
  const all = new MapNode(image.trace);
  const isVersion = (key: string) => key === 'newTag' || key === 'digest';
  const setsVersion = [...image.entries].some(([key, value]) => isVersion(key) && isGiven(value));
  for (const [key, value] of known.entries) if (!(setsVersion && isVersion(key))) all.set(key, value);
  for (const [key, value] of image.entries) if (isGiven(value)) all.set(key, value);
  return all;
}

function isGiven(node: Node): boolean {
  return (textOf(node) ?? '') !== '';
}

/**
 * Images with those that Argo CD sets, as texts for `kustomize edit set image`: `name=newName:tag@digest`, and each of the parts alone. They take the
 * place of those of the same name. What only the running Argo CD knows (`$ARGOCD_APP_REVISION`) is left out.
 *
 * Source: https://github.com/kubernetes-sigs/kustomize/blob/master/kustomize/commands/edit/set/setimage.go
 */
export function imagesOfArgo(before: readonly MapNode[], images: readonly Node[]): MapNode[] {
  const set = images.flatMap((image) => (image instanceof ScalarNode ? (imageIn(image) ?? []) : []));
  const names = new Set(set.map(nameOf));
  return [
    ...before.filter((other) => !names.has(nameOf(other))),
    // The last one of a name counts.
    ...set.filter((image, index) => set.findLastIndex((other) => nameOf(other) === nameOf(image)) === index),
  ];
}

const IMAGE = /^(?:([^=]+)=)?([^=@]+?)(?::([a-zA-Z0-9._-]+))?(?:@([^=@]+))?$/d;

function imageIn({ text, trace }: ScalarNode): MapNode | undefined {
  const match = text.text.includes('$') ? null : IMAGE.exec(text.text);
  const [, name, target, tag, digest] = match?.indices ?? [];
  if (target === undefined) return undefined;
  const image = new MapNode(trace);
  const put = (field: string, range: readonly [number, number] | undefined) => {
    if (range !== undefined) image.set(field, new ScalarNode(text.slice(...range), true));
  };
  put('name', name ?? target);
  if (name !== undefined) put('newName', target);
  put('newTag', tag);
  put('digest', digest);
  // A name alone says nothing.
  return image.entries.size > 1 ? image : undefined;
}

function nameOf(image: MapNode): string {
  return textOf(image.get('name')) ?? '';
}
