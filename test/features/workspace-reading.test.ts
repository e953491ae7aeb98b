import { expect, it } from 'vitest';
import type { Connection } from 'vscode-languageserver';
import { WorkspaceReading } from '../../server/src/features/workspace-reading.ts';
import type { Workspace } from '../../server/src/workspace/workspace.ts';

it('tells of many files as long as there are', async () => {
  let files = 1000;
  const told: boolean[] = [];
  const reading = new WorkspaceReading({
    workspace: {
      readAll: async (onRead: (uri: string, read: number) => void) => {
        for (let read = 1; read <= files; read++) onRead(`file:///${read}.yaml`, read);
      },
    } as unknown as Workspace,
    connection: {} as Connection,
    showsProgress: false,
    say: (text) => text,
    onMany: (areKnown) => told.push(areKnown),
  });
  await reading.begin();
  expect(reading.isGoingOn).toBe(false);
  expect(told).toEqual([true]);
  files = 999;
  await reading.begin();
  expect(told).toEqual([true, false]);
  files = 1000;
  await reading.begin();
  reading.stop();
  expect(told).toEqual([true, false, true, false]);
});
