/** Whether a tag keeps naming the same image, as far as its form tells: `latest` moves at will, `floating` with each release of its line. */
export type TagMobility = 'latest' | 'floating' | 'fixed';

/** Names of release channels, branches, environments and base images, which point to whatever was built last. */
export const CHANNELS: ReadonlySet<string> = new Set([
  ...['stable', 'unstable', 'edge', 'nightly', 'daily', 'canary', 'rolling', 'mainline', 'lts', 'current'],
  ...['main', 'master', 'head', 'trunk', 'dev', 'devel', 'develop', 'development', 'snapshot', 'testing'],
  ...['test', 'qa', 'stage', 'staging', 'prod', 'production', 'release', 'preview', 'next', 'latest'],
  ...['alpine', 'slim', 'bookworm', 'bullseye', 'buster', 'trixie', 'jammy', 'noble', 'focal', 'bionic'],
  ...['glibc', 'musl', 'uclibc', 'perl', 'jre', 'jdk', 'ubuntu', 'debian'],
  ...['nonroot', 'debug', 'windowsservercore', 'nanoserver'],
]);

/** Seven hexadecimal digits or more, a decimal one among them; written without looking ahead, since policies of clusters read it, too. */
const COMMIT = [
  ...Array.from({ length: 7 }, (_, letters) => `[a-f]{${letters}}\\d[0-9a-f]{${6 - letters},63}`),
  '[a-f]{7,63}\\d[0-9a-f]{0,56}',
].join('|');
/** A full version, a commit, a date or a build number: one build and no other. In lower case. */
export const ONE_BUILD = `v?\\d+\\.\\d+\\.\\d+\\S*|${COMMIT}|\\d{4,}|(?:r|rc|b|build|rev|p|alpha|beta)\\.?\\d+`;
/** A version that stops before its patch number: `16`, `v2`, `1.25`. In lower case. */
export const RELEASE_LINE = 'v?\\d{1,3}(?:\\.\\d{1,3})?';

const NAMES_ONE_BUILD = new RegExp(`(?:^|[-_+])(?:${ONE_BUILD})(?:$|[-_+.])`);
const IS_RELEASE_LINE = new RegExp(`^${RELEASE_LINE}(?:$|[-_+])`);

/**
 * How an image's tag behaves over time. A tag without a version says nothing of itself and counts as fixed.
 *
 * Source: https://kubernetes.io/docs/concepts/containers/images/#image-names: avoid `:latest`, and a digest alone is unique.
 */
export function tagMobility(tag: string | undefined): TagMobility {
  if (tag === undefined || tag === 'latest') return 'latest';
  const name = tag.toLowerCase();
  if (NAMES_ONE_BUILD.test(name)) return 'fixed';
  if (IS_RELEASE_LINE.test(name)) return 'floating';
  return name.split(/[-_+.]/).some((word) => CHANNELS.has(word)) ? 'floating' : 'fixed';
}
