import assert from 'node:assert/strict';
import { type TextDocument, Uri, window, workspace } from 'vscode';
import type { Test } from '../runner.ts';
import { apply, quickFix } from './fixes.ts';
import { MemoryFiles } from './memory-files.ts';
import { expectFindings, privilegedPod } from './support.ts';

/** Of repositories that are edited without a clone; nothing else provides it here. */
const SCHEME = 'vscode-vfs';

/** Writes files where there is no disk, and opens the first of them. */
async function openVirtual(files: Readonly<Record<string, string>>): Promise<TextDocument> {
  const uris = await Promise.all(
    Object.entries(files).map(async ([path, text]) => {
      const uri = Uri.from({ scheme: SCHEME, authority: 'clinic', path });
      await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      return uri;
    }),
  );
  const [first] = uris;
  assert.ok(first);
  const document = await workspace.openTextDocument(first);
  await window.showTextDocument(document);
  return document;
}

export const virtualTests: Test[] = [
  {
    name: 'a file of a virtual file system is checked and fixed, with what stands around it',
    run: async () => {
      const provider = workspace.registerFileSystemProvider(SCHEME, new MemoryFiles());
      try {
        const pod = await openVirtual({ '/manifests/pod.yaml': privilegedPod('virtual') });
        const [found] = await expectFindings(pod, 'privileged-container', 1);
        assert.ok(found);
        await apply(await quickFix(pod, found));
        await expectFindings(pod, 'privileged-container', 0);

        // What is found in values is found by rendering the templates, which nobody has opened.
        const values = await openVirtual({
          '/chart/values.yaml': 'privileged: true\n',
          '/chart/Chart.yaml': 'apiVersion: v2\nname: portal\nversion: 1.0.0\n',
          '/chart/templates/pod.yaml': privilegedPod('chart').replace(
            'privileged: true',
            'privileged: {{ .Values.privileged }}',
          ),
        });
        await expectFindings(values, 'privileged-container', 1);
      } finally {
        provider.dispose();
      }
    },
  },
];
