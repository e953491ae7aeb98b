import { describe, expect, it } from 'vitest';
import { factsOfDocument } from '../../server/src/analysis/facts.ts';
import type { World } from '../../server/src/analysis/world.ts';
import { resourcesOf } from '../../server/src/kubernetes/resource.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { StableFacts, StableWorld, WorldReader } from '../../server/src/workspace/stable-world.ts';

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
  const facts = new StableFacts(all, before?.facts);
  return { facts, world: new StableWorld(facts, VIEW, before?.world) };
}

const callersOf = (world: World, name: string) =>
  world.matching('pod-network', 'calledNames', name).map((fact) => fact.name);

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
    expect(reader.reads.holdIn(third.world, new Set(['namespace']))).toBe(false);
  });
});
