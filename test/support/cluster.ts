/** The objects of a file as a cluster has them, and the pods that it makes of them. */

import { labelSelectorOf, selects } from '../../server/src/kubernetes/selectors.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import type { ApiObject } from './kyverno.ts';

/** Kinds that belong to no namespace, among those of the tables. */
const CLUSTER_SCOPED =
  /^(?:Namespace|Node|StorageClass|Cluster.*|CiliumClusterwideNetworkPolicy|Global.*|.*AdminNetworkPolicy|FelixConfiguration|IngressClass|CustomResourceDefinition)$/;

/** What names no namespace is applied where the rest of the file is. */
export function objectsOf(text: string): ApiObject[] {
  const objects = splitDocuments(text)
    .map(({ document }) => parseDocument(document.text).root?.toJS() as ApiObject | undefined)
    .filter((object) => object !== undefined);
  const home = objects.flatMap(({ metadata }) => metadata?.namespace ?? [])[0] ?? 'default';
  return objects.map((object) =>
    CLUSTER_SCOPED.test(object.kind)
      ? object
      : { ...object, metadata: { namespace: home, ...object.metadata } },
  );
}

interface Template {
  readonly metadata?: Partial<ApiObject['metadata']>;
  readonly spec?: object;
}
interface Workload extends ApiObject {
  readonly spec?: {
    readonly template?: Template;
    readonly jobTemplate?: { readonly spec?: { readonly template?: Template } };
  };
}

const WORKLOADS = /^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob)$/;
const OWNERS: Readonly<Record<string, readonly [kind: string, suffix: string]>> = {
  Deployment: ['ReplicaSet', '-7d4b9'],
  CronJob: ['Job', '-29384820'],
};

/** The pods that come to the API server, one of each workload. */
export function podsOf(objects: readonly ApiObject[]): ApiObject[] {
  return objects.flatMap((object) => {
    if (object.kind === 'Pod') return [object];
    if (!WORKLOADS.test(object.kind)) return [];
    const { kind, metadata, spec } = object as Workload;
    const template = spec?.jobTemplate?.spec?.template ?? spec?.template;
    if (template?.spec === undefined) return [];
    const { name, namespace } = metadata;
    const [owner, suffix] = OWNERS[kind] ?? [kind, ''];
    return [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          ...template.metadata,
          name: `${name}-7d4b9`,
          ...(namespace !== undefined && { namespace }),
          ownerReferences: [{ kind: owner, name: name + suffix }],
        },
        spec: template.spec,
      },
    ];
  });
}

/** The Namespaces that nobody wrote down. */
function homesOf(objects: readonly ApiObject[]): ApiObject[] {
  const own = new Set(objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : [])));
  const named = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  return [...named]
    .filter((name) => !own.has(name))
    .map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    }));
}

const role = (name: string, resources: string[], verbs: string[]) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name },
  rules: [{ apiGroups: [resources.includes('*') ? '*' : ''], resources, verbs }],
});

/** Some of what the roles that every cluster has grant. */
const DEFAULT_ROLES = [
  role('view', ['configmaps', 'namespaces', 'pods'], ['get', 'list', 'watch']),
  role('edit', ['configmaps', 'persistentvolumeclaims', 'pods'], ['create', 'delete']),
  role('admin', ['configmaps', 'persistentvolumeclaims', 'pods', 'roles'], ['create', 'delete']),
  role('cluster-admin', ['*'], ['*']),
];

/** The roles of a cluster, with the rules that the control plane adds. */
function withAggregates(objects: readonly ApiObject[]): ApiObject[] {
  const own = objects.filter(({ kind }) => kind === 'ClusterRole');
  const added = DEFAULT_ROLES.filter(
    (one) => !own.some(({ metadata }) => metadata.name === one.metadata.name),
  );
  const labelsOf = ({ metadata }: ApiObject) => new Map(Object.entries(metadata.labels ?? {}));
  return [
    ...added,
    ...objects.map((object) => {
      const { rules = [], aggregationRule } = object as ApiObject & {
        rules?: object[];
        aggregationRule?: { clusterRoleSelectors?: object[] };
      };
      const selectors = (aggregationRule?.clusterRoleSelectors ?? []).map((selector) =>
        labelSelectorOf(parseDocument(JSON.stringify(selector)).root),
      );
      if (selectors.length === 0) return object;
      const more = own
        .filter((one) => selectors.some((selector) => selects(selector, labelsOf(one))))
        .flatMap((one) => (one as { rules?: object[] }).rules ?? []);
      return { ...object, rules: [...rules, ...more] };
    }),
  ];
}

/** Groups that every API server knows; of others it knows what it has objects of. */
const BUILT_IN = /^(?:|apps|batch|networking\.k8s\.io|rbac\.authorization\.k8s\.io|storage\.k8s\.io)$/;

/** What the API server answers at a path where it has these objects; undefined for not found. */
export function clusterOf(applied: readonly ApiObject[]): (urlPath: string) => unknown {
  const objects = [...withAggregates(applied), ...homesOf(applied)];
  return (urlPath) => {
    const [, group = '', rest = ''] = /^\/api(?:s\/([^/]+))?\/[^/]+\/(.+)$/.exec(urlPath) ?? [];
    const [, namespace, plural = rest, name] =
      /^namespaces\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/.exec(rest) ?? [];
    const [kinds = '', cluster] = plural.split('/');
    const found = objects.filter(
      ({ apiVersion, kind, metadata }) =>
        groupOf(apiVersion) === group &&
        pluralOf(kind) === kinds &&
        (namespace === undefined || metadata.namespace === namespace),
    );
    const wanted = name ?? cluster;
    if (wanted !== undefined) return found.find(({ metadata }) => metadata.name === wanted);
    return found.length > 0 || BUILT_IN.test(group) ? { items: found } : undefined;
  };
}

const groupOf = (apiVersion: string) => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/(?:intentions|defaults)$/.test(name)) return name;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : name.endsWith('s') ? `${name}es` : `${name}s`;
}
