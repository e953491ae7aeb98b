import { expect, it } from 'vitest';
import { Accumulator } from '../../server/src/kustomize/accumulator.ts';
import { MapNode, stringNode } from '../../server/src/kustomize/node.ts';
import { BuildResource } from '../../server/src/kustomize/resource.ts';

function configMap(name: string): BuildResource {
  const metadata = new MapNode([]);
  metadata.set('name', stringNode(name, []));
  const root = new MapNode([]);
  root.set('apiVersion', stringNode('v1', []));
  root.set('kind', stringNode('ConfigMap', []));
  root.set('metadata', metadata);
  return new BuildResource(root, 'all.yaml');
}

it('compares a resource with those of its name alone, as they are called now', () => {
  const gathered = new Accumulator();
  const started = performance.now();
  for (let index = 0; index < 20_000; index++) gathered.append(configMap(`c${index}`));
  expect(performance.now() - started).toBeLessThan(5000);
  expect(() => gathered.append(configMap('c7'))).toThrow('already');
  gathered.resources = gathered.resources.filter(({ name }) => name !== 'c7');
  gathered.append(configMap('c7'));
  expect(gathered.resources).toHaveLength(20_000);
});
