/** Why no policy of a cluster can stand for a rule: one text for many rules, so that a list of them reads well. */
const CONTROL_PLANE = "is about files of a cluster's nodes, which never pass admission";

const FILES = 'is about files, not about objects of a cluster';
const SERVER = 'is what the API server itself refuses or drops';
const NO_LIST = 'hangs on businessAssociates, by which the configuration has nothing refused';

export const NOT_EXPORTED: Readonly<Record<string, string>> = {
  'kubeconfig-credential': FILES,
  'encryption-config-identity': CONTROL_PLANE,
  'encryption-config-weak': CONTROL_PLANE,
  'encryption-config-inline-key': CONTROL_PLANE,
  'encryption-config-coverage': CONTROL_PLANE,
  'swap-unencrypted': CONTROL_PLANE,
  'secret-manifest-plaintext': `${FILES}: every Secret of a cluster holds its values`,
  'secret-in-values': FILES,
  'phi-in-values': FILES,
  'phi-in-comment': FILES,
  'admission-webhook-fail-open':
    'is about configurations of admission, of which the API server asks no policy',
  'ci-image-scan-missing': FILES,
  'runtime-monitoring-missing':
    'tells once of a whole cluster what no object is to blame for, and what its provider may do without any',
  'audit-policy-gap': CONTROL_PLANE,
  'audit-policy-shadowed': CONTROL_PLANE,
  'audit-policy-secret-bodies': CONTROL_PLANE,
  'audit-policy-no-catch-all': CONTROL_PLANE,
  'audit-policy-stage-omitted': CONTROL_PLANE,
  'network-policy-unmatched':
    'is about policies that come before the pods that they are for, so that what they select is not known yet',
  'phi-reachable':
    'weighs all policies and pods of a cluster against each other, which neither CEL nor JMESPath can',
  'baa-undocumented': NO_LIST,
  'baa-expired': NO_LIST,
  'yaml-syntax': SERVER,
  'kubernetes-schema': SERVER,
  'api-removed': SERVER,
  'helm-template-error': FILES,
  'suppression-invalid': FILES,
};
