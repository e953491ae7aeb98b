import type { ServiceAnswers } from './answers.ts';
import { chartFiles } from './helm.ts';
import { kustomizeFiles } from './kustomize.ts';
import { auditPolicyFile, falcoRulesFile } from './objects/monitoring.ts';
import {
  namespaceFile,
  namespaceMeshFile,
  namespacePoliciesFile,
  pullSecretFile,
} from './objects/namespace.ts';
import { storageClassFile } from './objects/storage.ts';
import { readmeFile } from './readme.ts';
import { serviceFiles } from './service-files.ts';
import { plainWords } from './words.ts';

/** A file to write: its path below the folder of the service, with `/`, and its text. */
export interface ScaffoldFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files of a new service: `namespace/` is what is set up once a namespace, `platform/` what those who run the cluster use, and the rest the service
 * itself, in the form that was asked for. The README comes first.
 */
export function scaffold(answers: ServiceAnswers): ScaffoldFile[] {
  const shared = [...namespaceFiles(answers), ...platformFiles(answers)];
  const own = outputFiles(answers);
  return [{ path: 'README.md', text: readmeFile(answers, [...own, ...shared]) }, ...own, ...shared];
}

function outputFiles(answers: ServiceAnswers): ScaffoldFile[] {
  switch (answers.output) {
    case 'manifests':
      return serviceFiles(plainWords(answers)).map((file) => below('service', file));
    case 'kustomize':
      return kustomizeFiles(answers);
    case 'helm':
      return chartFiles(answers);
  }
}

/** kubectl applies the files of a folder by their names, and nothing goes into a namespace that is not there yet: `namespace.yaml` sorts first. */
function namespaceFiles(answers: ServiceAnswers): ScaffoldFile[] {
  const files = [
    { path: 'namespace.yaml', text: namespaceFile(answers) },
    { path: 'network-policy.yaml', text: namespacePoliciesFile(answers) },
    { path: 'pull-secret.yaml', text: pullSecretFile(answers) },
    { path: 'service-mesh.yaml', text: namespaceMeshFile(answers) },
    { path: 'storage-class.yaml', text: answers.database ? storageClassFile(answers.cloud) : '' },
  ];
  return files.filter(({ text }) => text !== '').map((file) => below('namespace', file));
}

function platformFiles(answers: ServiceAnswers): ScaffoldFile[] {
  return [
    { path: 'platform/audit-policy.yaml', text: auditPolicyFile(answers) },
    { path: 'platform/falco-rules.yaml', text: falcoRulesFile(answers) },
  ];
}

function below(folder: string, { path, text }: ScaffoldFile): ScaffoldFile {
  return { path: `${folder}/${path}`, text };
}
