import { expect, it } from 'vitest';
import { readArguments } from '../../server/src/cli/arguments.ts';
import { check } from '../../server/src/cli/check.ts';
import { checkShard } from '../../server/src/cli/check-shards.ts';
import type { CheckResult } from '../../server/src/cli/checking.ts';
import type { StartShard } from '../../server/src/cli/shard.ts';
import { reportAs } from '../../server/src/report/formats.ts';
import type { CheckedFile } from '../../server/src/report/run.ts';
import { rules } from '../../server/src/rules/index.ts';
import { TODAY } from '../support/check-text.ts';
import { TestFolder } from '../support/command-line.ts';

/** Namespaces and pods whose findings depend on what other files say. */
function files(): Record<string, string> {
  const all: Record<string, string> = {
    '.kube-safeguards.yaml': 'units: [east, west]\n',
    'values.yaml': 'smtp:\n  password: Vey9-tarp-Quoin\n',
  };
  for (let index = 0; index < 210; index++) {
    const folder = index % 2 === 0 ? 'east' : 'west';
    all[`${folder}/${index}/namespace.yaml`] =
      `apiVersion: v1\nkind: Namespace\nmetadata: { name: n${index} }\n`;
    all[`a-${index}.yaml`] =
      `apiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: n${index} }\nspec: { hostNetwork: true, containers: [{ name: a, image: nginx }] }\n`;
  }
  all['west/1/policy.yaml'] =
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny, namespace: n1 }\nspec: { podSelector: {}, policyTypes: [Ingress, Egress] }\n';
  // The base is read by one thread, and the overlays by the other.
  all['a/kustomization.yaml'] = 'resources: [web.yaml, namespace.yaml]\n';
  all['a/web.yaml'] =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: nginx }] }\n';
  all['a/namespace.yaml'] = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
  all['z/prod/kustomization.yaml'] = 'resources: [../../a, policy.yaml]\nnamespace: shop\n';
  all['z/prod/policy.yaml'] = all['west/1/policy.yaml'].replace('n1', 'shop');
  all['z/dev/kustomization.yaml'] =
    'resources: [../../a]\nnamespace: shop\nimages: [{ name: nginx, newTag: latest }]\n';
  return all;
}

/** The other thread, in this one: what goes there and back is copied all the same. */
const startShard: StartShard = (work) => {
  const started = checkShard(structuredClone(work), { rules });
  return {
    facts: started.then(({ facts }) => structuredClone(facts)),
    report: async (others) => {
      const found = (await started).report(structuredClone(others));
      const files: CheckedFile[] = [];
      let next = found.next();
      for (; next.done !== true; next = found.next()) files.push(next.value);
      return structuredClone({ files, problems: next.value });
    },
    end: async () => {},
  };
};

it('finds the same in the same order, however many threads share the work', async () => {
  const folder = new TestFolder(files());
  const host = {
    workingFolder: folder.path,
    rules,
    version: '1.2.3',
    today: TODAY,
    standardInput: new Uint8Array(),
  };
  const options = readArguments(['check', '.']);
  if (options.command !== 'check') throw new Error('a check was asked for');
  const alone = await check(options, host);
  const shared = await check(options, { ...host, startShard });
  expect(alone.run.files.flatMap(({ findings }) => findings).length).toBeGreaterThan(1000);
  const reportOf = ({ run }: CheckResult) => [...reportAs('json', run, { colour: false })].join('');
  expect(reportOf(shared)).toBe(reportOf(alone));
});
