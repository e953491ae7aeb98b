import { describe, expect, it } from 'vitest';
import type { FolderSurvey, NewService, NewServiceAnswers } from '../../server/src/features/protocol.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';
const FILES = {
  [`${FOLDER}/.kube-safeguards.yaml`]: 'images:\n  allowedRegistries: [registry.clinic.example]\n',
  [`${FOLDER}/apps/portal.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata: { name: portal, namespace: patient-portal, labels: {} }
spec:
  template:
    metadata: { labels: { app: portal } }
    spec: { containers: [{ name: web, image: "harbor.clinic.example/portal:2.1.0" }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: patient-portal, labels: { istio-injection: enabled } }
`,
};
const ANSWERS: NewServiceAnswers = {
  name: 'records-api',
  namespace: 'phi-records',
  image: 'registry.clinic.example/records/api:1.0.0',
  port: '8443',
};

async function ask<T>(method: string, params: object): Promise<T> {
  const client = connectInProcess({ fileSystem: new MemoryFileSystem(FILES) });
  await client.initialize({}, { workspaceFolders: [{ uri: FOLDER, name: 'work' }] });
  return client.connection.sendRequest<T>(method, { folder: FOLDER, ...params });
}

const newService = (answers: NewServiceAnswers) => ask<NewService>('kubeSafeguards/newService', { answers });

describe('requests of the wizard', () => {
  it('answers with the files of the service', async () => {
    const { problems, files } = await newService(ANSWERS);
    expect(problems).toEqual([]);
    expect(files[0]?.path).toBe('README.md');
    expect(files.map(({ path }) => path)).toContain('service/deployment.yaml');
  });

  it('tells what is missing and what is wrong, by the configuration of the folder', async () => {
    const { problems, files } = await newService({ name: 'records-api', image: 'harbor.example/api:1.0.0' });
    expect(files).toEqual([]);
    expect(problems).toEqual([
      { question: 'namespace', message: 'The namespace is missing.' },
      { question: 'image', message: 'Images come from registry.clinic.example, as the configuration says.' },
      { question: 'port', message: 'The port is missing.' },
    ]);
  });

  it('tells what the folder holds', async () => {
    expect(await ask<FolderSurvey>('kubeSafeguards/survey', {})).toEqual({
      namespaces: ['patient-portal'],
      phiNamespaces: ['patient-portal'],
      registries: ['registry.clinic.example'],
      workloads: ['patient-portal/portal'],
      meshes: ['istio'],
    });
  });

  it('proposes a configuration', async () => {
    const text = await ask<string>('kubeSafeguards/proposedConfiguration', {});
    expect(text).toContain('  allowedRegistries:\n    - harbor.clinic.example\n');
    expect(text).toContain('  namespaces:\n    - patient-portal # its name\n');
  });
});
