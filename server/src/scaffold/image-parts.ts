/** An image as values and kustomizations write it: its name, and its tag or digest. */
export interface ImageParts {
  readonly repository: string;
  readonly version: { readonly key: 'tag' | 'digest'; readonly text: string };
}

/** @param image with a tag or a digest; with both, the digest decides */
export function imagePartsOf(image: string): ImageParts {
  const at = image.indexOf('@');
  const named = at === -1 ? image : image.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const repository = colon === -1 ? named : named.slice(0, colon);
  return at === -1
    ? { repository, version: { key: 'tag', text: named.slice(repository.length + 1) } }
    : { repository, version: { key: 'digest', text: image.slice(at + 1) } };
}
