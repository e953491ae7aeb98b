import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  ENUMS,
  FORMATS as FIELD_FORMATS,
  MAP_FORMATS,
  QUANTITIES,
  RANGES,
} from '../../../scripts/schemas/refinement-tables.ts';
import { refinedType } from '../../../scripts/schemas/refinements.ts';
import { FORMATS } from '../../../server/src/kubernetes/schema/formats.ts';
import type { IndexFile, JsonSchema, SchemaFile } from '../../../server/src/kubernetes/schema/json-schema.ts';
import { isPartial } from '../../../server/src/kubernetes/schema/partial.ts';
import {
  createKubernetesSchemas,
  type KubernetesSchemas,
  type SchemaLoader,
} from '../../../server/src/kubernetes/schema/schemas.ts';
import { splitDocuments } from '../../../server/src/syntax/documents.ts';
import { parseDocument } from '../../../server/src/syntax/parse.ts';
import { schemaLoader } from '../../support/schemas.ts';
import { VALID_MANIFESTS } from './manifests.ts';

let load: SchemaLoader;
let schemas: KubernetesSchemas;
let index: IndexFile;
beforeAll(async () => {
  load = await schemaLoader();
  schemas = createKubernetesSchemas(load);
  index = JSON.parse(load('index.json') ?? '{}');
});

const fileOf = (family: string): SchemaFile => JSON.parse(load(`${family}.json`) ?? '{}');

describe('the generated files', () => {
  test('hold the kinds of Kubernetes and of the custom resources that rules read', () => {
    const known = new Set([...schemas.kinds()].map(({ apiVersion, kind }) => `${apiVersion}/${kind}`));
    const wanted = [
      'v1/Pod',
      'v1/Secret',
      'v1/Node',
      'apps/v1/Deployment',
      'batch/v1/CronJob',
      'networking.k8s.io/v1/Ingress',
      'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
      'apiextensions.k8s.io/v1/CustomResourceDefinition',
      'apiregistration.k8s.io/v1/APIService',
      'security.istio.io/v1/AuthorizationPolicy',
      'networking.istio.io/v1alpha3/DestinationRule',
      'cert-manager.io/v1/ClusterIssuer',
      'gateway.networking.k8s.io/v1/HTTPRoute',
      'traefik.io/v1alpha1/IngressRoute',
      'external-secrets.io/v1beta1/SecretStore',
      'argoproj.io/v1alpha1/Rollout',
      'serving.knative.dev/v1/Revision',
      'keda.sh/v1alpha1/ScaledObject',
    ];
    expect(wanted.filter((kind) => !known.has(kind))).toEqual([]);
    expect(schemas.kubernetesVersion).toMatch(/^1\.\d+$/);
  });

  test('refer only to definitions that exist, and share those of Kubernetes', () => {
    for (const family of Object.keys(index.families)) {
      const references = (load(`${family}.json`) ?? '').matchAll(
        /"\$ref":"(?:([\w-]+)\.json)?#\/\$defs\/([^"]+)"/g,
      );
      const missing = [...references].filter(
        ([, file, name]) => !(String(name) in fileOf(file ?? family).$defs),
      );
      expect(missing.map(([reference]) => reference)).toEqual([]);
    }
    const metadata = Object.keys(index.families).filter((family) => 'ObjectMeta' in fileOf(family).$defs);
    expect(metadata).toEqual([]);
  });

  test('are small enough to ship', () => {
    const sizes = Object.keys(index.families).map((family) => (load(`${family}.json`) ?? '').length);
    expect(Math.max(...sizes)).toBeLessThan(250_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(600_000);
  });

  test('have the names of the API, not those that the client escapes', () => {
    const { $defs } = fileOf('kubernetes');
    expect(Object.keys($defs.V1NetworkPolicyIngressRule?.properties ?? {})).toEqual(['from', 'ports']);
    expect($defs.V1JSONSchemaProps?.properties).toHaveProperty('$ref');
    expect($defs.V1JSONSchemaProps?.properties).toHaveProperty('enum');
    expect($defs.V1JSONSchemaProps?.properties).toHaveProperty('x-kubernetes-int-or-string');
    const names = Object.values($defs).flatMap(({ properties = {} }) => Object.keys(properties));
    expect(names.filter((name) => name.startsWith('_'))).toEqual([]);
  });

  test('have no format that the server does not know', () => {
    const known = new Set([...Object.keys(FORMATS), 'int-or-string']);
    for (const family of Object.keys(index.families)) {
      const formats = [...(load(`${family}.json`) ?? '').matchAll(/"format":"([^"]+)"/g)].map(
        ([, format]) => format,
      );
      expect(formats.filter((format) => !known.has(format ?? ''))).toEqual([]);
    }
  });

  test('use every entry of the tables that refine them', () => {
    const fields = new Set(
      Object.entries(fileOf('kubernetes').$defs).flatMap(([name, { properties = {} }]) =>
        Object.keys(properties).map((field) => `${refinedType(name)}.${field}`),
      ),
    );
    const tables = [ENUMS, FIELD_FORMATS, MAP_FORMATS, RANGES].flatMap((table) => Object.keys(table));
    expect([...tables, ...QUANTITIES].filter((key) => !fields.has(key))).toEqual([]);
  });
});

describe('an independent validator agrees', () => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  for (const [name, { accepts }] of Object.entries(FORMATS)) ajv.addFormat(name, accepts);
  ajv.addFormat('int-or-string', true);

  const validators = new Map<string, (value: unknown) => boolean>();
  const accepts = (apiVersion: string, kind: string, value: unknown): boolean => {
    const key = `${apiVersion}/${kind}`;
    const validate = validators.get(key) ?? ajv.compile(schemas.schemaFor(apiVersion, kind) as JsonSchema);
    validators.set(key, validate);
    return validate(value);
  };

  const objects = splitDocuments(VALID_MANIFESTS)
    .map(({ document }) => withoutNulls(parseDocument(document.text).root?.toJS()) as Record<string, unknown>)
    .map((object) => ({ apiVersion: String(object.apiVersion), kind: String(object.kind), object }))
    .filter(({ kind }) => ['Pod', 'StatefulSet', 'NetworkPolicy', 'Secret', 'RoleBinding'].includes(kind));

  test.each(objects.map(({ kind, ...rest }) => [kind, rest] as const))(
    'on every %s with one value replaced',
    (kind, { apiVersion, object }) => {
      const verdicts: string[] = [];
      for (const [path, mutant] of mutantsOf(object)) {
        if (isPartial(mutant)) continue;
        const problems = schemas.validate(apiVersion, kind, mutant);
        if (accepts(apiVersion, kind, mutant) !== (problems.length === 0)) verdicts.push(path);
      }
      expect(accepts(apiVersion, kind, object)).toBe(true);
      expect(verdicts).toEqual([]);
    },
  );
});

function recordOf(value: unknown): Record<string, unknown> {
  return value as Record<string, unknown>;
}

/** The validator treats null as absent, as the API server does; JSON Schema has no such rule. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== null && item !== '');
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNulls(item)]));
}

/** The object with each of its values replaced in turn by values of other types, and with each key renamed or left out. */
function* mutantsOf(object: unknown): Iterable<[path: string, mutant: Record<string, unknown>]> {
  // What the object is, and how its name is checked, are no matter of the schema alone.
  const paths = pathsOf(object).filter(([first = '']) => !['apiVersion', 'kind', 'metadata'].includes(first));
  for (const path of paths) {
    for (const value of [7, 7.5, 'x y', true, [1], { zzz: 1 }]) {
      yield [`${path}=${JSON.stringify(value)}`, recordOf(changed(object, path, () => value))];
    }
    yield [`${path} absent`, recordOf(withoutNulls(changed(object, path, () => null)))];
    yield [`${path} with another key`, recordOf(changed(object, path, withAnotherKey))];
  }
}

function withAnotherKey(value: unknown): unknown {
  return typeof value === 'object' && !Array.isArray(value) ? { ...value, qqqqqqqq: 1 } : value;
}

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return path.length > 0 ? [path] : [];
  const below = Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]));
  return path.length > 0 ? [path, ...below] : below;
}

function changed(
  value: unknown,
  [key, ...rest]: readonly string[],
  change: (old: unknown) => unknown,
): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? changed(item, rest, change) : item));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: changed(record[key], rest, change) };
}
