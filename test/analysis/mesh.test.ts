import { describe, expect, it } from 'vitest';
import { factsOf } from '../../server/src/analysis/facts.ts';
import { isMeshHost } from '../../server/src/analysis/mesh/destination-rules.ts';
import { meshesOf, namespaceOptIn } from '../../server/src/analysis/mesh/meshes.ts';
import { effectiveMtls, isStrictNamespace } from '../../server/src/analysis/mesh/peer-authentication.ts';
import { type World, worldOf } from '../../server/src/analysis/world.ts';
import { resourcesOf } from '../../server/src/kubernetes/resource.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';

function worldIn(text: string): World {
  const resources = splitDocuments(text).flatMap(({ document }) => resourcesOf(parseDocument(document.text)));
  return worldOf(resources.flatMap(factsOf), true);
}

/** A policy by its namespace, mode, the `app` that it selects, and the modes of ports. */
type Policy = readonly [
  namespace: string,
  mode: string | undefined,
  app?: string | undefined,
  ports?: object,
];

function policies(rows: readonly Policy[]): string {
  return rows
    .map(([namespace, mode, app, portLevelMtls]) =>
      JSON.stringify({
        apiVersion: 'security.istio.io/v1',
        kind: 'PeerAuthentication',
        metadata: { name: 'a', namespace },
        spec: {
          ...(app === undefined ? {} : { selector: { matchLabels: { app } } }),
          ...(mode === undefined ? {} : { mtls: { mode } }),
          ...(portLevelMtls === undefined ? {} : { portLevelMtls }),
        },
      }),
    )
    .join('\n---\n');
}

const ROOT = 'istio-system';
const API = { namespace: 'clinic', podLabels: new Map([['app', 'api']]) };

/** Each row is what ComposePeerAuthentication in istio/pilot/pkg/security/authn decides, but for `nobody`, which Istio reads as PERMISSIVE. */
const ROWS: readonly { name: string; given: readonly Policy[]; mode: string | undefined; ports?: object }[] =
  [
    { name: 'nobody', given: [], mode: undefined },
    { name: 'the mesh', given: [[ROOT, 'STRICT']], mode: 'STRICT' },
    {
      name: 'the namespace over the mesh',
      given: [
        [ROOT, 'STRICT'],
        ['clinic', 'PERMISSIVE'],
      ],
      mode: 'PERMISSIVE',
    },
    {
      name: 'the workload over the namespace',
      given: [
        [ROOT, 'PERMISSIVE'],
        ['clinic', 'DISABLE'],
        ['clinic', 'STRICT', 'api'],
      ],
      mode: 'STRICT',
    },
    {
      name: 'UNSET inherits',
      given: [
        [ROOT, 'STRICT'],
        ['clinic', 'UNSET'],
        ['clinic', undefined, 'api'],
      ],
      mode: 'STRICT',
    },
    {
      name: 'a selector in the root namespace reaches nothing',
      given: [[ROOT, 'STRICT', 'api']],
      mode: undefined,
    },
    {
      name: 'other namespaces and workloads',
      given: [
        ['web', 'STRICT'],
        ['clinic', 'STRICT', 'web'],
      ],
      mode: undefined,
    },
    {
      name: 'ports over the workload, UNSET ones inherit',
      given: [
        ['clinic', 'STRICT'],
        ['clinic', undefined, 'api', { 8080: { mode: 'DISABLE' }, 8443: { mode: 'UNSET' } }],
      ],
      mode: 'STRICT',
      ports: { 8080: 'DISABLE', 8443: 'STRICT' },
    },
    {
      name: 'ports without a selector are ignored',
      given: [['clinic', 'STRICT', undefined, { 8080: { mode: 'DISABLE' } }]],
      mode: 'STRICT',
    },
    {
      name: 'of several the weakest, as any may be the oldest',
      given: [
        ['clinic', 'STRICT'],
        ['clinic', 'PERMISSIVE'],
      ],
      mode: 'PERMISSIVE',
    },
  ];

describe('effectiveMtls', () => {
  it.each(ROWS)('$name', ({ given, mode, ports = {} }) => {
    const effective = effectiveMtls(API, worldIn(policies(given)));
    expect(effective.mode).toBe(mode);
    expect(Object.fromEntries(effective.ports)).toEqual(ports);
  });

  it('takes the root namespace from the MeshConfig', () => {
    const text = `${policies([['mesh', 'STRICT']])}
---
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec: { meshConfig: { rootNamespace: mesh } }
`;
    expect(effectiveMtls(API, worldIn(text)).mode).toBe('STRICT');
  });
});

describe('isStrictNamespace', () => {
  it('holds unless a workload or a port of it is weaker', () => {
    const strict: Policy = ['clinic', 'STRICT'];
    expect(isStrictNamespace('clinic', worldIn(policies([strict])))).toBe(true);
    expect(isStrictNamespace('clinic', worldIn(policies([strict, ['clinic', undefined, 'api']])))).toBe(true);
    expect(isStrictNamespace('clinic', worldIn(policies([strict, ['clinic', 'PERMISSIVE', 'api']])))).toBe(
      false,
    );
    const port: Policy = ['clinic', undefined, 'api', { 80: { mode: 'DISABLE' } }];
    expect(isStrictNamespace('clinic', worldIn(policies([strict, port])))).toBe(false);
    expect(isStrictNamespace('web', worldIn(policies([strict])))).toBe(false);
  });
});

describe('isMeshHost', () => {
  const world = worldIn(`
apiVersion: v1
kind: Namespace
metadata: { name: records }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: lab }
spec: { hosts: [lab.local], location: MESH_EXTERNAL }
`);
  it.each([
    ['api', true],
    ['api.clinic', true],
    ['api.records', true],
    ['api.clinic.svc', true],
    ['api.clinic.svc.cluster.local', true],
    ['*.local', true],
    ['*', true],
    ['example.com', false],
    ['fhir.example.com', false],
    ['lab.local', false],
    ['kubernetes.default.svc.cluster.local', false],
  ])('%s: %s', (host, expected) => {
    expect(isMeshHost(host, 'clinic', world)).toBe(expected);
  });
});

describe('the mesh of a workspace', () => {
  const of = (apiVersion: string, kind: string, spec = '{}') =>
    worldIn(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\nspec: ${spec}\n`);
  it.each([
    ['security.istio.io/v1', 'RequestAuthentication', '{}', ['istio'], 'istio-injection'],
    [
      'install.istio.io/v1alpha1',
      'IstioOperator',
      '{ profile: ambient }',
      ['istio'],
      'istio.io/dataplane-mode',
    ],
    [
      'gateway.networking.k8s.io/v1',
      'Gateway',
      '{ gatewayClassName: istio-waypoint }',
      ['istio'],
      'istio.io/dataplane-mode',
    ],
    ['policy.linkerd.io/v1beta3', 'Server', '{}', ['linkerd'], 'linkerd.io/inject'],
    ['consul.hashicorp.com/v1alpha1', 'Mesh', '{}', ['consul'], undefined],
    ['networking.istio.io/v1', 'Gateway', '{}', [], undefined],
  ])('%s %s', (apiVersion, kind, spec, meshes, key) => {
    const world = of(apiVersion, kind, spec);
    expect([...meshesOf(world)]).toEqual(meshes);
    expect(namespaceOptIn(world)?.key).toBe(key);
  });
});
