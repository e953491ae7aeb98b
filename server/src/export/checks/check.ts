/** Which requests a policy is asked about. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly resources: readonly string[];
}

/** A part of an expression with a name, so that it is evaluated once. */
export interface Variable {
  readonly name: string;
  readonly expression: string;
}

/** What the API server can ask of an object before it lets it in, for one rule. */
export interface AdmissionCheck {
  readonly rule: string;
  /** Where a rule is about several sorts of objects, what sets a further check apart from the first, as part of a name. */
  readonly part?: string;
  /** `workloads`: pods, and the templates of everything built in that makes pods. */
  readonly on: 'workloads' | readonly ResourceRule[];
  /** What the expression may use as `variables.name`, each building on those before it. */
  readonly variables?: readonly Variable[];
  /**
   * CEL that is true for what may come in. On workloads it may use `variables.podSpec`, `variables.podAnnotations`, `variables.containers` (of all
   * kinds), `variables.images` and `variables.isLinux`.
   */
  readonly expression: string;
  /** More that has to be true as well, each by itself, since the API server bounds what the evaluation of one expression may cost. */
  readonly also?: readonly string[];
  /** What the rule only gives advice on here (or, `false`, warns of), of whatever severity it is else: the cluster warns of advice. */
  readonly isAdvice?: boolean;
  /** It looks other objects up (`cel-lookup.ts`), or decodes texts, which Kyverno does and the API server does not. */
  readonly looksUp?: true;
  /**
   * Kyverno reports what is there as well, or only reports: what decides may come after what is asked about, or is the want of something, which is no reason to
   * refuse an object that comes.
   */
  readonly reports?: 'too' | 'only';
  /** Only what is new, where nothing that the rule is about can change later. */
  readonly onlyNew?: true;
  /** What the rule finds beyond that, as the object of a sentence; absent where the cluster refuses all that is flagged. */
  readonly beyond?: string;
}

export const resourceRule = (
  group: string,
  resources: readonly string[],
  apiVersions: readonly string[] = ['v1'],
): ResourceRule => ({ apiGroups: [group], apiVersions, resources });

export const WORKLOADS: readonly ResourceRule[] = [
  resourceRule('', ['pods', 'pods/ephemeralcontainers', 'replicationcontrollers']),
  resourceRule('apps', ['deployments', 'statefulsets', 'daemonsets', 'replicasets']),
  resourceRule('batch', ['jobs', 'cronjobs']),
];

/** The arguments of a control plane that the Cluster API makes. */
export const CLUSTER_API: readonly ResourceRule[] = [
  {
    apiGroups: ['controlplane.cluster.x-k8s.io', 'bootstrap.cluster.x-k8s.io'],
    apiVersions: ['*'],
    resources: [
      ...['kubeadmcontrolplanes', 'kubeadmcontrolplanetemplates'],
      ...['kubeadmconfigs', 'kubeadmconfigtemplates'],
    ],
  },
];
