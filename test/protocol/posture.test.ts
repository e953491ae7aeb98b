import { describe, expect, it } from 'vitest';
import type { Posture, Status } from '../../server/src/features/protocol.ts';
import { rules } from '../../server/src/rules/index.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';

const pod = (name: string, comment = '') => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: clinic }
spec:
  containers:
    - name: main
      securityContext: { privileged: true }${comment}
`;

const FILES = {
  [`${FOLDER}/open.yaml`]: pod('open'),
  [`${FOLDER}/envs/dev/closed.yaml`]: pod('closed'),
  [`${FOLDER}/envs/prod/covered.yaml`]: pod(
    'covered',
    ' # kube-safeguards-ignore privileged-container: needs the GPU',
  ),
  [`${FOLDER}/chart/Chart.yaml`]: 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
  [`${FOLDER}/chart/values.yaml`]: 'privileged: true\n',
  [`${FOLDER}/chart/templates/pod.yaml`]: pod('charted').replace('true', '{{ .Values.privileged }}'),
  [`${FOLDER}/.kube-safeguards.yaml`]: 'phi: { namespaces: [clinic] }\nrules: { image-tag-mutable: "off" }\n',
};

async function start() {
  const only = ['privileged-container', 'image-tag-mutable'];
  const client = connectInProcess({
    fileSystem: new MemoryFileSystem(FILES),
    rules: rules.filter(({ id }) => only.includes(id)),
  });
  const statuses: Status[] = [];
  client.connection.onNotification('kubeSafeguards/status', (status: Status) => {
    statuses.push(status);
  });
  await client.initialize({}, { workspaceFolders: [{ uri: FOLDER, name: 'work' }] });
  await client.open(`${FOLDER}/open.yaml`, FILES[`${FOLDER}/open.yaml`] ?? '');
  return { client, statuses };
}

describe('the posture of a workspace', () => {
  it('holds the findings of all files, open or not, with what covers them', async () => {
    const { client } = await start();
    const {
      files,
      rules: told,
      leftOut,
    } = await client.connection.sendRequest<Posture>('kubeSafeguards/posture');
    expect(leftOut).toBe(0);
    expect(told).toEqual({
      'privileged-container': {
        title: 'Privileged container',
        safeguard: 'Integrity: what runs is what was meant',
        provisions: expect.arrayContaining([expect.stringMatching(/^45 CFR 164\.312/)]),
      },
    });
    const byUri = new Map(files.map((file) => [file.uri.slice(FOLDER.length + 1), file]));
    expect([...byUri.keys()].sort()).toEqual([
      'chart/values.yaml',
      'envs/dev/closed.yaml',
      'envs/prod/covered.yaml',
      'open.yaml',
    ]);
    expect(byUri.get('open.yaml')?.findings).toEqual([
      {
        rule: 'privileged-container',
        severity: 'error',
        message: expect.any(String),
        range: { start: { line: 6, character: 37 }, end: { line: 6, character: 41 } },
        resource: { kind: 'Pod', name: 'open', namespace: 'clinic' },
        fix: 'review',
      },
    ]);
    expect(byUri.get('envs/dev/closed.yaml')?.unit).toBe(`${FOLDER}/envs/dev`);
    expect(byUri.get('chart/values.yaml')?.unit).toBe(`${FOLDER}/chart`);
    expect(byUri.get('envs/prod/covered.yaml')?.findings[0]?.covered).toEqual({
      by: 'suppression',
      reason: 'needs the GPU',
    });
  });

  it('is summed up in the status, with its scope and the rules that the configuration lowers', async () => {
    const { client, statuses } = await start();
    await client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
    await expect.poll(() => statuses.at(-1)?.errors, { timeout: 5000 }).toBe(3);
    expect(statuses.at(-1)).toMatchObject({
      suppressed: 1,
      configuredRules: ['image-tag-mutable'],
      loweredRules: [],
      scope: { namespaces: ['clinic'], labels: [] },
    });
  });
});
