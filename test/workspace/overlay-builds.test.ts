import { expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { SlowFileSystem } from '../support/slow-file-system.ts';
import { smallRules } from '../support/small-rules.ts';

const ROOT = 'file:///work';
const BASE = `${ROOT}/base/pod.yaml`;
const ACCOUNT = `${ROOT}/base/account.yaml`;

const pod = (privileged: boolean) => `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, securityContext: { privileged: ${privileged} } }] }
`;

it('builds again what has changed on disk while it was built for the first time', async () => {
  const fileSystem = new SlowFileSystem({
    [`${ROOT}/base/kustomization.yaml`]: 'resources: [pod.yaml, account.yaml]\n',
    [BASE]: pod(true),
    [ACCOUNT]: 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web }\n',
    [`${ROOT}/prod/kustomization.yaml`]: 'namePrefix: prod-\nresources: [../base]\n',
  });
  const workspace = new Workspace({
    rules: smallRules,
    fileSystem,
    today: () => '2026-06-01',
    onFailure: () => {},
    onSkipped: () => {},
  });
  workspace.configure([ROOT], new Map());
  await workspace.readAll(
    () => {},
    () => false,
  );
  const goOn = fileSystem.hold(ACCOUNT);
  const { length } = fileSystem.reads;
  const building = workspace.buildNextOverlay();
  await expect.poll(() => fileSystem.reads.slice(length)).toContain(BASE);
  fileSystem.write(BASE, pod(false));
  await workspace.refresh([BASE]);
  goOn();
  await building;
  while (await workspace.buildNextOverlay());
  const checked = await workspace.closedFiles.check(BASE);
  expect(checked?.file.documents.flatMap(({ result }) => result.findings)).toEqual([]);
});
