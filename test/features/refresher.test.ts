import { expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import type { OpenFileDiagnostics } from '../../server/src/features/open-file-diagnostics.ts';
import { Refresher } from '../../server/src/features/refresher.ts';
import type { Workspace } from '../../server/src/workspace/workspace.ts';

const [WEB, POLICY] = ['file:///web.yaml', 'file:///policy.yaml'];
const finding = (message: string): Diagnostic => ({
  message,
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
});

/** Two open files, of which the client has the diagnostics. */
function setup() {
  const versions = new Map([WEB, POLICY].map((uri) => [uri, 1]));
  const found = new Map<string, Diagnostic[]>([WEB, POLICY].map((uri) => [uri, []]));
  const workspace = {
    file: (uri: string) => ({ version: versions.get(uri) }),
    get openFiles() {
      return [...versions].map(([uri, version]) => ({ uri, version }));
    },
  } as unknown as Workspace;
  const diagnostics = { of: (uri: string) => found.get(uri) } as unknown as OpenFileDiagnostics;
  let asked = 0;
  const refresher = new Refresher(workspace, diagnostics, () => asked++);
  for (const uri of [WEB, POLICY]) refresher.given(uri, found.get(uri) ?? []);
  const askedNow = () => {
    asked = 0;
    refresher.refresh();
    return asked;
  };
  return { versions, found, refresher, askedNow };
}

it('has the client ask again once for what an edit of another file has changed', () => {
  const { found, askedNow } = setup();
  expect(askedNow()).toBe(0);
  found.set(WEB, [finding('reachable')]);
  expect(askedNow()).toBe(1);
  // Files that nobody sees are never asked for.
  expect(askedNow()).toBe(0);
  found.set(WEB, [finding('reachable')]);
  expect(askedNow()).toBe(0);
  found.set(WEB, []);
  expect(askedNow()).toBe(1);
});

it('says nothing of files that the client asks for anyway, or never has', () => {
  const { versions, found, refresher, askedNow } = setup();
  versions.set(POLICY, 2);
  found.set(POLICY, [finding('edited')]);
  expect(askedNow()).toBe(0);
  refresher.given(POLICY, found.get(POLICY) ?? []);
  refresher.forget(WEB);
  found.set(WEB, [finding('closed')]);
  expect(askedNow()).toBe(0);
});
