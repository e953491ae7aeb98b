/**
 * The format that the API server demands of `metadata.name`: mostly a DNS subdomain.
 *
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and the name validation of each kind.
 */
export function nameFormatOf(apiVersion: string, kind: string): string {
  const [group] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
  return NAME_FORMATS[`${group}/${kind}`] ?? 'dns-subdomain';
}

const NAME_FORMATS: Readonly<Record<string, string>> = {
  '/Namespace': 'dns-label',
  '/Service': 'dns-1035-label',
  'certificates.k8s.io/CertificateSigningRequest': 'path-segment',
  'rbac.authorization.k8s.io/ClusterRole': 'path-segment',
  'rbac.authorization.k8s.io/ClusterRoleBinding': 'path-segment',
  'rbac.authorization.k8s.io/Role': 'path-segment',
  'rbac.authorization.k8s.io/RoleBinding': 'path-segment',
  'certificates.k8s.io/ClusterTrustBundle': 'path-segment',
  'networking.k8s.io/IPAddress': 'path-segment',
  'apiregistration.k8s.io/APIService': 'path-segment',
};

/** Whether objects of a kind need no name: reviews are answered, not stored, and some kinds only configure a tool. */
export function isNameless(kind: string): boolean {
  return kind.endsWith('Review') || kind === 'IstioOperator';
}
