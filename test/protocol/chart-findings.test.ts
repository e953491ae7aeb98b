import { describe, expect, it } from 'vitest';
import type {
  CodeAction,
  Diagnostic,
  TextEdit,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { helmTemplateError } from '../../server/src/rules/authoring/helm-template-error.ts';
import { suppressionInvalid } from '../../server/src/rules/authoring/suppression-invalid.ts';
import { connectInProcess, type TestClient } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';
import { smallRules } from '../support/small-rules.ts';

const FOLDER = 'file:///work/ehr';
const VALUES = `${FOLDER}/values.yaml`;
const TEMPLATE = `${FOLDER}/templates/pod.yaml`;

const POD = `apiVersion: v1
kind: Pod
metadata: { name: {{ .Release.Name }} }
spec: { containers: [{ name: web, securityContext: { privileged: {{ .Values.privileged }} } }] }
`;

const FILES = {
  [`${FOLDER}/Chart.yaml`]: 'apiVersion: v2\nname: ehr\nversion: 0.1.0\n',
  [VALUES]: '# of the pod\nprivileged: true\n',
  [TEMPLATE]: POD,
};

async function start(files: Readonly<Record<string, string>> = FILES, textDocument: object = {}) {
  const fileSystem = new MemoryFileSystem(files);
  const client = connectInProcess({ fileSystem, rules: [...smallRules, helmTemplateError] });
  const workspace = { workspaceEdit: { documentChanges: true } };
  await client.initialize(
    { workspace, textDocument: { publishDiagnostics: { relatedInformation: true }, ...textDocument } },
    { rootUri: 'file:///work' },
  );
  return { client, fileSystem };
}

async function opened(client: TestClient, uri: string, text: string, languageId = 'yaml') {
  const published = client.publishedFor(uri, 1);
  await client.open(uri, text, languageId);
  return published;
}

const brief = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ code, range: { start, end } }) => {
    return `${code} ${start.line}:${start.character}-${end.line}:${end.character}`;
  });

async function change(client: TestClient, uri: string, version: number, text: string) {
  const published = client.publishedFor(uri, version);
  await client.change(uri, version, [{ text }]);
  return published;
}

function applied(uri: string, text: string, edit: WorkspaceEdit | undefined): string {
  const changes = (edit?.documentChanges ?? []).flatMap((one) => ('edits' in one ? [one] : []));
  const edits = changes.filter(({ textDocument }) => textDocument.uri === uri).flatMap((one) => one.edits);
  return TextDocument.applyEdits(TextDocument.create(uri, 'yaml', 1, text), edits as TextEdit[]);
}

describe('a chart in the editor', () => {
  it('shows the findings of what it renders in values.yaml, with the places where they show', async () => {
    const { client } = await start();
    const diagnostics = await opened(client, VALUES, FILES[VALUES] ?? '');
    expect(brief(diagnostics)).toEqual(['privileged-container 1:12-1:16']);
    expect(diagnostics[0]?.relatedInformation).toEqual([
      {
        location: { uri: TEMPLATE, range: expect.objectContaining({ start: { line: 3, character: 0 } }) },
        message: 'Shows in Pod "release-name", made by templates/pod.yaml.',
      },
    ]);
  });

  it('offers what repairs them, and edits what was typed', async () => {
    const { client } = await start();
    const diagnostics = await opened(client, VALUES, FILES[VALUES] ?? '');
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: VALUES },
      range: diagnostics[0]?.range,
      context: { diagnostics, only: ['quickfix'] },
    });
    const [first] = actions;
    expect(first?.title).toBe('Set privileged: false');
    expect(first?.edit?.documentChanges).toMatchObject([{ textDocument: { uri: VALUES, version: 1 } }]);
    expect(applied(VALUES, FILES[VALUES] ?? '', first?.edit)).toBe('# of the pod\nprivileged: false\n');
  });

  it('follows edits of the values and of the template, in both files', async () => {
    const { client } = await start();
    await opened(client, VALUES, FILES[VALUES] ?? '');
    expect(await opened(client, TEMPLATE, POD, 'helm')).toEqual([]);
    expect(brief(await change(client, VALUES, 2, 'privileged: false\n'))).toEqual([]);
    const inValues = client.publishedFor(VALUES, 2);
    const written = await change(client, TEMPLATE, 2, POD.replace('{{ .Values.privileged }}', 'true'));
    expect(brief(written)).toEqual(['privileged-container 3:65-3:69']);
    await change(client, TEMPLATE, 3, POD);
    await change(client, VALUES, 3, 'privileged: true\n');
    expect(client.published.filter(({ uri }) => uri === VALUES).at(-1)?.diagnostics).toHaveLength(1);
    void inValues;
  });

  it('keeps its findings while a template is broken, and shows the error where it is', async () => {
    const { client } = await start();
    await opened(client, VALUES, FILES[VALUES] ?? '');
    await opened(client, TEMPLATE, POD, 'helm');
    const broken = await change(client, TEMPLATE, 2, POD.replace('.Release.Name }}', '.Release.Name'));
    expect(broken.map(({ code }) => code)).toEqual(['helm-template-error']);
    expect(brief(await change(client, VALUES, 2, '\n\nprivileged: true\n'))).toEqual([
      'privileged-container 2:12-2:16',
    ]);
    expect(await change(client, TEMPLATE, 3, POD)).toEqual([]);
  });

  describe('with a template that is broken from the start', () => {
    const BROKEN = `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name
spec:
  containers:
    - name: web
      securityContext:
        privileged: true
    - name: {{ .Values.name }}
      securityContext:
        {{- if .Values.debug }}
        privileged: true
        {{- end }}
        # kube-safeguards-ignore privileged-container: It is a test.
        privileged: true
`;

    it('shows where it is broken, and what is typed elsewhere', async () => {
      const { client } = await start({ ...FILES, [TEMPLATE]: BROKEN });
      expect(brief(await opened(client, TEMPLATE, BROKEN, 'helm'))).toEqual([
        'helm-template-error 3:8-3:24',
        'privileged-container 8:20-8:24',
      ]);
      const repaired = BROKEN.replace('.Release.Name', '.Release.Name }}');
      const found = await change(client, TEMPLATE, 2, repaired);
      expect(brief(found)).toEqual(['privileged-container 8:20-8:24']);
    });

    it('keeps what was found before, and finds what is typed meanwhile', async () => {
      const { client } = await start();
      const whole = POD.replace('{{ .Values.privileged }}', 'true');
      expect(brief(await opened(client, TEMPLATE, whole, 'helm'))).toEqual([
        'privileged-container 3:65-3:69',
      ]);
      const broken = whole.replace('.Release.Name }}', '.Release.Name');
      const still = ['privileged-container 3:65-3:69'];
      expect(brief(await change(client, TEMPLATE, 2, broken))).toEqual([
        'helm-template-error 2:35-2:36',
        ...still,
      ]);
      const second = `---\n${BROKEN.slice(0, BROKEN.indexOf('    - name: {{ .Values.name'))}`;
      const more = await change(client, TEMPLATE, 3, `${broken}${second}`);
      expect(brief(more).filter((line) => line.startsWith('privileged'))).toEqual([
        ...still,
        'privileged-container 13:20-13:24',
      ]);
    });
  });

  it('is told to leave a finding alone by a comment of the template', async () => {
    const { client } = await start();
    const text = POD.replace('{{ .Values.privileged }}', 'true');
    const diagnostics = await opened(client, TEMPLATE, text, 'helm');
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: TEMPLATE },
      range: diagnostics[0]?.range,
      context: { diagnostics, only: ['quickfix'] },
    });
    const ignored = applied(TEMPLATE, text, actions.at(-1)?.edit);
    expect(ignored.split('\n')[3]).toBe('{{- /* kube-safeguards-ignore privileged-container: <reason> */}}');
    expect(await change(client, TEMPLATE, 2, ignored.replace('<reason>', 'It is a test.'))).toEqual([]);
  });

  it('follows edits with the other sets of values as well, at once or soon', async () => {
    const prod = `${FOLDER}/values-prod.yaml`;
    const { client } = await start({
      ...FILES,
      [VALUES]: 'privileged: false\n',
      [prod]: '{}\n',
    });
    expect(await opened(client, VALUES, 'privileged: false\n')).toEqual([]);
    expect(await opened(client, prod, '{}\n')).toEqual([]);
    expect(brief(await change(client, prod, 2, 'privileged: true\n'))).toEqual([
      'privileged-container 0:12-0:16',
    ]);
    // What stands in values-prod.yaml hangs on the template, too.
    await opened(client, TEMPLATE, POD, 'helm');
    let later = client.publishedFor(prod, 2);
    await change(client, TEMPLATE, 2, POD.replace('{{ .Values.privileged }}', 'false'));
    // At first it is told where it stood before.
    while ((await later).length > 0) later = client.publishedFor(prod, 2);
  });

  it('reads what has changed on disk', async () => {
    const { client, fileSystem } = await start();
    expect(await opened(client, VALUES, FILES[VALUES] ?? '')).toHaveLength(1);
    const after = client.publishedFor(VALUES, 1);
    fileSystem.write(TEMPLATE, POD.replace('{{ .Values.privileged }}', 'false'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: TEMPLATE, type: 2 }],
    });
    expect(await after).toEqual([]);
  });

  it('tells of files that are not open, once each', async () => {
    const { client } = await start(FILES, { diagnostic: {} });
    const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    });
    const reports = items.flatMap((item) => (item.kind === 'full' ? [item] : []));
    expect(reports.filter((item) => item.items.length > 0).map(({ uri }) => uri)).toEqual([VALUES]);
    expect(new Set(items.map(({ uri }) => uri)).size).toBe(items.length);
  });

  it('tells in the editor of suppressions in values that cover nothing, and only of these', async () => {
    const fileSystem = new MemoryFileSystem(FILES);
    const client = connectInProcess({ fileSystem, rules: [...smallRules, suppressionInvalid] });
    await client.initialize({}, { rootUri: 'file:///work' });
    const values = (value: boolean) =>
      `# kube-safeguards-ignore privileged-container: It is a test.\nprivileged: ${value}\n`;
    expect(await opened(client, VALUES, values(true))).toEqual([]);
    expect(brief(await change(client, VALUES, 2, values(false)))).toEqual(['suppression-invalid 0:0-0:60']);
  });

  it('removes a suppression in a template that covers nothing', async () => {
    const fileSystem = new MemoryFileSystem(FILES);
    const client = connectInProcess({ fileSystem, rules: [...smallRules, suppressionInvalid] });
    const workspace = { workspaceEdit: { documentChanges: true } };
    await client.initialize({ workspace }, { rootUri: 'file:///work' });
    await opened(client, VALUES, 'privileged: false\n');
    const text = `{{- /* kube-safeguards-ignore privileged-container: It is a test. */}}\n${POD}`;
    const diagnostics = await opened(client, TEMPLATE, text, 'helm');
    expect(brief(diagnostics)).toEqual(['suppression-invalid 0:0-0:70']);
    const [first] = diagnostics;
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: TEMPLATE },
      range: first?.range,
      context: { diagnostics },
    });
    const removal = actions.find(({ title }) => title === 'Remove the suppression');
    expect(applied(TEMPLATE, text, removal?.edit)).toBe(POD);
  });

  it('looks at some of very many documents at once, and at the others soon', async () => {
    const file = (index: number) => `${FOLDER}/templates/pod-${index}.yaml`;
    const pod = (index: number, value: string) =>
      POD.replace('name: {{', `labels: { v: v{{ .Values.v }} }, name: n${index}-{{`).replace(
        '{{ .Values.privileged }}',
        value,
      );
    const pods = Array.from({ length: 70 }, (_, index) => [
      file(index),
      pod(index, '{{ .Values.privileged }}'),
    ]);
    const literal = pod(69, 'true');
    const chart = {
      ...FILES,
      ...Object.fromEntries(pods),
      [file(69)]: literal,
      [VALUES]: 'v: 1\nprivileged: false\n',
    };
    const { client } = await start(chart, { diagnostic: {} });
    const pull = async (uri: string) => {
      const params = { textDocument: { uri } };
      const { items } = await client.connection.sendRequest<{ items: Diagnostic[] }>(
        'textDocument/diagnostic',
        params,
      );
      return brief(items);
    };
    await client.open(VALUES, chart[VALUES]);
    await client.open(file(69), literal, 'helm');
    const own = await pull(file(69));
    expect(own).toEqual(['privileged-container 3:65-3:69']);
    expect(await pull(VALUES)).toEqual([]);
    // All documents change, and the last ones wait.
    await client.change(VALUES, 2, [{ text: 'v: 2\nprivileged: true\n' }]);
    expect(await pull(VALUES)).toEqual(['privileged-container 1:12-1:16']);
    expect(await pull(file(69))).toEqual(own);
    await client.change(VALUES, 3, [{ text: 'v: 3\nprivileged: false\n' }]);
    expect(await pull(VALUES)).toEqual([]);
    // What is repaired in one that waits is told soon.
    await client.change(VALUES, 4, [{ text: 'v: 4\nprivileged: false\n' }]);
    await client.change(file(69), 2, [{ text: pod(69, 'false') }]);
    while ((await pull(file(69))).length > 0) await new Promise((done) => setTimeout(done, 50));
    expect(await pull(VALUES)).toEqual([]);
  });

  describe('with values beside it', () => {
    const PROD = 'file:///work/environments/prod.yaml';
    const CONFIGURATION = 'file:///work/.kube-safeguards.yaml';
    const OTHER = 'file:///work/portal';
    const BESIDE = {
      [CONFIGURATION]:
        'helm: { valueSets: { production: [../environments/prod.yaml], away: [../../away.yaml] } }\n',
      ...FILES,
      [VALUES]: 'privileged: false\n',
      [PROD]: 'privileged: true\n',
      'file:///away.yaml': 'privileged: true\n',
    };

    /** Of all files. */
    async function found(client: TestClient) {
      const report = { previousResultIds: [] };
      const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>(
        'workspace/diagnostic',
        report,
      );
      return items.flatMap((item) =>
        item.kind === 'full' && item.items.length > 0 ? [[item.uri, brief(item.items)]] : [],
      );
    }

    it('tells what only they bring, there', async () => {
      const { client, fileSystem } = await start(BESIDE);
      expect(await opened(client, VALUES, 'privileged: false\n')).toEqual([]);
      const [finding, ...others] = await opened(client, PROD, 'privileged: true\n');
      expect(finding?.message).toMatch(/ Only with the values "production"\.$/);
      expect(others).toEqual([]);
      expect(await change(client, PROD, 2, 'privileged: false\n')).toEqual([]);
      expect(brief(await change(client, PROD, 3, '\nprivileged: true\n'))).toEqual([
        'privileged-container 1:12-1:16',
      ]);
      expect(fileSystem.reads).not.toContain('file:///away.yaml');
    });

    it('knows the charts that a file beside them is for', async () => {
      const { client } = await start(BESIDE);
      // Which charts there are is known once the workspace has been read.
      let published = opened(client, PROD, 'privileged: true\n');
      while ((await published).length === 0) published = client.publishedFor(PROD, 1);
      expect(brief(await published)).toEqual(['privileged-container 0:12-0:16']);
    });

    it('reads them again when they change on disk', async () => {
      const { client, fileSystem } = await start(BESIDE, { diagnostic: {} });
      expect(await found(client)).toEqual([[PROD, ['privileged-container 0:12-0:16']]]);
      fileSystem.write(PROD, 'privileged: false\n');
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: PROD, type: 2 }],
      });
      expect(await found(client)).toEqual([]);
    });

    it('tells once what several charts find there', async () => {
      const copies = Object.entries(FILES).map(([uri, text]) => [uri.replace(FOLDER, OTHER), text]);
      const { client } = await start(
        { ...BESIDE, ...Object.fromEntries(copies), [`${OTHER}/values.yaml`]: '{}\n' },
        { diagnostic: {} },
      );
      expect(await found(client)).toEqual([[PROD, ['privileged-container 0:12-0:16']]]);
      await client.open(PROD, 'privileged: true\n');
      const pulled = await client.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri: PROD },
      });
      expect(brief(pulled.items)).toEqual(['privileged-container 0:12-0:16']);
    });
  });
});
