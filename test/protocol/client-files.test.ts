import { describe, expect, it } from 'vitest';
import { ClientFileSystem } from '../../server/src/features/client-file-system.ts';
import { ClientSchemas } from '../../server/src/features/client-schemas.ts';
import { FilesByScheme } from '../../server/src/features/files-by-scheme.ts';
import {
  LIST_FOLDER_REQUEST,
  type ListFolderParams,
  READ_FILE_REQUEST,
  type ReadFileParams,
} from '../../server/src/features/protocol.ts';
import { childUri, folderOf } from '../../server/src/workspace/uris.ts';

/** A connection whose client has files in memory. */
function clientWith(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const sendRequest = async (request: string, params: ReadFileParams & ListFolderParams) => {
    asked.push(params.uri);
    const text = files[params.uri];
    if (request === READ_FILE_REQUEST) {
      if (text === undefined) return null;
      if (text.length > params.maxSize) return { skipped: 'too-large' };
      return { base64: Buffer.from(text).toString('base64') };
    }
    if (request === LIST_FOLDER_REQUEST && params.uri === 'vscode-vfs://github/clinic') {
      return [{ name: 'pod.yaml', type: 'file' }];
    }
    throw new Error('Method not found');
  };
  return { fileSystem: new ClientFileSystem({ sendRequest } as never), asked };
}

describe('files of the client', () => {
  const { fileSystem } = clientWith({
    'vscode-vfs://github/clinic/pod.yaml': 'name: Zoë\n',
    'vscode-vfs://github/clinic/chart.tgz': '\u0000',
  });

  it('are read as text or bytes', async () => {
    const uri = 'vscode-vfs://github/clinic/pod.yaml';
    expect(await fileSystem.read(uri, 100)).toEqual({ text: 'name: Zoë\n' });
    expect(await fileSystem.read(uri, 3)).toEqual({ skipped: 'too-large' });
    expect(await fileSystem.read('vscode-vfs://github/clinic/chart.tgz', 100)).toEqual({ skipped: 'binary' });
    expect(await fileSystem.readBytes('vscode-vfs://github/clinic/chart.tgz', 100)).toEqual(Uint8Array.of(0));
    expect(await fileSystem.read('vscode-vfs://github/clinic/none.yaml', 100)).toBeUndefined();
  });

  it('are listed; a client that cannot answer has none', async () => {
    expect(await fileSystem.list('vscode-vfs://github/clinic')).toEqual([{ name: 'pod.yaml', type: 'file' }]);
    expect(await fileSystem.list('vscode-vfs://github/other')).toBeUndefined();
  });

  it('may stand at the root of an authority', () => {
    expect(childUri(folderOf('vscode-vfs://github/pod.yaml') ?? '', 'Chart.yaml')).toBe(
      'vscode-vfs://github/Chart.yaml',
    );
  });
});

describe('files of disks and of the client', () => {
  const pod = 'vscode-vfs://github/clinic/pod.yaml';

  it('are told apart by their scheme; clients are asked that say they answer', async () => {
    const disk = clientWith({ 'file:///clinic/pod.yaml': 'name: disk\n' });
    const client = clientWith({ [pod]: 'name: virtual\n' });
    const files = new FilesByScheme(disk.fileSystem, client.fileSystem);
    expect(await files.read('file:///clinic/pod.yaml', 100, '')).toEqual({ text: 'name: disk\n' });
    expect(await files.read(pod, 100, '')).toBeUndefined();
    expect(await files.list('vscode-vfs://github/clinic')).toBeUndefined();
    expect(client.asked).toEqual([]);

    files.clientAnswers = true;
    expect(await files.read(pod, 100, '')).toEqual({ text: 'name: virtual\n' });
    expect(await files.list('vscode-vfs://github/clinic')).toHaveLength(1);
    expect(disk.asked).toEqual(['file:///clinic/pod.yaml']);
  });
});

describe('schemas of the client', () => {
  it('are fetched with one call, and known from then on', async () => {
    const kind = { def: 'Pod', namespaced: true };
    const { fileSystem, asked } = clientWith({
      'https://cdn.example/schemas/index.json': JSON.stringify({
        kubernetes: '1.36',
        complete: [],
        families: { kubernetes: { v1: { Pod: kind } } },
      }),
      'https://cdn.example/schemas/kubernetes.json': JSON.stringify({
        $defs: {
          Pod: { type: 'object', properties: { kind: { type: 'string' } }, additionalProperties: false },
        },
      }),
    });
    const loaded = new ClientSchemas(fileSystem);
    expect(loaded.schemas.kubernetesVersion).toBe('');
    await loaded.load('https://cdn.example/schemas');
    expect(loaded.schemas.kubernetesVersion).toBe('1.36');
    expect(loaded.schemas.validate('v1', 'Pod', { kind: 'Pod', contianers: [] })).toHaveLength(1);
    expect(asked).toContain('https://cdn.example/schemas/kubernetes.docs.json');
  });
});
