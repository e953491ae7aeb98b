import type { Resource } from '../../kubernetes/resource.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';

/** A request for storage: the value that may name a class, and the name if it does. */
export interface Claim {
  readonly claim: Value;
  readonly className: Value | undefined;
}

/** A place in an operator's resource that describes storage. */
interface OperatorStorage {
  readonly kinds: readonly string[];
  readonly path: Path;
  /** The key that names the class. */
  readonly key: string;
}

/**
 * Storage of database operators, by API group.
 *
 * Sources: the API references of CloudNativePG (ClusterSpec.storage), the Zalando operator (volume), Strimzi (KafkaClusterSpec.storage) and MongoDB Community.
 */
const OPERATORS: ReadonlyMap<string, readonly OperatorStorage[]> = new Map([
  [
    'postgresql.cnpg.io',
    [
      { kinds: ['Cluster'], path: ['spec', 'storage'], key: 'storageClass' },
      { kinds: ['Cluster'], path: ['spec', 'walStorage'], key: 'storageClass' },
    ],
  ],
  ['acid.zalan.do', [{ kinds: ['postgresql'], path: ['spec', 'volume'], key: 'storageClass' }]],
  [
    'kafka.strimzi.io',
    [
      { kinds: ['Kafka'], path: ['spec', 'kafka', 'storage'], key: 'class' },
      { kinds: ['KafkaNodePool'], path: ['spec', 'storage'], key: 'class' },
    ],
  ],
]);

/** Every claim that a resource makes: its own, those of its templates, and those that an operator will make for it. */
export function claimsOf(resource: Resource): Claim[] {
  const specs: (Value | undefined)[] = [];
  if (resource.kind === 'PersistentVolumeClaim' && resource.group === '') specs.push(resource.spec);
  for (const template of resource.spec?.get('volumeClaimTemplates')?.items ?? [])
    specs.push(template.get('spec'));
  const claims = specs.flatMap((spec) =>
    spec?.kind === 'map' ? [{ claim: spec, className: spec.get('storageClassName') }] : [],
  );
  return [...claims, ...operatorClaims(resource)];
}

function operatorClaims({ group, kind, root }: Resource): Claim[] {
  return (OPERATORS.get(group) ?? [])
    .filter(({ kinds }) => kinds.includes(kind))
    .flatMap(({ path, key }) => {
      const className = root.at([...path, key]);
      const claim = root.at(path);
      // An operator's own default is not ours to judge: only a class that is named counts.
      return claim === undefined || className === undefined ? [] : [{ claim, className }];
    });
}
