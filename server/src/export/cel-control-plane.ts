import { EXTERNAL_ETCD } from '../analysis/control-plane/kubeadm.ts';
import { type Component, KUBEADM_DEFAULTS } from '../analysis/control-plane/settings.ts';
import { PROGRAMS } from '../analysis/control-plane/static-pod.ts';
import { celItems, celItemsAt, celMatches, celText, hasPath, WORDS } from './cel.ts';
import { CLUSTER_API, type ResourceRule, resourceRule, type Variable } from './checks/check.ts';

/*
 * The programs of a control plane that an object starts, each as a list of its flags such as `anonymous-auth=false`, of which the last counts: those of pods that run such a program,
 * and those that kubeadm is given by the Cluster API.
 */

/** What starts API servers and etcd. Other forms, such as a ClusterConfiguration, are files of a node. */
export const CONTROL_PLANES: readonly ResourceRule[] = [resourceRule('', ['pods']), ...CLUSTER_API];

/** A flag and its value among words that stand between two characters which no word holds. */
const FLAG = celText(
  '\\x1f--?[A-Za-z][\\w.-]*(?:=[^\\x1e]*\\x1e|\\x1e(?:\\x1f(?:[^-\\x1e][^\\x1e]*)?\\x1e)?)',
);
const NAME_AND_VALUE = celText('[A-Za-z][^\\x1e]*');
/** Of a container `c`. */
const FLAGS_OF_CONTAINER = `${WORDS}.map(w, '\\x1f' + w + '\\x1e').join('').findAll(${FLAG}).map(m, m.replace('\\x1e\\x1f', '=').find(${NAME_AND_VALUE})).map(f, f.contains('=') ? f : f + '=true')`;

const CONTAINERS = ['containers', 'initContainers', 'ephemeralContainers']
  .map((key) => celItems(`object.spec.${key}`))
  .join(' + ');
/** Whether a container `c` starts one of the programs. */
const starts = (programs: readonly string[]) =>
  `(has(c.command) && size(c.command) > 0 && ${celMatches('c.command[0]', `(?:^|/)(?:${programs.join('|')})$`)})`;
const ofPods = (program: string) =>
  `(variables.isPod ? ${CONTAINERS} : []).filter(c, ${starts([program])}).map(c, ${FLAGS_OF_CONTAINER})`;

/** Whether a workload is a pod that a node may run from a file, in which it can name no other objects. */
export const IS_CONTROL_PLANE_POD = `(object.kind == 'Pod' && object.spec.containers.exists(c, ${starts(PROGRAMS)}))`;

/** Extra arguments, which are a map, or a list since v1beta4 of kubeadm. */
function argumentsAt(path: string): string {
  const flags = `type(${path}) == map ? ${path}.map(a, a + '=' + string(${path}[a])) : ${path}.filter(a, has(a.name) && has(a.value)).map(a, a.name + '=' + string(a.value))`;
  return `(${hasPath(path)} ? (${flags}) : [])`;
}

/** What kubeadm tells the API server of an etcd of somebody else. */
const OF_EXTERNAL_ETCD = Object.entries(EXTERNAL_ETCD).map(([flag, key]) => {
  const path = `k.etcd.external.${key}`;
  const value = key === 'endpoints' ? `${celItemsAt(path)}.join(',')` : path;
  return `(${hasPath(path)} ? ['${flag}=' + ${value}] : [])`;
});

const ofKubeadm = (condition: string, flags: string) =>
  `variables.clusters.filter(k, ${condition}).map(k, ${flags})`;

/** What the Cluster API hands on to kubeadm; empty for a pod. */
const KUBEADM: readonly Variable[] = [
  { name: 'isPod', expression: "object.kind == 'Pod'" },
  {
    name: 'own',
    expression: `variables.isPod ? {} : object.kind.endsWith('Template') ? (${hasPath('object.spec.template.spec')} ? object.spec.template.spec : {}) : has(object.spec) ? object.spec : {}`,
  },
  {
    name: 'kubeadm',
    expression:
      "object.kind.startsWith('KubeadmConfig') ? variables.own : has(variables.own.kubeadmConfigSpec) ? variables.own.kubeadmConfigSpec : {}",
  },
];

const CLUSTERS: Variable = {
  name: 'clusters',
  expression: 'has(variables.kubeadm.clusterConfiguration) ? [variables.kubeadm.clusterConfiguration] : []',
};

export const API_SERVERS: readonly Variable[] = [
  ...KUBEADM,
  CLUSTERS,
  {
    name: 'apiServers',
    expression: `${ofPods('kube-apiserver')} + ${ofKubeadm('true', [argumentsAt('k.apiServer.extraArgs'), ...OF_EXTERNAL_ETCD].join(' + '))}`,
  },
];

/** kubeadm starts etcd unless it is told of one. */
export const ETCDS: readonly Variable[] = [
  ...KUBEADM,
  CLUSTERS,
  {
    name: 'etcds',
    expression: `${ofPods('etcd')} + ${ofKubeadm(`!${hasPath('k.etcd.external')}`, argumentsAt('k.etcd.local.extraArgs'))}`,
  },
];

/** Those of nodes that start a cluster and of nodes that join it. */
export const KUBELETS: readonly Variable[] = [
  ...KUBEADM,
  {
    name: 'kubelets',
    expression: `['initConfiguration', 'joinConfiguration'].filter(n, n in variables.kubeadm).map(n, variables.kubeadm[n]).map(n, ${argumentsAt('n.nodeRegistration.kubeletExtraArgs')})`,
  },
];

/** Whether a program with the flags `s` has a flag. */
export function hasFlag(name: string): string {
  return `s.exists(f, f.startsWith('${name}='))`;
}

/** Whether a program with the flags `s` runs without a flag, which kubeadm does not set by itself either. */
export function lacksFlag(component: Component, name: string): string {
  const isSet = KUBEADM_DEFAULTS[component]?.has(name) ?? false;
  return `(${isSet ? 'variables.isPod && ' : ''}!${hasFlag(name)})`;
}

/** Whether a program with the flags `s` has a flag whose value `v` is such. */
export function flagIs(name: string, isSuch: string): string {
  return `[s.filter(f, f.startsWith('${name}='))].exists(l, size(l) > 0 && [l[size(l) - 1].substring(${name.length + 1})].exists(v, ${isSuch}))`;
}
