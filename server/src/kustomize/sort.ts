import { compareStrings } from '../helm/value/value.ts';
import { groupOf } from '../kubernetes/resource.ts';
import { at, type Node, textOf } from './node.ts';
import { type BuildResource, type KindSelector, type ResourceId, versionOf } from './resource.ts';

const FIRST = [
  ...[
    'Namespace',
    'ResourceQuota',
    'StorageClass',
    'CustomResourceDefinition',
    'ServiceAccount',
    'PodSecurityPolicy',
  ],
  ...[
    'Role',
    'ClusterRole',
    'RoleBinding',
    'ClusterRoleBinding',
    'ConfigMap',
    'Secret',
    'Endpoints',
    'Service',
  ],
  ...[
    'LimitRange',
    'PriorityClass',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Deployment',
    'StatefulSet',
  ],
  ...['CronJob', 'PodDisruptionBudget'],
];
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

const RANKS = ranksOf(FIRST, LAST);

/** The order of kinds in which Kustomize goes through field specs. */
export function compareKinds(a: KindSelector, b: KindSelector): number {
  const rank = ({ kind = '' }: KindSelector) => RANKS.get(kind) ?? 0;
  const text = ({ group, version, kind }: KindSelector) =>
    [group || '~G', version || '~V', kind || '~K'].join('_');
  return rank(a) - rank(b) || compareStrings(text(a), text(b));
}

/**
 * Puts resources in the order of the output.
 *
 * @param options `sortOptions` of the kustomization; without them, kubectl sorts by kind
 */
export function sortResources(
  resources: readonly BuildResource[],
  options: Node | undefined,
): BuildResource[] {
  const order = textOf(at(options, 'order'));
  if (order === 'fifo') return [...resources];
  const given = (field: string) => {
    const list = at(options, 'legacySortOptions', field);
    return list?.kind === 'list' ? list.items.flatMap((item) => textOf(item) ?? []) : [];
  };
  const hasOptions = at(options, 'legacySortOptions') !== undefined;
  const ranks = ranksOf(hasOptions ? given('orderFirst') : FIRST, hasOptions ? given('orderLast') : LAST);
  const rank = ({ kind }: BuildResource) => ranks.get(kind) ?? 0;
  return [...resources].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      compareStrings(kindText(a.id), kindText(b.id)) ||
      compareStrings(nameText(a.id), nameText(b.id)),
  );
}

function ranksOf(first: readonly string[], last: readonly string[]): Map<string, number> {
  return new Map([
    ...first.map((kind, index) => [kind, index - first.length] as const),
    ...last.map((kind, index) => [kind, index + 1] as const),
  ]);
}

function kindText({ apiVersion, kind }: ResourceId): string {
  return [groupOf(apiVersion) || '~G', versionOf(apiVersion) || '~V', kind || '~K'].join('_');
}

function nameText({ namespace, name }: ResourceId): string {
  return [namespace || '~X', name || '~N'].join('|');
}
