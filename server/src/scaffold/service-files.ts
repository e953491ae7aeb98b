import type { ScaffoldFile } from './files.ts';
import { roleBindingFile, roleFile, serviceAccountFile } from './objects/access.ts';
import { authorizationFile } from './objects/mesh.ts';
import { networkPolicyFile, serviceFile } from './objects/network.ts';
import { externalSecretFile } from './objects/secrets.ts';
import { certificateFile, entryFile } from './objects/transmission.ts';
import { configMapFile, deploymentFile, disruptionBudgetFile, statefulSetFile } from './objects/workloads.ts';
import type { Words } from './words.ts';

/** The objects of the service itself, one file a kind. */
export function serviceFiles(words: Words): ScaffoldFile[] {
  const { database } = words;
  const entry = entryFile(words);
  const files = [
    { path: 'deployment.yaml', text: deploymentFile(words) },
    { path: 'stateful-set.yaml', text: database ? statefulSetFile(words) : '' },
    { path: 'config-map.yaml', text: database ? configMapFile(words) : '' },
    { path: 'service.yaml', text: serviceFile(words) },
    { path: 'service-account.yaml', text: serviceAccountFile(words) },
    { path: 'role.yaml', text: roleFile(words) },
    { path: 'role-binding.yaml', text: roleBindingFile(words) },
    { path: 'network-policy.yaml', text: networkPolicyFile(words) },
    { path: 'mesh.yaml', text: authorizationFile(words) },
    ...(entry === undefined ? [] : [entry]),
    { path: 'certificate.yaml', text: certificateFile(words) },
    { path: 'external-secret.yaml', text: externalSecretFile(words) },
    { path: 'pod-disruption-budget.yaml', text: disruptionBudgetFile(words) },
  ];
  return files.filter(({ text }) => text !== '');
}
