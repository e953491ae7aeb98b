import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { World } from '../../server/src/analysis/world.ts';
import { FactsIndex } from '../../server/src/workspace/facts-index.ts';
import { factsOfText } from '../../server/src/workspace/file-facts.ts';
import { WorldReader } from '../../server/src/workspace/world-reads.ts';

const pod = (name: string, calls: string) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: clinic }
spec: { containers: [{ name: main, image: a, env: [{ name: URL, value: 'http://${calls}:80' }] }] }
`;
const policy = (name: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: clinic }
spec: { podSelector: {} }
`;
const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;
const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: portal }
spec:
  source: { repoURL: https://git.example.com/portal.git, path: apps, directory: { exclude: 'two.yaml' } }
  destination: { namespace: clinic, server: https://kubernetes.default.svc }
`;
const patched = 'kind: Kustomization\npatches: [{ path: two.yaml }]\nresources: [one.yaml]\n';

const DOCUMENTS = [
  pod('web', 'records'),
  pod('web', 'billing'),
  pod('records', 'web'),
  policy('deny'),
  policy('allow'),
  namespace('clinic'),
  namespace('shop'),
  application,
];
const FILES = ['one.yaml', 'two.yaml', 'kustomization.yaml'].flatMap((name) =>
  ['apps', 'apps/overlays/prod', 'apps/overlays/dev', 'other'].map((folder) => [folder, name] as const),
);

const parsed = new Map<string, ReturnType<typeof factsOfText>>();
/** As the workspace does: another list of the same facts is not made for the same text. */
function factsOf(file: string, text: string) {
  const known = parsed.get(text) ?? factsOfText(file, text);
  parsed.set(text, known);
  return known;
}

const answersOf = (index: FactsIndex) =>
  FILES.flatMap(([folder, name]) => {
    const world = index.worldOf(folder, `${folder}/${name}`);
    return [
      world.facts('namespace'),
      world.facts('network-policy'),
      world.facts('pod-network'),
      world.matching('pod-network', 'name', 'web'),
      world.matching('namespace', 'name', 'clinic'),
    ];
  });

describe('FactsIndex', () => {
  it('answers after any edits as if it had read the files now', () => {
    const text = fc
      .array(fc.nat(DOCUMENTS.length - 1), { maxLength: 4 })
      .map((documents) => documents.map((index) => DOCUMENTS[index]).join('---\n'));
    const edit = fc.record({
      at: fc.nat(FILES.length - 1),
      text: fc.oneof({ weight: 9, arbitrary: text }, fc.constant(patched), fc.constant(undefined)),
      isAsked: fc.boolean(),
    });
    const indexOf = (texts: ReadonlyMap<string, readonly [string, string]>) => {
      const index = new FactsIndex((folder, path) => `${folder}/${path}`);
      for (const [file, [folder, content]] of texts) index.set(folder, file, factsOf(file, content));
      return index;
    };
    const property = fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
      const texts = new Map<string, readonly [string, string]>();
      const index = indexOf(texts);
      for (const { at, text: content, isAsked } of edits) {
        const [folder, name] = FILES[at] ?? ['', ''];
        const file = `${folder}/${name}`;
        if (content === undefined) {
          texts.delete(file);
          index.delete(folder, file);
        } else {
          texts.set(file, [folder, content]);
          index.set(folder, file, factsOf(file, content));
        }
        if (isAsked) expect(answersOf(index)).toEqual(answersOf(indexOf(texts)));
      }
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('knows after edits which answers may be others', () => {
    const index = new FactsIndex((folder, path) => `${folder}/${path}`);
    const set = (name: string, ...documents: readonly string[]) => {
      const content = documents.join('---\n');
      index.set('apps', `apps/${name}`, factsOf(`apps/${name}`, content));
    };
    set('one.yaml', pod('web', 'records'), policy('deny'));
    set('two.yaml', pod('records', 'web'), namespace('clinic'));
    index.complete = true;
    const countPolicies = (world: World) => world.facts('network-policy').length;
    const ask: Record<string, (world: World) => unknown> = {
      policies: (world) => world.facts('network-policy'),
      web: (world) => world.matching('pod-network', 'name', 'web'),
      callers: (world) => world.matching('pod-network', 'calledNames', 'web'),
      nobody: (world) => world.matching('pod-network', 'name', 'nobody'),
      count: (world) => world.derived(countPolicies),
    };
    const version = index.versionOf();
    const world = () => index.worldOf('apps', 'apps/two.yaml');
    const reads = Object.entries(ask).map(([name, question]) => {
      const reader = new WorldReader(world());
      question(reader);
      return [name, reader.reads.compact] as const;
    });
    const changed = () => {
      const questions = index.questionsChangedSince(version);
      if (questions === undefined) return undefined;
      return reads.filter(([, each]) => !each.holdIn(world, questions)).map(([name]) => name);
    };
    expect(changed()).toEqual([]);
    set('one.yaml', pod('web', 'records'), policy('allow'));
    expect(changed()).toEqual(['policies']);
    set('one.yaml', pod('web', 'records'), policy('allow'), policy('deny'));
    expect(changed()).toEqual(['policies', 'count']);
    set('two.yaml', pod('records', 'billing'), namespace('clinic'));
    expect(changed()).toEqual(['policies', 'callers', 'count']);
    set('one.yaml', pod('nobody', 'records'), policy('deny'));
    expect(changed()).toEqual(['policies', 'web', 'callers', 'nobody']);
    set('one.yaml', application);
    expect(changed()).toBeUndefined();
  });

  it('keeps the lists that an edit says nothing about', () => {
    const index = new FactsIndex((folder, path) => `${folder}/${path}`);
    const one = `${pod('web', 'records')}---\n${policy('deny')}`;
    index.set('apps', 'apps/one.yaml', factsOf('apps/one.yaml', one));
    index.set('apps', 'apps/two.yaml', factsOf('apps/two.yaml', pod('records', 'web')));
    const before = index.worldOf('apps', 'apps/two.yaml');
    const pods = before.facts('pod-network');
    index.set(
      'apps',
      'apps/one.yaml',
      factsOf('apps/one.yaml', `${pod('web', 'records')}---\n${policy('allow')}`),
    );
    const after = index.worldOf('apps', 'apps/two.yaml');
    expect(after.facts('network-policy')).toMatchObject([{ name: 'allow' }]);
    expect(after.facts('network-policy')).not.toBe(before.facts('network-policy'));
    expect(after.facts('pod-network')).toBe(pods);
  });
});
