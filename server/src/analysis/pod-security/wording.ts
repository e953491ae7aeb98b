import type { Container } from '../../kubernetes/pods.ts';
import type { Value } from '../../syntax/values.ts';
import { listOf } from '../words.ts';

const TITLES: Readonly<Record<Container['type'], string>> = {
  container: 'Container',
  initContainer: 'Init container',
  ephemeralContainer: 'Ephemeral container',
};

/** How a message begins with a container, or with the pod itself: `Init container "migrate"`, `The pod`. */
export function titleOf(container: Container | undefined): string {
  if (container === undefined) return 'The pod';
  const title = TITLES[container.type];
  return container.name === '' ? `${title} without a name` : `${title} "${container.name}"`;
}

/** More names than this are counted instead of listed. */
const MAX_LISTED = 3;

/** Containers in the middle of a sentence: `container "api"`, `containers "api" and "proxy"`, `all 5 containers`. */
export function namesOf(containers: readonly Container[]): string {
  const [first] = containers;
  if (containers.length === 1 && first?.name === '') return 'a container without a name';
  const names = containers.map(({ name }) => `"${name}"`);
  if (names.length > MAX_LISTED) return `${names.length} containers`;
  return names.length === 1 ? `container ${listOf(names)}` : `containers ${listOf(names)}`;
}

/** The containers that a finding on their pod is about, when there are several. */
export function placesOf(
  containers: readonly Container[],
  because: string,
): { readonly at: Value; readonly message: string }[] {
  if (containers.length < 2) return [];
  return containers.map((container) => ({
    at: container.value.get('name') ?? container.value,
    message: `${titleOf(container)} ${because}.`,
  }));
}
