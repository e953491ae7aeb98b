import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOfDocument } from '../../server/src/analysis/facts.ts';
import type { PodNetworkFact } from '../../server/src/analysis/network/pod-network.ts';
import type { World } from '../../server/src/analysis/world.ts';
import { resourcesOf } from '../../server/src/kubernetes/resource.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { StableFacts } from '../../server/src/workspace/stable-facts.ts';
import { StableWorld } from '../../server/src/workspace/stable-world.ts';
import { WorldReader } from '../../server/src/workspace/world-reads.ts';

const VIEW = { complete: true, usedAs: undefined, namespace: undefined, nearby: [] };

/** A world of Deployments that call hosts. */
function worldOf(
  calls: Record<string, readonly string[]>,
  before?: { facts: StableFacts; world: StableWorld },
) {
  const all = Object.entries(calls).flatMap(([name, hosts]) => {
    const env = hosts.map((host, index) => `{ name: URL_${index}, value: "https://${host}" }`);
    const text = `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { containers: [{ name: c, image: i, env: [${env.join(', ')}] }] }
`;
    return factsOfDocument(resourcesOf(parseDocument(text)), undefined);
  });
  const facts = StableFacts.of(all, before?.facts);
  return { facts, world: new StableWorld(facts, VIEW, before?.world) };
}

const callersOf = (world: World, name: string) =>
  world.matching('pod-network', 'calledNames', name).map((fact) => fact.name);

function podNamed(name: string): PodNetworkFact {
  const { world } = worldOf({ [name]: [] });
  const [fact] = world.facts('pod-network');
  if (fact === undefined) throw new Error('no pod');
  return fact;
}

/** Who calls nobody. */
const silent = (world: World) =>
  world
    .facts('pod-network')
    .filter(({ calls }) => calls.length === 0)
    .map(({ name }) => name);

describe('facts that keep their identity', () => {
  it('are found by each item of a list', () => {
    const { world } = worldOf({ api: ['db.data.svc', 'vault'], web: ['api', 'db'], db: [] });
    expect(callersOf(world, 'db')).toEqual(['api', 'web']);
    expect(callersOf(world, 'vault')).toEqual(['api']);
    expect(callersOf(world, 'nobody')).toEqual([]);
  });

  it('give the same derived result while it says the same, though it read what has changed', () => {
    const first = worldOf({ api: ['db'], db: [] });
    const reader = new WorldReader(first.world);
    const result = reader.derived(silent);
    expect(result).toEqual(['db']);

    const second = worldOf({ api: ['vault'], db: [] }, first);
    expect(second.world.derived(silent)).toBe(result);
    expect(reader.reads.holdIn(second.world)).toBe(true);
    expect([...reader.reads.types]).toEqual(['pod-network']);

    const third = worldOf({ api: [], db: [] }, second);
    expect(third.world.derived(silent)).toEqual(['api', 'db']);
    expect(reader.reads.holdIn(third.world)).toBe(false);
    expect(reader.reads.holdIn(third.world, [])).toBe(false);
  });

  it('answer after any changes as if they were new, and with the same lists where they say the same', () => {
    // Several documents may have the same text, and so the same facts.
    const kinds = ['a', 'b', 'c', 'd'].flatMap((name) =>
      [[], ['a'], ['b', 'a'], ['c', 'c']].map((calledNames) => ({ name, calledNames })),
    );
    const pool = kinds.map(({ name, calledNames }) => ({ ...podNamed(name), calledNames }));
    const list = fc.array(fc.nat(pool.length - 1), { maxLength: 8 });
    const change = fc.record({
      at: fc.nat(8),
      length: fc.nat(3),
      added: fc.array(fc.nat(pool.length - 1), { maxLength: 3 }),
    });
    const answers = (facts: StableFacts) => [
      facts.ofType('pod-network'),
      ...['a', 'b', 'c', 'd'].flatMap((name) => [
        facts.matching('pod-network', 'name', name),
        facts.matching('pod-network', 'calledNames', name),
      ]),
    ];
    const factsOf = (indexes: readonly number[]) => indexes.flatMap((index) => pool[index] ?? []);
    const property = fc.property(list, fc.array(change, { maxLength: 6 }), (start, changes) => {
      let indexes = start;
      let facts = StableFacts.of(factsOf(indexes));
      for (const { at, length, added } of changes) {
        const before = answers(facts);
        indexes = indexes.toSpliced(at, length, ...added);
        facts = StableFacts.of(factsOf(indexes), facts);
        const after = answers(facts);
        expect(after).toEqual(answers(StableFacts.of(factsOf(indexes))));
        after.forEach((now, index) => {
          if (isDeepStrictEqual(now, before[index])) expect(now).toBe(before[index]);
        });
      }
    });
    fc.assert(property, { numRuns: 500 });
  });
});
