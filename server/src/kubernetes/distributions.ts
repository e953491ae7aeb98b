import type { ImageReference } from './images.ts';

/** Names of repositories that hold a whole operating system, and what it is called. */
export const DISTRIBUTIONS: ReadonlyMap<string, string> = new Map([
  ['ubuntu', 'Ubuntu'],
  ['debian', 'Debian'],
  ['centos', 'CentOS'],
  ['fedora', 'Fedora'],
  ['amazonlinux', 'Amazon Linux'],
  ['oraclelinux', 'Oracle Linux'],
  ['rockylinux', 'Rocky Linux'],
  ['almalinux', 'AlmaLinux'],
  ['opensuse', 'openSUSE'],
  ['leap', 'openSUSE Leap'],
  ['tumbleweed', 'openSUSE Tumbleweed'],
  ['archlinux', 'Arch Linux'],
  ['kali-rolling', 'Kali Linux'],
  ['ubi', 'Red Hat Enterprise Linux'],
  ['ubi8', 'Red Hat Enterprise Linux'],
  ['ubi9', 'Red Hat Enterprise Linux'],
  ['ubi10', 'Red Hat Enterprise Linux'],
  ['windows', 'Windows'],
  ['server', 'Windows Server'],
  ['servercore', 'Windows Server Core'],
]);

/** Names that mean an operating system only below these repositories. */
export const NEEDS_PARENT: Readonly<Record<string, string>> = {
  server: 'windows',
  servercore: 'windows',
  leap: 'opensuse',
  tumbleweed: 'opensuse',
  windows: '',
};

/** Variants that are cut down: `debian:12-slim`. */
const CUT_DOWN = /(?:^|[-_.])(?:slim|minimal|micro|chiselled|chiseled|distroless)(?:$|[-_.])/;

/** The operating system that an image is, by its name; undefined for all others. */
export function distributionOf({ repository, tag }: ImageReference): string | undefined {
  const components = repository.split('/');
  const name = components.at(-1) ?? '';
  const parent = components.at(-2) ?? '';
  if (tag !== undefined && CUT_DOWN.test(tag)) return undefined;
  if (Object.hasOwn(NEEDS_PARENT, name) && NEEDS_PARENT[name] !== parent) return undefined;
  return DISTRIBUTIONS.get(name);
}
