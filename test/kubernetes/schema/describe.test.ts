import { beforeAll, describe, expect, test } from 'vitest';
import type { KubernetesSchemas } from '../../../server/src/kubernetes/schema/schemas.ts';
import { createKubernetesSchemas } from '../../../server/src/kubernetes/schema/schemas.ts';
import { loadKubernetesSchemas, schemaLoader } from '../../support/schemas.ts';

let schemas: KubernetesSchemas;
beforeAll(async () => {
  schemas = await loadKubernetesSchemas();
});

const container = ['spec', 'template', 'spec', 'containers', 0];

describe('fields', () => {
  test('of a container', () => {
    const fields = schemas.fieldsAt('apps/v1', 'Deployment', container);
    const types = Object.fromEntries(fields.map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({
      name: 'string',
      stdin: 'boolean',
      ports: 'list of ContainerPort',
      resources: 'ResourceRequirements',
      args: 'list of string',
    });
    expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(['name']);
  });

  test('of the root and of a custom resource', () => {
    const root = schemas.fieldsAt('v1', 'ConfigMap', []).map(({ name }) => name);
    expect(root.sort()).toEqual(['apiVersion', 'binaryData', 'data', 'immutable', 'kind', 'metadata']);
    const mode = schemas.fieldsAt('security.istio.io/v1', 'PeerAuthentication', ['spec', 'mtls']);
    expect(mode).toMatchObject([{ name: 'mode', enum: ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'] }]);
  });

  test.each([
    ['an unknown kind', 'example.com/v1', 'Patient', []],
    ['a path that does not exist', 'v1', 'Pod', ['spec', 'nothing', 'here']],
    ['a scalar', 'v1', 'Pod', ['spec', 'restartPolicy']],
    ['the inherited names of JavaScript', 'v1', 'Pod', ['constructor', '__proto__']],
  ])('of %s are none', (_name, apiVersion, kind, path) => {
    expect(schemas.fieldsAt(apiVersion, kind, path)).toEqual([]);
  });
});

describe('descriptions', () => {
  test('of fields, with their values', () => {
    expect(schemas.describe('apps/v1', 'Deployment', [...container, 'imagePullPolicy'])).toMatchObject({
      name: 'imagePullPolicy',
      type: 'string',
      required: false,
      enum: ['Always', 'IfNotPresent', 'Never'],
      description: expect.stringContaining('Image pull policy.'),
    });
  });

  test.each([
    ['a kind', 'v1', 'Pod', [], 'Pod is a collection of containers'],
    ['a list entry', 'v1', 'Pod', ['spec', 'containers', 0], 'A single application container'],
    [
      'a field whose type alone is documented',
      'v1',
      'Pod',
      ['spec', 'securityContext'],
      'PodSecurityContext holds',
    ],
    ['a kind under a removed version', 'batch/v1beta1', 'CronJob', ['spec', 'schedule'], 'Cron format'],
    ['a custom resource', 'cert-manager.io/v1', 'Certificate', ['spec', 'secretName'], 'Secret'],
    [
      'a field of a shared type',
      'serving.knative.dev/v1',
      'Service',
      ['spec', 'template', 'spec', 'containers', 0, 'image'],
      'image name',
    ],
  ])('of %s', (_name, apiVersion, kind, path, text) => {
    expect(schemas.describe(apiVersion, kind, path)?.description).toContain(text);
  });

  test('of types that JSON has no name for', () => {
    const typeAt = (path: (string | number)[]) => schemas.describe('v1', 'Pod', [...path])?.type;
    expect(typeAt(['spec', 'containers', 0, 'resources', 'limits'])).toBe('map of quantity');
    expect(typeAt(['spec', 'containers', 0, 'livenessProbe', 'httpGet', 'port'])).toBe('integer or string');
    expect(typeAt(['metadata', 'creationTimestamp'])).toBe('date and time');
    expect(schemas.describe('v1', 'Secret', ['data', 'any-key'])?.type).toBe('base64');
  });

  test('are not read before they are asked for', async () => {
    const load = await schemaLoader();
    const read: string[] = [];
    const lazy = createKubernetesSchemas((name) => {
      read.push(name);
      return load(name);
    });
    expect(read).toEqual([]);
    lazy.validate('v1', 'ConfigMap', { metadata: { name: 'a' } });
    expect(read).toEqual(['index.json', 'kubernetes.json']);
    lazy.describe('v1', 'ConfigMap', ['data']);
    expect(read).toEqual(['index.json', 'kubernetes.json', 'kubernetes.docs.json']);
  });

  test('and everything else are absent without generated files', () => {
    const empty = createKubernetesSchemas(() => undefined);
    expect(empty.validate('v1', 'Pod', { spec: 1 })).toEqual([]);
    expect(empty.fieldsAt('v1', 'Pod', [])).toEqual([]);
    expect(empty.describe('v1', 'Pod', [])).toBeUndefined();
    expect(empty.schemaFor('v1', 'Pod')).toBeUndefined();
    expect([...empty.kinds()]).toEqual([]);
  });
});
