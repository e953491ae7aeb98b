import { podOf } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { Entry, Value } from '../../syntax/values.ts';

/** A request for storage: the value that may name a class, and the name if it does. */
export interface Claim {
  readonly claim: Value;
  readonly className: Value | undefined;
}

/**
 * Operators of databases, queues and object stores, by API group, in whose resources storage is asked for in one of two ways: by a claim, under a key
 * such as `volumeClaimTemplates` or `dataVolumeClaimSpec`, or by the name of a class.
 *
 * Sources: the API references of CloudNativePG, Zalando, Crunchy, Percona, StackGres and Kubegres (PostgreSQL), of Percona, Oracle, MariaDB and Vitess
 * (MySQL), MongoDB, Elastic, OpenSearch, Strimzi, Confluent and Redpanda (Kafka), K8ssandra and Scylla (Cassandra), Redis, RabbitMQ, CockroachDB, TiDB, ClickHouse,
 * MinIO, Solr, YugabyteDB and KubeBlocks.
 */
export const OPERATORS: ReadonlySet<string> = new Set([
  'postgresql.cnpg.io',
  'acid.zalan.do',
  'postgres-operator.crunchydata.com',
  ...['psmdb', 'pxc', 'ps', 'pg', 'pgv2'].map((kind) => `${kind}.percona.com`),
  'stackgres.io',
  'kubegres.reactive-tech.io',
  ...['mysql.oracle.com', 'mysql.presslabs.org'],
  ...['k8s.mariadb.com', 'mariadb.mmontes.io'],
  'planetscale.com',
  ...['mongodb.com', 'mongodbcommunity.mongodb.com'],
  ...['elasticsearch', 'logstash', 'agent', 'apm', 'beat', 'enterprisesearch', 'kibana', 'maps'].map(
    (kind) => `${kind}.k8s.elastic.co`,
  ),
  ...['opensearch.opster.io', 'opensearch.org'],
  'kafka.strimzi.io',
  'platform.confluent.io',
  'cluster.redpanda.com',
  'cassandra.datastax.com',
  'k8ssandra.io',
  'scylla.scylladb.com',
  'redis.redis.opstreelabs.in',
  'databases.spotahome.com',
  'rabbitmq.com',
  'crdb.cockroachlabs.com',
  'pingcap.com',
  ...['clickhouse.altinity.com', 'clickhouse-keeper.altinity.com'],
  'minio.min.io',
  'solr.apache.org',
  'yugabyte.com',
  'apps.kubeblocks.io',
]);

/** Keys whose value is a claim, or a template of one. */
export const CLAIM = /(?:^v|V)olumeClaim(?:Templates?|Spec)$/;
export const CLASS_NAMES: ReadonlySet<string> = new Set(['storageClassName', 'storageClass']);

/** Every claim that a resource makes: its own, those of its templates and its pods, and those that an operator will make for it. */
export function claimsOf(resource: Resource): Claim[] {
  if (resource.kind === 'PersistentVolumeClaim' && resource.group === '') return claimOf(resource.spec);
  if (OPERATORS.has(resource.group)) return operatorClaims(resource, resource.spec);
  const templates = resource.spec?.get('volumeClaimTemplates')?.items ?? [];
  const volumes = podOf(resource)?.spec.get('volumes')?.items ?? [];
  const ephemeral = volumes.flatMap((volume) => volume.at(['ephemeral', 'volumeClaimTemplate']) ?? []);
  return [...templates, ...ephemeral].flatMap((template) => claimOf(template.get('spec')));
}

function claimOf(spec: Value | undefined): Claim[] {
  return spec?.kind === 'map' ? [{ claim: spec, className: spec.get('storageClassName') }] : [];
}

function operatorClaims(resource: Resource, value: Value | undefined): Claim[] {
  if (value === undefined) return [];
  const inEntries = value.entries.flatMap((entry) => {
    if (CLAIM.test(entry.key))
      return [entry.value, ...entry.value.items].flatMap((template) => claimOf(claimSpecIn(template)));
    const className = classNameIn(resource, entry, value);
    // An operator's own default is not ours to judge: only a class that is named counts.
    return className === undefined ? operatorClaims(resource, entry.value) : [{ claim: value, className }];
  });
  return [...inEntries, ...value.items.flatMap((item) => operatorClaims(resource, item))];
}

/** A claim as a template with a `spec`, or the spec itself. */
function claimSpecIn(template: Value): Value | undefined {
  const spec = template.get('spec');
  if (spec !== undefined) return spec;
  return template.has(['resources']) || template.has(['accessModes']) ? template : undefined;
}

/** Strimzi calls it `class` inside `storage`, Confluent has an object with a name. */
function classNameIn({ group }: Resource, { key, value }: Entry, holder: Value): Value | undefined {
  const isClass =
    CLASS_NAMES.has(key) || (key === 'class' && group === 'kafka.strimzi.io' && holder.has(['type']));
  if (!isClass) return undefined;
  return value.kind === 'map' ? value.get('name') : value;
}
