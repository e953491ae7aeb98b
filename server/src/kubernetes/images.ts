import type { Text } from '../l10n/say.ts';
import type { Value } from '../syntax/values.ts';
import type { Container, Pod } from './pods.ts';

/** An image reference with what it leaves out filled in, as container runtimes read it. */
export interface ImageReference {
  /** Host with port, in lower case; `docker.io` where none is written. */
  readonly registry: string;
  /** Path in the registry; Docker Hub's own images are in `library/`. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** With its algorithm: `sha256:...`. */
  readonly digest: string | undefined;
}

export interface InvalidImage {
  /** What is wrong with the reference, as the end of a sentence. */
  readonly problem: Text;
}

const DOCKER_HUB = 'docker.io';
/** Names under which Docker Hub also answers. */
const DOCKER_HUB_ALIASES = new Set([
  DOCKER_HUB,
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
]);

const MAX_NAME_LENGTH = 255;
const HOST = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?$/;
const COMPONENT = /^[a-z0-9._-]+$/;
const COMPONENT_ENDS = /^[a-z0-9].*[a-z0-9]$|^[a-z0-9]$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,}$/;

/**
 * Reads an image reference.
 *
 * Source: the grammar of https://github.com/distribution/reference, and its rule for the first component: a host when it has a dot, a port
 * or capitals, or is `localhost`.
 */
export function parseImageReference(text: string): ImageReference | InvalidImage {
  if (text.includes('://')) return { problem: 'it is a URL' };
  const at = text.indexOf('@');
  const digest = at === -1 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !DIGEST.test(digest)) return { problem: 'its digest is malformed' };
  const named = at === -1 ? text : text.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon === -1 ? undefined : named.slice(colon + 1);
  if (tag !== undefined && !TAG.test(tag)) return { problem: 'its tag is malformed' };
  const name = colon === -1 ? named : named.slice(0, colon);
  if (name === '') return { problem: 'it names no repository' };
  if (name.length > MAX_NAME_LENGTH) return { problem: 'its name is too long' };
  const { registry, repository } = splitHost(name);
  const problem = HOST.test(registry) ? repositoryProblem(repository) : 'its registry is malformed';
  return problem === undefined ? { registry, repository, tag, digest } : { problem };
}

function splitHost(name: string): { registry: string; repository: string } {
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  const isHost = /[.:A-Z]/.test(first) || first === 'localhost';
  const registry = isHost ? first.toLowerCase() : DOCKER_HUB;
  const repository = isHost ? name.slice(slash + 1) : name;
  if (!DOCKER_HUB_ALIASES.has(registry)) return { registry, repository };
  return {
    registry: DOCKER_HUB,
    repository: repository.includes('/') ? repository : `library/${repository}`,
  };
}

function repositoryProblem(repository: string): Text | undefined {
  if (/[A-Z]/.test(repository)) return 'its repository has capital letters';
  const isValid = repository
    .split('/')
    .every((component) => COMPONENT.test(component) && COMPONENT_ENDS.test(component));
  return isValid ? undefined : 'its repository is malformed';
}

export function isInvalidImage(image: ImageReference | InvalidImage): image is InvalidImage {
  return 'problem' in image;
}

/** Registry and repository, without tag and digest: `docker.io/library/nginx`. */
export function imageName({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`;
}

/** Tag and digest as they stand behind the name: `:1.27@sha256:...`. */
export function imageVersion({ tag, digest }: ImageReference): string {
  return (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
}

/** Variables of a shell, of Helm, of Kustomize and the like, a scheme that a builder replaces (`ko://`), or a word such as `IMAGE_NAME` that a script replaces. */
const PLACEHOLDER = /[${}<>%]|^(?!https?:)[\w+]+:\/\/|@[A-Z0-9_]+@|^[A-Z0-9_]+$/;

/** Whether another program fills in the image before Kubernetes reads it. */
export function isImagePlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** An image that a pod uses. */
export interface UsedImage {
  readonly at: Value;
  readonly text: string;
  /** Undefined for the image of a volume. */
  readonly container: Container | undefined;
}

/** The images of a pod's containers and image volumes, except those that are empty or filled in by another program. */
export function imagesOf({ containers, spec }: Pod): UsedImage[] {
  const written = [
    ...containers.map((container) => ({ at: container.image, container })),
    ...(spec.get('volumes')?.items ?? []).map((volume) => ({
      at: volume.at(['image', 'reference']),
      container: undefined,
    })),
  ];
  return written.flatMap(({ at, container }) => {
    const text = at?.string?.trim() ?? '';
    return at === undefined || text === '' || isImagePlaceholder(text) ? [] : [{ at, text, container }];
  });
}
