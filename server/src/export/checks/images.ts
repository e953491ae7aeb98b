import { DISTRIBUTIONS, NEEDS_PARENT } from '../../kubernetes/distributions.ts';
import { CHANNELS, ONE_BUILD, RELEASE_LINE } from '../../kubernetes/image-tags.ts';
import {
  NODE_IDENTITY_REGISTRIES,
  normalisedPrefix,
  PUBLIC_REGISTRIES,
} from '../../kubernetes/registries.ts';
import type { RuleSettings } from '../../rules/settings.ts';
import { anyOf, celIsSet, celItems, celMatches, wildcardPattern } from '../cel.ts';
import { IS_CONTROL_PLANE_POD } from '../cel-control-plane.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

/** The first component is a host when it has a dot, a port or capitals, or is `localhost`. */
const HOST = '^([^/@]*[.:A-Z][^/@]*|localhost)/';
/** An image with the registry and the folder that it leaves out. */
const FULL_NAME = `(${celMatches('i', HOST)} ? i : i.contains('/') ? 'docker.io/' + i : 'docker.io/library/' + i)`;

const DOCKER_HUB_ALIASES = ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'];
const PUBLIC = `^(${[...PUBLIC_REGISTRIES, ...DOCKER_HUB_ALIASES].map((registry) => wildcardPattern(registry, '[^/]')).join('|')})/`;

const IS_PUBLIC = celMatches(FULL_NAME, PUBLIC);
/** Neither a tag nor a digest, or the tag `latest`. */
const IS_LATEST = `(!i.contains('@') && (!${celMatches('i', ':[^/]+$')} || i.endsWith(':latest')))`;
/** The tag of a release line or a channel, as `kubernetes/image-tags.ts` tells it. */
const tagIs = (pattern: string) => celMatches('i.lowerAscii()', `:${pattern}$`);
const IS_FLOATING = `(!i.contains('@') && !i.endsWith(':latest') && ${anyOf(
  tagIs(`(${RELEASE_LINE})([-_+][^/:]*)?`),
  tagIs(`([^/:]*[-_+.])?(${[...CHANNELS].join('|')})([-_+.][^/:]*)?`),
)} && !${tagIs(`([^/:]*[-_+])?(${ONE_BUILD})([-_+.][^/:]*)?`)})`;
/** As the editor leaves alone what another program fills in, and what is no reference. */
const IS_UNREADABLE = celMatches('i', '[\\s{}$<>%]|://|^$|^[A-Z0-9_]+$|@[A-Z0-9_]+@');
/** By the grammar of `kubernetes/images.ts`. */
const HOST_NAME =
  '([A-Za-z0-9.-]*[.A-Z][A-Za-z0-9.-]*(:[0-9]+)?|[A-Za-z0-9.-]+:[0-9]+|localhost|\\[[0-9A-Fa-f:.]+\\](:[0-9]+)?)';
const COMPONENT = '[a-z0-9]([a-z0-9._-]*[a-z0-9])?';
const IS_REFERENCE = celMatches(
  'i',
  `^(${HOST_NAME}/)?${COMPONENT}(/${COMPONENT})*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,})?$`,
);
const IS_WEB_ADDRESS = celMatches('i', '^https?://[^\\s{}$<>%]*$');

/** Registries that know the nodes of their own cloud, and hosts inside of a cluster or a machine. */
const ASKS_NO_POD = celMatches(
  FULL_NAME,
  `^((${NODE_IDENTITY_REGISTRIES.map((registry) => wildcardPattern(registry, '[^/]')).join('|')})|[^./]+|\\[[^/]*|[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+(:[0-9]+)?|[^/]*[.](svc|local|localhost|internal)([.:][^/]*)?)/`,
);

/** Variants that are cut down. */
const CUT_DOWN = ':([^/@]*[-_.])?(slim|minimal|micro|chiselled|chiseled|distroless)([-_.][^/@]*)?(@.*)?$';
/** Behind the registry: some names mean a distribution below one repository alone, or below none. */
function pathOf(name: string): string {
  const parent = Object.hasOwn(NEEDS_PARENT, name) ? NEEDS_PARENT[name] : undefined;
  if (parent === '') return `^[^/]+/${name}`;
  return parent === undefined ? `/${name}` : `/${parent}/${name}`;
}
const DISTRIBUTION = `(${[...DISTRIBUTIONS.keys()].map(pathOf).join('|')})(:[^/@]*)?(@.*)?$`;

export function imageChecks({ images: { allowedRegistries } }: RuleSettings): AdmissionCheck[] {
  const isApproved =
    allowedRegistries.length === 0
      ? `!${IS_PUBLIC}`
      : celMatches(FULL_NAME, allowedPattern(allowedRegistries));
  return [
    {
      rule: 'image-public-registry',
      on: 'workloads',
      expression: `variables.images.all(i, ${IS_UNREADABLE} || ${isApproved})`,
    },
    {
      rule: 'image-tag-mutable',
      on: 'workloads',
      expression: `variables.images.all(i, !${IS_WEB_ADDRESS} && (${IS_UNREADABLE} || (${IS_REFERENCE} && !${IS_LATEST})))`,
    },
    {
      rule: 'image-tag-mutable',
      part: 'release-lines',
      on: 'workloads',
      expression: `variables.images.all(i, ${IS_UNREADABLE} || !${IS_FLOATING})`,
      isAdvice: true,
    },
    {
      rule: 'image-pull-policy',
      on: 'workloads',
      // Where no policy is written, only a tag other than "latest" may come from the cache.
      expression: `variables.containers.all(c, !has(c.image) || [c.image].all(i, ${IS_UNREADABLE} || ${IS_PUBLIC} || (has(c.imagePullPolicy) ? c.imagePullPolicy == 'Always' : ${IS_LATEST}) || !(${IS_REFERENCE} && ${anyOf(IS_LATEST, IS_FLOATING)})))`,
    },
    {
      rule: 'image-pull-secret-missing',
      // By then a pod has the credentials of its ServiceAccount.
      on: [resourceRule('', ['pods'])],
      variables: [
        {
          name: 'images',
          expression: `(${celItems('object.spec.containers')} + ${celItems('object.spec.initContainers')}).filter(c, has(c.image)).map(c, c.image)`,
        },
      ],
      expression: `${celIsSet('object.spec.imagePullSecrets')} || ${IS_CONTROL_PLANE_POD} || variables.images.all(i, ${IS_UNREADABLE} || !${IS_REFERENCE} || ${IS_PUBLIC} || ${ASKS_NO_POD})`,
    },
    {
      rule: 'image-not-minimal',
      on: 'workloads',
      // A debugging container is there for its tools.
      expression: `(${celItems('variables.podSpec.containers')} + ${celItems('variables.podSpec.initContainers')}).filter(c, has(c.image)).map(c, c.image).all(i, ${IS_UNREADABLE} || ${celMatches('i', CUT_DOWN)} || !${celMatches(FULL_NAME, DISTRIBUTION)})`,
    },
  ];
}

/** The full names of images in registries, or below prefixes, in which `*` stands for anything but a tag. */
function allowedPattern(allowed: readonly string[]): string {
  const prefixes = allowed.map((entry) => wildcardPattern(normalisedPrefix(entry), '[^:@]'));
  return `^(${prefixes.join('|')})(/[^:@]*)?(:[^/@]*)?(@[^/]*)?$`;
}
