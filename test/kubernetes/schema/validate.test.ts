import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KubernetesSchemas, SchemaProblem } from '../../../server/src/kubernetes/schema/schemas.ts';
import { splitDocuments } from '../../../server/src/syntax/documents.ts';
import { parseDocument } from '../../../server/src/syntax/parse.ts';
import { loadKubernetesSchemas } from '../../support/schemas.ts';
import { VALID_MANIFESTS } from './manifests.ts';

let schemas: KubernetesSchemas;
beforeAll(async () => {
  schemas = await loadKubernetesSchemas();
});

function check(text: string): SchemaProblem[] {
  const { root, problems } = parseDocument(text);
  expect(problems).toEqual([]);
  const apiVersion = root?.get('apiVersion')?.string ?? '';
  const kind = root?.get('kind')?.string ?? '';
  return schemas.validate(apiVersion, kind, root?.toJS());
}

/** `type path`, the path with dots, and for a missing field its name. */
function told(text: string): string[] {
  return check(text).map(({ type, path, field }) => {
    const place = type === 'missing-required' && path.at(-1) !== field ? [...path, `<${field}>`] : path;
    return `${type} ${place.join('.')}`;
  });
}

const documents = splitDocuments(VALID_MANIFESTS).map(({ document }) => document.text);

describe('valid manifests', () => {
  test.each(documents.map((text) => [/kind: (\w+)/.exec(text)?.[1], text]))('%s', (_kind, text) => {
    expect(check(text ?? '')).toEqual([]);
  });

  test('cover more than 25 kinds, all known but one', () => {
    const known = new Set([...schemas.kinds()].map(({ apiVersion, kind }) => `${apiVersion}/${kind}`));
    const kinds = documents.map(
      (text) => `${/apiVersion: (\S+)/.exec(text)?.[1]}/${/kind: (\w+)/.exec(text)?.[1]}`,
    );
    expect(kinds.filter((kind) => !known.has(kind))).toEqual([
      'batch/v1beta1/CronJob',
      'example.com/v1/Patient',
    ]);
    expect(new Set(kinds).size).toBeGreaterThan(25);
  });
});

const pod = (container: string, spec = '') => `
apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  ${spec}
  containers: [{ name: c, image: i, ${container} }]
`;
const inContainer = 'spec.containers.0';

const CASES: readonly [name: string, manifest: string, problems: readonly string[]][] = [
  ['a misspelt field', pod('imagePulPolicy: Always'), [`unknown-field ${inContainer}.imagePulPolicy`]],
  ['a field in the wrong place', pod('replicas: 1'), [`unknown-field ${inContainer}.replicas`]],
  [
    'a string for a number',
    pod('ports: [{ containerPort: "80" }]'),
    [`wrong-type ${inContainer}.ports.0.containerPort`],
  ],
  ['a number for a string', pod('env: [{ name: A, value: 1 }]'), [`wrong-type ${inContainer}.env.0.value`]],
  [
    'a YAML 1.1 boolean for a string',
    pod('env: [{ name: A, value: yes }]'),
    [`wrong-type ${inContainer}.env.0.value`],
  ],
  [
    'a fraction for an integer',
    pod('', 'terminationGracePeriodSeconds: 1.5'),
    ['wrong-type spec.terminationGracePeriodSeconds'],
  ],
  ['a map for a list', pod('ports: { containerPort: 80 }'), [`wrong-type ${inContainer}.ports`]],
  ['a list for a map', pod('securityContext: []'), [`wrong-type ${inContainer}.securityContext`]],
  ['text for a map', pod('resources: lots'), [`wrong-type ${inContainer}.resources`]],
  ['a list entry of the wrong type', pod('args: [--port, 80]'), [`wrong-type ${inContainer}.args.1`]],
  ['an enum in another case', pod('imagePullPolicy: always'), [`bad-enum ${inContainer}.imagePullPolicy`]],
  [
    'a value out of its range',
    pod('ports: [{ containerPort: 70000 }]'),
    [`bad-format ${inContainer}.ports.0.containerPort`],
  ],
  [
    'a quantity with a space',
    pod('resources: { limits: { memory: 1 GB } }'),
    [`bad-format ${inContainer}.resources.limits.memory`],
  ],
  [
    'a container name in upper case',
    pod('ports: []').replace('name: c', 'name: C'),
    [`bad-format ${inContainer}.name`],
  ],
  [
    'a missing field in a list entry',
    pod('volumeMounts: [{ name: a }]'),
    [`missing-required ${inContainer}.volumeMounts.0.<mountPath>`],
  ],
  [
    'a required field that is null',
    pod('env: [{ name: null }]'),
    [`missing-required ${inContainer}.env.0.name`],
  ],
  [
    'an object without a name',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n',
    ['missing-required metadata.<name>'],
  ],
  [
    'an object without metadata',
    'apiVersion: v1\nkind: ConfigMap\ndata: {}\n',
    ['missing-required <metadata>'],
  ],
  [
    'a Secret that is not base64',
    'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata: { a: hunter2! }\n',
    ['bad-format data.a'],
  ],
  [
    'a key with a space',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: s }\ndata: { "a b": c }\n',
    ['bad-format data.a b'],
  ],
  [
    'a label value with a space',
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: phi, labels: { a: b c } }\n',
    ['bad-format metadata.labels.a'],
  ],
  [
    'a label that is a boolean',
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: phi, labels: { a: true } }\n',
    ['wrong-type metadata.labels.a'],
  ],
  [
    'a namespace with a dot',
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: a.b }\n',
    ['bad-format metadata.name'],
  ],
  [
    'a Service that starts with a digit',
    'apiVersion: v1\nkind: Service\nmetadata: { name: 1st }\n',
    ['bad-format metadata.name'],
  ],
  [
    'a role with a slash',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: a/b }\n',
    ['bad-format metadata.name'],
  ],
  [
    'an old Ingress under the new version',
    `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: i }
spec: { rules: [{ http: { paths: [{ path: /, backend: { serviceName: a, servicePort: 80 } }] } }] }`,
    [
      'unknown-field spec.rules.0.http.paths.0.backend.serviceName',
      'unknown-field spec.rules.0.http.paths.0.backend.servicePort',
      'missing-required spec.rules.0.http.paths.0.<pathType>',
    ],
  ],
  [
    'a workload without selector',
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: d }
spec: { template: { metadata: { labels: { app: d } }, spec: { containers: [{ name: c, image: i }] } } }`,
    ['missing-required spec.<selector>'],
  ],
  [
    'an audit policy that would not load',
    `apiVersion: audit.k8s.io/v1
kind: Policy
omitStage: [RequestReceived]
rules: [{ level: metadata, resources: [{ groups: "" }] }, { verbs: [get] }]`,
    [
      'unknown-field omitStage',
      'bad-enum rules.0.level',
      'unknown-field rules.0.resources.0.groups',
      'missing-required rules.1.<level>',
    ],
  ],
  [
    'an encryption configuration with a wrong provider',
    `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources: [{ resources: [secrets], providers: [{ aesgmc: { keys: [{ name: a }] } }, { kms: { name: k } }] }]`,
    [
      'unknown-field resources.0.providers.0.aesgmc',
      'missing-required resources.0.providers.1.kms.<endpoint>',
    ],
  ],
  [
    'a kubeadm flag that is no string',
    'apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\napiServer: { extraArgs: { audit-log-maxage: 30 } }\n',
    ['wrong-type apiServer.extraArgs.audit-log-maxage'],
  ],
  [
    'a custom resource with a slip',
    'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: p }\nspec: { mtls: { moed: STRICT } }\n',
    ['unknown-field spec.mtls.moed'],
  ],
];

const QUIET: readonly [name: string, manifest: string][] = [
  ['an unknown kind', 'apiVersion: v1\nkind: Nothing\nspec: 1\n'],
  ['a kind of another group', 'apiVersion: example.com/v1\nkind: Deployment\nspec: 1\n'],
  ['a name that JavaScript objects have anyway', 'apiVersion: __proto__\nkind: constructor\nspec: 1\n'],
  ['null for anything optional', pod('ports: null, env: ~, securityContext: null, imagePullPolicy: null')],
  [
    'placeholders that a tool replaces',
    pod('imagePullPolicy: "$POLICY", ports: [{ containerPort: "$(PORT)" }]', 'priority: <priority>'),
  ],
  ['a strategic merge patch', pod('$patch: delete').replace('image: i, ', '')],
  [
    'a Kustomize patch without images',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\nspec: { replicas: 3 }\n',
  ],
  [
    'a Kustomize base whose labels come from the kustomization',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\nspec: { template: { spec: { containers: [{ name: c, image: i }] } } }\n',
  ],
  [
    'a Kustomize patch of another kind',
    'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: c }\nspec: { dnsNames: [a] }\n',
  ],
  ['a name that Kustomize replaces', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: _ }\n'],
  [
    'a Secret that SOPS encrypted',
    'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata: { a: "ENC[AES256_GCM,data:x,type:str]" }\nsops: { version: 3.9.0 }\n',
  ],
  [
    'the status that a server wrote',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\nstatus: { phase: Done }\n',
  ],
  [
    'a field that a newer release of a custom resource may have',
    'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: p }\nspec: { mtls: { mode: STRICT, cipherSuites: [] } }\n',
  ],
  [
    'a field of a custom resource that only lengthens a known one',
    'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: p }\nspec: { mtls: { modes: [] } }\n',
  ],
];

describe('problems', () => {
  test.each(CASES)('%s', (_name, manifest, problems) => {
    expect(told(manifest)).toEqual(problems);
  });

  test.each(QUIET)('none for %s', (_name, manifest) => {
    expect(check(manifest)).toEqual([]);
  });

  test('name the nearest field or value', () => {
    const text = pod(
      'imagee: a, IMAGE: b, imagePullPolicy: allways, ports: [{ containerPort: 1, protocol: http }]',
    );
    const nearest = check(text).map((problem) => problem.nearest);
    expect(nearest).toEqual([undefined, undefined, 'Always', undefined]);
    expect(check(pod('volumeMount: []'))[0]?.nearest).toBe('volumeMounts');
    expect(check(pod('livenessprobe: {}'))[0]?.nearest).toBe('livenessProbe');
  });

  test('say what is expected and what is there, never the value', () => {
    const value = 'MRN-4711-secret';
    const problems = [
      ...check(
        pod(`ports: [{ containerPort: ${value}, protocol: ${value} }], env: [{ name: A, value: 4711 }]`),
      ),
      ...check(
        `apiVersion: v1\nkind: Secret\nmetadata: { name: s, labels: { a: "${value} " } }\ndata: { a: ${value} }\n`,
      ),
    ];
    expect(problems.map(({ type }) => type)).toEqual([
      'wrong-type',
      'bad-enum',
      'wrong-type',
      'bad-format',
      'bad-format',
    ]);
    expect(problems[0]).toMatchObject({ field: 'containerPort', expected: 'an integer', actual: 'string' });
    expect(problems[1]).toMatchObject({ field: 'protocol', expected: 'one of TCP, UDP, SCTP' });
    expect(JSON.stringify(problems)).not.toContain('4711');
  });

  test('stop at a hundred', () => {
    const fields = Array.from({ length: 300 }, (_, index) => `unknown${index}: 1`).join(', ');
    expect(check(pod(fields))).toHaveLength(100);
  });
});

test('nothing throws, whatever the object or path', () => {
  const kinds = [...schemas.kinds()];
  const word = fc.constantFrom(
    'metadata',
    'name',
    'spec',
    'template',
    'containers',
    '__proto__',
    'toString',
    '$patch',
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 6 }, fc.jsonValue(), fc.array(tie('any')), fc.dictionary(word, tie('any'))),
  })).any;
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      value,
      fc.array(fc.oneof(word, fc.nat(3))),
      ({ apiVersion, kind }, object, path) => {
        for (const { path: place } of schemas.validate(apiVersion, kind, object))
          expect(place).toBeInstanceOf(Array);
        schemas.fieldsAt(apiVersion, kind, path);
        schemas.describe(apiVersion, kind, path);
      },
    ),
  );
});

test('scopes', () => {
  expect(schemas.isNamespaced('v1', 'Pod')).toBe(true);
  expect(schemas.isNamespaced('v1', 'Namespace')).toBe(false);
  expect(schemas.isNamespaced('rbac.authorization.k8s.io/v1', 'ClusterRole')).toBe(false);
  expect(schemas.isNamespaced('security.istio.io/v1', 'PeerAuthentication')).toBeUndefined();
});

test('a first check costs no more than a moment, and each further one next to nothing', async () => {
  const text = documents.find((document) => document.includes('kind: Deployment')) ?? '';
  const value = parseDocument(text).root?.toJS();
  const fresh = await loadKubernetesSchemas();
  const started = performance.now();
  fresh.validate('apps/v1', 'Deployment', value);
  const first = performance.now() - started;
  for (let round = 0; round < 1000; round++) fresh.validate('apps/v1', 'Deployment', value);
  const thousand = performance.now() - started - first;
  expect(first).toBeLessThan(50);
  expect(thousand).toBeLessThan(1000);
});
