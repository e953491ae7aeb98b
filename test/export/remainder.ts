/**
 * The cases with objects that a rule flags and no policy of its refuses, by their names: what `beyond` of its checks puts into words. Whoever teaches a policy one of them takes
 * it out here, and `beyond` with the last.
 */
export const REMAINDER: Readonly<Record<string, readonly string[]>> = {
  'apiserver-anonymous-auth': ['a file that leaves it to the flag, which is not set'],
  'apiserver-identity-provider': ['a file that only decides about anonymous requests'],
  'log-destination-mutable': ['buckets of other clouds and providers'],
};

/** Cases that no policy refuses, since what comes later may decide otherwise, and that Kyverno reports as long as it has not come. */
export const REPORTED: Readonly<Record<string, readonly string[]>> = {
  'mesh-tls-disabled': ['a Service of another namespace, and a host that a ServiceEntry says is inside'],
  'ingress-http-allowed': ['an ALB group of which no Ingress redirects'],
  'certificate-weak-key': ['a leaf that vouches for itself'],
  'service-plaintext-exposure': [
    'a node port by its number, a name, an appProtocol, ports without TLS beside one with it',
  ],
  'gateway-plaintext-listener': [
    'HTTP alone',
    'routes of other listeners and Gateways redirect nothing here',
  ],
  'mesh-access-log-disabled': [
    'an IstioOperator without a file; the Telemetry of one namespace does not help',
    'an empty file in a file without a name, a provider that nobody uses, and an Istio object',
    'the ConfigMap of the mesh',
    'the ConfigMap of a revision, without the setting',
  ],
};

/** Cases of which no policy of Kyverno refuses anything, for rules that are policies of Kyverno alone. */
export const BEYOND_KYVERNO: Readonly<Record<string, readonly string[]>> = {};

/** What a cluster has in which an object of a case means anything: the class of load balancers of AWS, as their controller comes with it. */
export const PRESENT = [
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'alb' },
    spec: { controller: 'ingress.k8s.aws/alb' },
  },
];

/** Cases that a policy of Kyverno refuses, as its own tests prove. */
export const BY_KYVERNO: Readonly<Record<string, readonly string[]>> = {
  'rbac-secrets-access': [
    'by aggregation into a role that is bound to the whole cluster',
    'a name in every namespace, for people: the namespace is to be chosen',
    'who holds the role in one namespace alone keeps it, so nothing is moved',
    'people get it in a namespace that is in view',
  ],
  'shared-identity': ['two workloads with one account'],
  'mesh-access-log-disabled': ['Linkerd: a Namespace, a pod that switches logs off, and a pod alone'],
  'service-account-token-automount': ['nothing said'],
};
