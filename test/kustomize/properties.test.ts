import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { buildKustomization } from '../../server/src/kustomize/index.ts';
import { hasOracle } from '../support/oracle.ts';
import { expectSame, filesOf } from './support.ts';

/** So many generated overlays are built in one run of kubectl. Another seed is another run. */
const RUNS = 120;
const SEED = Number(process.env.KUSTOMIZE_PROPERTY_SEED ?? 20260101);

const name = fc.constantFrom('a', 'b', 'c', 'd');
const scalar = fc.oneof(
  fc.constantFrom(
    'text',
    'yes',
    'true',
    '1',
    '1.0',
    '0x1f',
    '',
    ' padded ',
    'a: b',
    '# x',
    '2001-01-01',
    'é',
    'two\nlines\n',
  ),
  fc.boolean(),
  fc.integer({ min: -5, max: 70_000 }),
  fc.constant(1.5),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(name, tie('tree'), { maxKeys: 3 }),
  ),
}));
const spec = fc.dictionary(name, tree, { minKeys: 1, maxKeys: 4 });

/** Items with the keys by which they merge. */
function keyed(key: string, item: fc.Arbitrary<Record<string, unknown>>, minLength = 0) {
  return fc
    .uniqueArray(fc.tuple(name, item), { selector: ([id]) => id, minLength, maxLength: 3 })
    .map((items) => items.map(([id, fields]) => ({ [key]: id, ...fields })));
}

const env = keyed('name', fc.record({ value: fc.constantFrom('1', 'x', 'true') }));
const ports = fc.uniqueArray(fc.record({ containerPort: fc.integer({ min: 1, max: 4 }) }), {
  selector: ({ containerPort }) => containerPort,
  maxLength: 3,
});
const container = fc.record(
  { image: fc.constantFrom('web:1', 'web', 'host:5000/web@sha256:a'), env, ports },
  { requiredKeys: ['image'] },
);
const podSpec = (minLength: number) =>
  fc.record(
    {
      containers: keyed('name', container, minLength),
      volumes: keyed('name', fc.record({ emptyDir: fc.constant({}) })),
      tolerations: fc.array(fc.record({ key: name }), { maxLength: 2 }),
    },
    { requiredKeys: ['containers'] },
  );
/** A patch of a pod may leave everything out, and take items away. */
const podPatch = podSpec(0).chain((pod) =>
  fc.option(name, { nil: undefined }).map((gone) => ({
    ...pod,
    containers: [
      ...pod.containers.filter((each) => each.name !== gone),
      ...(gone === undefined ? [] : [{ name: gone, $patch: 'delete' }]),
    ],
  })),
);

function widget(fields: unknown) {
  return { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'widget' }, spec: fields };
}

function deployment(pod: unknown, more: Record<string, unknown> = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', ...more },
    spec: { template: { spec: pod } },
  };
}

/** Fields that can stand in any overlay together. */
const fields = fc.record(
  {
    namePrefix: fc.constantFrom('p-', 'q-'),
    namespace: fc.constantFrom('one', 'two'),
    commonLabels: fc.dictionary(name, fc.constantFrom('x', '1', 'true'), { minKeys: 1, maxKeys: 2 }),
    commonAnnotations: fc.dictionary(name, fc.constantFrom('x', '2', 'no'), { minKeys: 1, maxKeys: 2 }),
    images: fc.constantFrom(
      [{ name: 'web', newTag: '2' }],
      [{ name: 'host:5000/web', newName: 'mine', digest: 'sha256:b' }],
      [{ name: 'web', newName: 'other' }],
    ),
    replicas: fc.constant([{ name: 'web', count: 3 }]),
  },
  { requiredKeys: [] },
);

const overlay = fc.record({
  fields,
  widget: spec,
  widgetPatch: spec,
  pod: podSpec(1),
  podPatch,
  data: fc.dictionary(name, fc.string({ maxLength: 8, unit: 'grapheme-ascii' }), { maxKeys: 3 }),
});
type Overlay = typeof overlay extends fc.Arbitrary<infer Made> ? Made : never;

/** A patch must fit what it patches: other shapes are errors, to Kustomize as to us. */
function fits(target: unknown, patch: unknown): boolean {
  if (Array.isArray(target) || Array.isArray(patch)) return Array.isArray(target) && Array.isArray(patch);
  const isMap = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  if (!isMap(target) || !isMap(patch)) return isMap(target) === isMap(patch);
  return Object.keys(patch).every((key) => !(key in target) || fits(target[key], patch[key]));
}

function filesFor(made: Overlay, index: number): Record<string, string> {
  const folder = `k${index}`;
  const kustomization = {
    ...made.fields,
    nameSuffix: `-${index}`,
    resources: ['all.yaml'],
    patches: [{ path: 'pod.yaml' }, { path: 'widget.yaml' }],
    configMapGenerator: [{ name: 'made', files: Object.keys(made.data).map((key) => `${key}.txt`) }],
  };
  const documents = [widget(made.widget), deployment(made.pod, { labels: { l: 'm' } })];
  return {
    [`${folder}/kustomization.yaml`]: JSON.stringify(kustomization),
    [`${folder}/all.yaml`]: documents.map((document) => stringify(document)).join('---\n'),
    [`${folder}/pod.yaml`]: stringify(deployment(made.podPatch)),
    [`${folder}/widget.yaml`]: stringify(widget(made.widgetPatch)),
    ...Object.fromEntries(Object.entries(made.data).map(([key, text]) => [`${folder}/${key}.txt`, text])),
  };
}

const overlays = fc
  .sample(overlay, { seed: SEED, numRuns: RUNS })
  .filter(({ widget: target, widgetPatch }) => fits(target, widgetPatch));

describe.runIf(hasOracle)('any overlay', () => {
  it('is what kubectl makes of it', { timeout: 60_000 }, async () => {
    const files = Object.assign({}, ...overlays.map(filesFor)) as Record<string, string>;
    files['kustomization.yaml'] = stringify({ resources: overlays.map((_, index) => `k${index}`) });
    await expectSame(filesOf(files));
  });
});

describe('any text in the place of a kustomization or of its files', () => {
  it('builds without throwing', () => {
    const pieces = fc.constantFrom(
      'resources: [all.yaml]\n',
      'patches: [{ path: all.yaml, target: 1 }]\n',
      'patches:\n  - patch: |-\n      - op: add\n        path: /a\n',
      'images: { a: b }\n',
      'labels: [{ pairs: x }]\n',
      'configMapGenerator: [a, { name: [] }, { name: n, literals: 3 }]\n',
      'replacements: [{ source: x, targets: y }, { path: all.yaml }]\n',
      'vars: [{ name: 1 }, x]\n',
      'helmCharts: [1, { name: .. }]\n',
      'namePrefix: { a: b }\n',
      'namespace: [x]\n',
      'components: [., "", all.yaml]\n',
      'generators: [all.yaml]\ntransformers: [all.yaml]\n',
      'configurations: [all.yaml]\nsortOptions: 3\n',
      '? [a]: b\n- c\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, annotations: [1] }\n',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: x } } }\n',
      '---\n',
    );
    const text = fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (kustomization, all) => {
        const files = filesOf({ 'kustomization.yaml': kustomization, 'all.yaml': all });
        expect(buildKustomization(files, '').resources).toBeDefined();
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
