import { describe, expect, it } from 'vitest';
import { Surveyor } from '../../server/src/analysis/survey.ts';
import { readConfigurationFile } from '../../server/src/engine/configuration-file.ts';
import { rules } from '../../server/src/rules/index.ts';
import { proposedConfiguration } from '../../server/src/scaffold/configuration.ts';

function proposalFor(...texts: string[]): string {
  const surveyor = new Surveyor();
  for (const text of texts) surveyor.add(text);
  return proposedConfiguration(surveyor.result());
}

async function valuesOf(text: string) {
  const { values, problems } = await readConfigurationFile(text, rules);
  expect(problems).toEqual([]);
  return values;
}

const workload = (namespace: string, name: string, image: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  template:
    spec:
      containers:
        - name: main
          image: ${image}
`;
const namespace = (name: string, phi: string) =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { kube-safeguards.io/phi: "${phi}" } }\n`;

describe('proposedConfiguration', () => {
  it('proposes namespaces with the evidence, and names the others', async () => {
    const text = proposalFor(
      namespace('vault', 'true'),
      namespace('clinic-website', 'false'),
      workload('shop', 'cart', 'registry.clinic.example/cart:1.0.0'),
      workload('backend', 'fhir-server', 'registry.clinic.example/fhir:1.0.0'),
      workload('kube-system', 'patient-metrics', 'registry.clinic.example/metrics:1.0.0'),
    );
    expect(text).toContain(
      '    - backend # Deployment fhir-server\n    - vault # label kube-safeguards.io/phi\n',
    );
    expect(text).toContain('# Not proposed: clinic-website, shop.');
    expect((await valuesOf(text)).phi?.namespaces).toEqual(['backend', 'vault']);
  });

  it('keeps a namespace out that says so, wherever it says it', () => {
    const app = workload('clinic-website', 'health-blog', 'nginx:1.29.1');
    for (const texts of [
      [app, namespace('clinic-website', 'false')],
      [namespace('clinic-website', 'false'), app],
    ])
      expect(proposalFor(...texts)).not.toContain('- clinic-website');
  });

  it('proposes private registries, the most used first, also those of charts', async () => {
    const text = proposalFor(
      workload('a', 'one', 'harbor.clinic.example/one:1.0.0'),
      workload('a', 'two', 'registry.clinic.example:5000/two:1.0.0'),
      workload('a', 'three', 'docker.io/library/nginx:1.29.1'),
      'image:\n  registry: harbor.clinic.example\n  repository: one\nsidecar: { image: "{{ .Values.x }}" }\n',
    );
    expect(text).toContain(
      '  allowedRegistries:\n    - harbor.clinic.example\n    - registry.clinic.example:5000\n',
    );
    await valuesOf(text);
  });

  it('lists the vendors that manifests mention', async () => {
    const storage =
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: gp3 }\nprovisioner: ebs.csi.aws.com\n';
    const text = proposalFor(storage);
    expect(text).toContain('businessAssociates:\n  - name: "Amazon Web Services"\n');
    await valuesOf(text);
  });

  it('proposes nothing for an empty workspace, and is valid', async () => {
    const text = proposalFor();
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
    await valuesOf(text);
    await valuesOf(text.replaceAll(/^# (?=[ a-zA-Z]+:| {2})/gm, ''));
  });
});
