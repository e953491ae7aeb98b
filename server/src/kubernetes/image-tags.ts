/** Whether a tag keeps naming the same image, as far as its form tells: `latest` moves at will, `floating` with each release of its line. */
export type TagMobility = 'latest' | 'floating' | 'fixed';

/** Names of release channels, branches, environments and base images, which point to whatever was built last. */
const CHANNELS: ReadonlySet<string> = new Set([
  ...['stable', 'unstable', 'edge', 'nightly', 'daily', 'canary', 'rolling', 'mainline', 'lts', 'current'],
  ...['main', 'master', 'head', 'trunk', 'dev', 'devel', 'develop', 'development', 'snapshot', 'testing'],
  ...['test', 'qa', 'stage', 'staging', 'prod', 'production', 'release', 'preview', 'next', 'latest'],
  ...['alpine', 'slim', 'bookworm', 'bullseye', 'buster', 'trixie', 'jammy', 'noble', 'focal', 'bionic'],
  ...['glibc', 'musl', 'uclibc', 'perl', 'jre', 'jdk', 'ubuntu', 'debian'],
  ...['nonroot', 'debug', 'windowsservercore', 'nanoserver'],
]);

/** A full version, a commit, a date or a build number: one build and no other. */
const NAMES_ONE_BUILD =
  /(?:^|[-_+])(?:v?\d+\.\d+\.\d+\S*|(?=[a-z]*\d)[0-9a-f]{7,64}|\d{4,}|(?:r|rc|b|build|rev|p|alpha|beta)\.?\d+)(?=$|[-_+.])/i;
/** A version that stops before its patch number: `16`, `v2`, `1.25`. */
const RELEASE_LINE = /^v?\d{1,3}(?:\.\d{1,3})?(?=$|[-_+])/i;

/**
 * How an image's tag behaves over time. A tag without a version says nothing of itself and counts as fixed.
 *
 * Source: https://kubernetes.io/docs/concepts/containers/images/#image-names: avoid `:latest`, and a digest alone is unique.
 */
export function tagMobility(tag: string | undefined): TagMobility {
  if (tag === undefined || tag === 'latest') return 'latest';
  if (NAMES_ONE_BUILD.test(tag)) return 'fixed';
  if (RELEASE_LINE.test(tag)) return 'floating';
  return tag
    .toLowerCase()
    .split(/[-_+.]/)
    .some((word) => CHANNELS.has(word))
    ? 'floating'
    : 'fixed';
}
