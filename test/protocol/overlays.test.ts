import { describe, expect, it } from 'vitest';
import type {
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  DocumentLink,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { namespaceDefaultDenyMissing } from '../../server/src/rules/network-segmentation/namespace-default-deny-missing.ts';
import { connectInProcess, type TestClient } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';
const BASE = `${FOLDER}/base/web.yaml`;
const PROD = `${FOLDER}/overlays/prod/kustomization.yaml`;
const PATCH = `${FOLDER}/overlays/prod/patch.yaml`;
const NAMESPACE = `${FOLDER}/base/namespace.yaml`;

const web = (privileged: boolean) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - name: web
          securityContext: { privileged: ${privileged} }
`;
const FILES = {
  [`${FOLDER}/base/kustomization.yaml`]: 'resources: [web.yaml]\n',
  [BASE]: web(false),
  [`${FOLDER}/overlays/dev/kustomization.yaml`]: 'resources: [../../base]\n',
  [PROD]: 'resources: [../../base]\npatches: [{ path: patch.yaml }]\n',
  [PATCH]: web(true),
};
const DIAGNOSTIC = { textDocument: { diagnostic: {} } };

async function start(files: Record<string, string> = FILES) {
  const fileSystem = new MemoryFileSystem(files);
  const client = connectInProcess({ fileSystem });
  await client.initialize(DIAGNOSTIC, { rootUri: FOLDER });
  return { client, fileSystem };
}

/** What the whole workspace has, as `folder/file:line message`. */
async function everywhere(client: TestClient): Promise<string[]> {
  const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
    previousResultIds: [],
  });
  return items.flatMap((item) => (item.kind === 'full' ? told(item.uri, item.items) : [])).sort();
}

async function inFile(client: TestClient, uri: string): Promise<string[]> {
  const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
    textDocument: { uri },
  });
  return report.kind === 'full' ? told(uri, report.items) : [];
}

function told(uri: string, items: readonly Diagnostic[]): string[] {
  return items.map(({ range, message }) => `${uri.slice(FOLDER.length + 1)}:${range.start.line} ${message}`);
}

describe('findings of what kustomizations deploy', () => {
  it('stand in the file that decides, and name the overlays', async () => {
    const { client } = await start();
    expect(await everywhere(client)).toEqual(['overlays/prod/patch.yaml:8 Container "web" is privileged.']);
    await client.open(PATCH, web(true));
    expect(await everywhere(client)).toEqual(['overlays/prod/patch.yaml:8 Container "web" is privileged.']);
  });

  it('are none of the base where every overlay repairs it', async () => {
    const repaired = { ...FILES, [BASE]: web(true), [PATCH]: web(false) };
    const { client } = await start(repaired);
    expect(await everywhere(client)).toEqual([
      'base/web.yaml:8 Container "web" is privileged. In overlay dev.',
    ]);
    const { client: alone } = await start({
      ...repaired,
      [`${FOLDER}/overlays/dev/kustomization.yaml`]: 'a: 1\n',
    });
    expect(await everywhere(alone)).toEqual([]);
    await alone.open(BASE, web(true));
    expect(await inFile(alone, BASE)).toEqual([]);
  });

  it('stand in a kustomization that nothing else is found in', async () => {
    const { client } = await start({
      ...FILES,
      [PROD]: `resources: [../../base]
patches:
  - target: { kind: Deployment }
    patch: |-
      - op: add
        path: /spec/template/spec/containers/0/securityContext
        value: { privileged: true }
`,
    });
    expect(await everywhere(client)).toEqual([
      'overlays/prod/kustomization.yaml:6 Container "web" is privileged. In overlay prod.',
      'overlays/prod/patch.yaml:8 Container "web" is privileged.',
    ]);
  });

  it('follow edits of any file of the overlay, which is answered at once by itself', async () => {
    const { client } = await start({ ...FILES, [PATCH]: web(false) });
    expect(await everywhere(client)).toEqual([]);
    await client.open(BASE, web(false));
    await client.open(PATCH, web(false));
    await everywhere(client);
    await client.change(BASE, 2, [{ text: web(true) }]);
    // Not known yet is that prod repairs it.
    expect(await inFile(client, BASE)).toEqual(['base/web.yaml:8 Container "web" is privileged.']);
    expect(await everywhere(client)).toEqual([
      'base/web.yaml:8 Container "web" is privileged. In overlay dev.',
    ]);
    await client.change(BASE, 3, [{ text: `# first\n${web(true)}` }]);
    expect(await inFile(client, BASE)).toEqual([
      'base/web.yaml:9 Container "web" is privileged. In overlay dev.',
    ]);
    await client.change(PATCH, 2, [{ text: web(true) }]);
    expect(await everywhere(client)).toEqual([
      'base/web.yaml:9 Container "web" is privileged. In overlay dev.',
      'overlays/prod/patch.yaml:8 Container "web" is privileged.',
    ]);
  });

  it('are told without being asked for once they are known', async () => {
    const fileSystem = new MemoryFileSystem({ ...FILES, [BASE]: web(true), [PATCH]: web(false) });
    const client = connectInProcess({ fileSystem });
    await client.initialize({}, { rootUri: FOLDER });
    await client.open(BASE, web(true));
    const messages = async () => (await client.publishedFor(BASE)).map(({ message }) => message);
    const wanted = 'Container "web" is privileged. In overlay dev.';
    let last = await messages();
    while (last[0] !== wanted) last = await messages();
    expect(last).toEqual([wanted]);
  });

  it('follow changes on disk, and go with the kustomization', async () => {
    const { client, fileSystem } = await start();
    expect(await everywhere(client)).toHaveLength(1);
    fileSystem.write(PATCH, web(false));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: PATCH, type: 2 }],
    });
    expect(await everywhere(client)).toEqual([]);
  });

  it('tell apart what each overlay deploys, also for rules across files', async () => {
    const { client } = await start({
      ...FILES,
      [PATCH]: web(false),
      [`${FOLDER}/base/kustomization.yaml`]: 'resources: [web.yaml, namespace.yaml]\n',
      [NAMESPACE]: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: clinic }\n',
      [PROD]: 'resources: [../../base, policy.yaml]\n',
      [`${FOLDER}/overlays/prod/policy.yaml`]: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: clinic }
spec: { podSelector: {} }
`,
    });
    expect(await everywhere(client)).toEqual([
      'base/namespace.yaml:1 Namespace "clinic" has no policy. In overlay dev.',
    ]);
  });
});

describe('repairs of what kustomizations deploy', () => {
  const inline = (value: boolean) => `resources: [../../base]
patches:
  - target: { kind: Deployment }
    patch: |-
      - op: add
        path: /spec/template/spec/containers/0/securityContext
        value: { privileged: ${value} }
`;
  const RANGE = { start: { line: 6, character: 0 }, end: { line: 6, character: 40 } };

  async function withInlinePatch() {
    const { client } = await start({ ...FILES, [PATCH]: web(false), [PROD]: inline(true) });
    await client.open(PROD, inline(true));
    await everywhere(client);
    const actions = (only?: string[]) =>
      client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: PROD },
        range: RANGE,
        context: { diagnostics: [], ...(only && { only }) },
      });
    return { client, actions };
  }

  /** The text of the kustomization after an action. */
  function after(action: CodeAction | undefined): string {
    const edits = action?.edit?.changes?.[PROD] ?? [];
    return TextDocument.applyEdits(TextDocument.create(PROD, 'yaml', 1, inline(true)), edits);
  }

  it('are offered where the value is decided, and follow edits', async () => {
    const { client, actions } = await withInlinePatch();
    const [set, removed] = await actions(['quickfix']);
    expect(set?.title).toBe('Set privileged: false');
    expect(after(set)).toBe(inline(false));
    expect(after(removed)).toBe(inline(true).replace('{ privileged: true }', '{}'));
    await client.change(PROD, 2, [{ text: inline(false) }]);
    await everywhere(client);
    expect(await actions(['quickfix'])).toEqual([]);
  });

  it('are offered for the diagnostics of the line, wherever the caret stands in it', async () => {
    const { client } = await withInlinePatch();
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: PROD },
    });
    const diagnostics = report.kind === 'full' ? report.items : [];
    const caret = RANGE.start;
    const [set] = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: PROD },
      range: { start: caret, end: caret },
      context: { diagnostics, only: ['quickfix'] },
    });
    expect(set?.title).toBe('Set privileged: false');
    expect(after(set)).toBe(inline(false));
  });

  describe('that need a file', () => {
    const OVERLAY = 'resources: [../../base]\nnamespace: prod\n';
    const FIRST = `${FOLDER}/overlays/prod/safeguards.yaml`;
    const SECOND = `${FOLDER}/overlays/prod/safeguards-2.yaml`;

    /** The fix that adds a policy for the namespace of an overlay without manifests. */
    async function added(
      more: Record<string, string>,
      workspaceEdit: object,
    ): Promise<CodeAction | undefined> {
      const fileSystem = new MemoryFileSystem({
        [`${FOLDER}/base/kustomization.yaml`]: 'resources: [namespace.yaml]\n',
        [NAMESPACE]: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: web }\n',
        [`${FOLDER}/overlays/dev/kustomization.yaml`]: 'resources: [../../base]\nnamespace: dev\n',
        [PROD]: OVERLAY,
        ...more,
      });
      const client = connectInProcess({ fileSystem, rules: [namespaceDefaultDenyMissing] });
      const capabilities = { ...DIAGNOSTIC, workspace: { workspaceEdit } };
      await client.initialize(capabilities, { rootUri: FOLDER });
      await client.open(PROD, OVERLAY);
      await everywhere(client);
      const [action] = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: PROD },
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 15 } },
        context: { diagnostics: [], only: ['quickfix'] },
      });
      return action;
    }

    /** `create` and the changed files, in order. */
    function steps(action: CodeAction | undefined): string[] {
      return (action?.edit?.documentChanges ?? []).map((change) =>
        'textDocument' in change
          ? change.textDocument.uri
          : `${change.kind} ${'uri' in change ? change.uri : ''}`,
      );
    }

    const CREATES = { documentChanges: true, resourceOperations: ['create'] };

    it('make it, and have it count', async () => {
      const action = await added({}, CREATES);
      expect(steps(action).toSorted()).toEqual([`create ${FIRST}`, PROD, FIRST].toSorted());
      const edited = action?.edit?.documentChanges?.flatMap((change) =>
        'textDocument' in change && change.textDocument.uri === PROD
          ? change.edits.flatMap((edit) => ('newText' in edit ? edit.newText : []))
          : [],
      );
      expect(edited).toEqual([', safeguards.yaml']);
    });

    it('leave one alone that is there', async () => {
      const action = await added({ [FIRST]: 'a: 1\n' }, CREATES);
      expect(steps(action)).toContain(`create ${SECOND}`);
      expect(steps(action)).not.toContain(FIRST);
    });

    it('are not offered where the editor makes none', async () => {
      // What is left is to ignore the finding.
      expect(steps(await added({}, { documentChanges: true }))).toEqual([PROD]);
    });
  });

  it('are made when a file is fixed as a whole', async () => {
    const { actions } = await withInlinePatch();
    const [fixAll] = await actions(['source.fixAll']);
    expect(after(fixAll)).toBe(inline(false));
  });
});

describe('paths in a kustomization', () => {
  it('lead to the files and folders that they name', async () => {
    const text = `resources: [../../base, https://example.com/base]
components: [../../gone]
patches: [{ path: patch.yaml }]
configMapGenerator: [{ name: a, files: [settings=app.properties] }]
`;
    const { client } = await start({ ...FILES, [PROD]: text });
    await client.open(PROD, text);
    await everywhere(client);
    const textDocument = { uri: PROD };
    const links = await client.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', {
      textDocument,
    });
    expect(
      links.map(({ range, target }) => `${range.start.line} ${target?.slice(FOLDER.length + 1)}`),
    ).toEqual(['0 base/kustomization.yaml', '2 overlays/prod/patch.yaml', '3 overlays/prod/app.properties']);
    const position = { line: 0, character: 14 };
    expect(
      await client.connection.sendRequest('textDocument/definition', { textDocument, position }),
    ).toEqual([expect.objectContaining({ uri: `${FOLDER}/base/kustomization.yaml` })]);
  });
});
