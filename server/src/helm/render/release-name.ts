const RELEASE_NAME = /^[a-z0-9][a-z0-9.-]*$/;
/** Go's words for the names of releases, which are DNS subdomains. */
const RELEASE_NAME_PATTERN = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';
const MAX_RELEASE_NAME = 53;

/** Why Helm refuses a name for a release; undefined when it takes it. */
export function releaseNameProblem(name: string): string | undefined {
  if (name === '') return 'release name "": no name provided';
  const labels = name.split('.');
  const isValid =
    name.length <= MAX_RELEASE_NAME &&
    labels.every((label) => RELEASE_NAME.test(label) && !label.endsWith('-'));
  if (isValid) return undefined;
  return `release name ${JSON.stringify(name)}: invalid release name, must match regex ${RELEASE_NAME_PATTERN} and the length must not be longer than ${MAX_RELEASE_NAME}`;
}
