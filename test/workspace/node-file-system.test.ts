import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { URI } from 'vscode-uri';
import { NodeFileSystem } from '../../server/src/workspace/node-file-system.ts';
import { walk } from '../../server/src/workspace/walk.ts';

const fileSystem = new NodeFileSystem();
let root: string;
const uri = (...path: string[]) => URI.file(join(root, ...path)).toString();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kube-safeguards-files-'));
  await mkdir(join(root, 'work/sub'), { recursive: true });
  await writeFile(join(root, 'outside.yaml'), 'kind: Secret\n');
  await writeFile(join(root, 'work/a.yaml'), 'a: 1\n');
  await writeFile(join(root, 'work/mark.yaml'), '\ufeffa: 1\n');
  await writeFile(join(root, 'work/binary.yaml'), Buffer.from([0x7f, 0x45, 0, 1]));
  await writeFile(join(root, 'work/latin.yaml'), Buffer.from('name: Jos\xe9\n', 'latin1'));
  await writeFile(join(root, 'work/big.yaml'), 'x'.repeat(2000));
});

afterAll(() => rm(root, { recursive: true }));

const read = (...path: string[]) => fileSystem.read(uri('work', ...path), 1000, uri('work'));

describe('reading files from disk', () => {
  it.each([
    ['text', 'a.yaml', { text: 'a: 1\n' }],
    ['text without its byte order mark', 'mark.yaml', { text: 'a: 1\n' }],
    ['nothing that is absent', 'none.yaml', undefined],
    ['nothing below a file', 'a.yaml/b.yaml', undefined],
    ['no folder', 'sub', undefined],
    ['nothing binary', 'binary.yaml', { skipped: 'binary' }],
    ['nothing in another encoding', 'latin.yaml', { skipped: 'not-utf-8' }],
    ['nothing too large', 'big.yaml', { skipped: 'too-large' }],
  ])('gives %s', async (_, name, content) => {
    expect(await read(name)).toEqual(content);
  });

  it('knows nothing of other places than disk', async () => {
    expect(await fileSystem.read('untitled:Untitled-1', 1000, 'untitled:')).toBeUndefined();
    expect(await fileSystem.list('vscode-vfs://github/x/y')).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')(
    'follows links inside the workspace, and none out of it or in circles',
    async () => {
      await symlink(join(root, 'work/a.yaml'), join(root, 'work/sub/inside.yaml'));
      await symlink(join(root, 'outside.yaml'), join(root, 'work/sub/leak.yaml'));
      await symlink(join(root, 'work'), join(root, 'work/sub/loop'));
      await symlink('circle.yaml', join(root, 'work/sub/circle.yaml'));
      expect(await read('sub/inside.yaml')).toEqual({ text: 'a: 1\n' });
      expect(await read('sub/leak.yaml')).toEqual({ skipped: 'outside-workspace' });
      expect(await read('sub/circle.yaml')).toEqual({ skipped: 'unreadable' });
      const found = [];
      for await (const folder of walk(fileSystem, uri('work'))) found.push(folder);
      expect(found.map((folder) => folder.uri)).toEqual([uri('work'), uri('work/sub')]);
      expect(found[1]?.files).toEqual([]);
    },
  );

  it('cannot list what is no folder', async () => {
    expect(await fileSystem.list(uri('work', 'a.yaml'))).toBeUndefined();
    expect(await fileSystem.list(uri('work', 'none'))).toBeUndefined();
  });
});
