import { factsOf } from '../../../server/src/analysis/facts.ts';
import { type Site, siteOf } from '../../../server/src/analysis/network/points.ts';
import { type World, worldOf } from '../../../server/src/analysis/world.ts';
import { resourcesOf } from '../../../server/src/kubernetes/resource.ts';
import { splitDocuments } from '../../../server/src/syntax/documents.ts';
import { parseDocument } from '../../../server/src/syntax/parse.ts';

/** The world of objects as the API server has them. */
export function worldOfObjects(objects: readonly unknown[]): World {
  return worldOfText(objects.map((object) => JSON.stringify(object)).join('\n---\n'));
}

export function worldOfText(text: string): World {
  const facts = splitDocuments(text).flatMap(({ document }) =>
    resourcesOf(parseDocument(document.text)).flatMap(factsOf),
  );
  return worldOf(facts, true);
}

/** The workload `namespace/name`. */
export function siteNamed(world: World, id: string): Site {
  const fact = world.facts('pod-network').find(({ namespace, name }) => `${namespace}/${name}` === id);
  if (fact === undefined) throw new Error(`no workload ${id}`);
  return siteOf(fact, world);
}
