import { describe, expect, it } from 'vitest';
import type {
  CodeAction,
  Diagnostic,
  TextEdit,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { networkPolicyMissing } from '../../server/src/rules/network-segmentation/network-policy-missing.ts';
import { CHART, ONLY_WITH, WORKLOAD } from '../support/applications.ts';
import { connectInProcess, type TestClient } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';
import { smallRules } from '../support/small-rules.ts';

const APPLICATION = 'file:///work/apps/ehr.yaml';
const TEMPLATE = 'file:///work/charts/ehr/templates/pod.yaml';
const POD = CHART['charts/ehr/templates/pod.yaml'];
const PROD = 'file:///work/envs/prod.yaml';

const application = (helm: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ehr-prod }
spec:
  source:
    path: charts/ehr
    helm:
${helm.replaceAll(/^(?=.)/gm, '      ')}`;

const INLINE = application('valuesObject:\n  privileged: true\n');
const WITH_FILE = application('valueFiles: [../../envs/prod.yaml]\n');

const FILES = {
  ...Object.fromEntries(Object.entries(CHART).map(([file, text]) => [`file:///work/${file}`, text])),
  [PROD]: 'privileged: true\n',
  [APPLICATION]: INLINE,
};

async function start(files: Readonly<Record<string, string>> = FILES) {
  const fileSystem = new MemoryFileSystem(files);
  const client = connectInProcess({ fileSystem, rules: smallRules });
  const workspace = { workspaceEdit: { documentChanges: true } };
  await client.initialize({ workspace, textDocument: { diagnostic: {} } }, { rootUri: 'file:///work' });
  return { client, fileSystem };
}

const brief = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ code, message, range: { start } }) => {
    const [where = ''] =
      / (?:Only with|In overlay) .*$/.exec(typeof message === 'string' ? message : message.value) ?? [];
    return `${start.line}:${start.character} ${code}${where}`;
  });

/** Of all files. */
async function found(client: TestClient) {
  const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
    previousResultIds: [],
  });
  return items.flatMap((item) =>
    item.kind === 'full' && item.items.length > 0 ? [[item.uri, brief(item.items)]] : [],
  );
}

/** Of an open file. */
async function pulled(client: TestClient, uri: string): Promise<Diagnostic[]> {
  const { items } = await client.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
    textDocument: { uri },
  });
  return items;
}

/** The first fix that is offered for the first finding of an open file. */
async function firstFix(client: TestClient, uri: string): Promise<CodeAction | undefined> {
  const diagnostics = await pulled(client, uri);
  const [action] = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: diagnostics[0]?.range,
    context: { diagnostics, only: ['quickfix'] },
  });
  return action;
}

describe('an application in the editor', () => {
  it('has the findings that its values bring in, whether it is open or not', async () => {
    const { client } = await start();
    expect(await found(client)).toEqual([[APPLICATION, [`8:20 ${ONLY_WITH}`]]]);
    await client.open(APPLICATION, INLINE);
    expect(brief(await pulled(client, APPLICATION))).toEqual([`8:20 ${ONLY_WITH}`]);
  });

  it('is repaired where its values stand', async () => {
    const { client } = await start();
    await found(client);
    await client.open(APPLICATION, INLINE);
    const action = await firstFix(client, APPLICATION);
    expect(action?.title).toBe('Set privileged: false');
    expect(applied(APPLICATION, INLINE, action?.edit)).toBe(INLINE.replace('true', 'false'));
  });

  it('is repaired at the parameter or in the quoted text that decides', async () => {
    for (const helm of [
      'parameters: [{ name: privileged, value: "true" }]\n',
      "values: 'privileged: true'\n",
    ]) {
      const text = application(helm);
      const { client } = await start({ ...FILES, [APPLICATION]: text });
      await found(client);
      await client.open(APPLICATION, text);
      const action = await firstFix(client, APPLICATION);
      expect(applied(APPLICATION, text, action?.edit)).toBe(text.replace('true', 'false'));
    }
  });

  it('takes notice of files that its patterns match as they come and go', async () => {
    const files = { ...FILES, [APPLICATION]: application('valueFiles: [../../envs/*.yaml]\n') };
    const { client, fileSystem } = await start(files);
    expect(await found(client)).toEqual([[PROD, [`0:12 ${ONLY_WITH}`]]]);
    const last = 'file:///work/envs/z.yaml';
    fileSystem.write(last, 'privileged: false\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: last, type: 1 }],
    });
    expect(await found(client)).toEqual([]);
    fileSystem.remove(last);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: last, type: 3 }],
    });
    expect(await found(client)).toEqual([[PROD, [`0:12 ${ONLY_WITH}`]]]);
  });

  it('may be made by generators from files and folders, which are followed', async () => {
    const set = (generator: string, name: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: ehr }
spec:
  goTemplate: true
  generators: [{ git: ${generator} }]
  template:
    metadata: { name: '${name}' }
    spec:
      source: { path: charts/ehr, helm: { parameters: [{ name: privileged, value: '{{ .privileged }}' }] } }
`;
    const CONFIG = 'file:///work/sites/east/config.json';
    const text = set('{ files: [{ path: sites/*/config.json }] }', '{{ .path.basename }}');
    const { client, fileSystem } = await start({
      ...FILES,
      [APPLICATION]: text,
      [CONFIG]: '{ "privileged": true }',
    });
    const expected = [[APPLICATION, ['9:82 privileged-container Only with east (Argo CD).']]];
    expect(await found(client)).toEqual(expected);
    const rewrite = async (uri: string, content: string, type: number) => {
      fileSystem.write(uri, content);
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri, type }],
      });
    };
    await rewrite(CONFIG, '{ "privileged": false }', 2);
    expect(await found(client)).toEqual([]);
    await rewrite('file:///work/sites/west/config.json', '{ "privileged": true }', 1);
    expect(await found(client)).toEqual([
      [APPLICATION, ['9:82 privileged-container Only with west (Argo CD).']],
    ]);
    const folders = '{ directories: [{ path: sites/* }], values: { on: "true" } }';
    await rewrite(
      APPLICATION,
      set(folders, '{{ .path.basename }}').replace(
        '.privileged',
        'and .values.on (eq .path.basename "east")',
      ),
      2,
    );
    expect(await found(client)).toEqual([
      [APPLICATION, ['9:82 privileged-container Only with east (Argo CD).']],
    ]);
  });

  it('is followed as it is typed, with the templates and values that it deploys', async () => {
    const { client } = await start();
    await found(client);
    await client.open(APPLICATION, INLINE);
    await client.change(APPLICATION, 2, [{ text: INLINE.replace('true', 'false') }]);
    expect(await pulled(client, APPLICATION)).toEqual([]);
    await client.change(APPLICATION, 3, [{ text: `# agents\n${INLINE}` }]);
    expect(brief(await pulled(client, APPLICATION))).toEqual([`9:20 ${ONLY_WITH}`]);
    await client.open(TEMPLATE, POD, 'helm');
    await client.change(TEMPLATE, 2, [
      { text: POD.replace('.Values.privileged', '.Values.other | default false') },
    ]);
    await pulled(client, TEMPLATE);
    await found(client);
    expect(await pulled(client, APPLICATION)).toEqual([]);
  });

  it('brings in the findings of the files that it names', async () => {
    const { client } = await start({ ...FILES, [APPLICATION]: WITH_FILE });
    const expected = [`0:12 ${ONLY_WITH}`];
    expect(await found(client)).toEqual([[PROD, expected]]);
    await client.open(PROD, 'privileged: true\n');
    expect(brief(await pulled(client, PROD))).toEqual(expected);
    await client.change(PROD, 2, [{ text: 'privileged: false\n' }]);
    expect(await pulled(client, PROD)).toEqual([]);
  });

  it('is taken notice of when it changes, comes or goes on disk', async () => {
    const { client, fileSystem } = await start();
    const changed = (type: number) =>
      client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: APPLICATION, type }],
      });
    expect(await found(client)).toHaveLength(1);
    fileSystem.write(APPLICATION, WITH_FILE);
    await changed(2);
    expect(await found(client)).toEqual([[PROD, [`0:12 ${ONLY_WITH}`]]]);
    fileSystem.remove(APPLICATION);
    await changed(3);
    expect(await found(client)).toEqual([]);
    fileSystem.write(APPLICATION, INLINE);
    await changed(1);
    expect(await found(client)).toEqual([[APPLICATION, [`8:20 ${ONLY_WITH}`]]]);
  });
});

describe('manifests that an application deploys, in the editor', () => {
  const WEB = 'file:///work/web/web.yaml';
  const APPS = 'file:///work/apps.yaml';
  const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: portal }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress, Egress] }
`;
  const apps = (namespace: string, path = 'web') =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: web }\nspec: { path: ./${path}, targetNamespace: ${namespace}, sourceRef: { kind: GitRepository, name: r } }\n`;

  async function startWith(files: Readonly<Record<string, string>>) {
    const client = connectInProcess({
      fileSystem: new MemoryFileSystem(files),
      rules: [networkPolicyMissing],
    });
    await client.initialize({ textDocument: { diagnostic: {} } }, { rootUri: 'file:///work' });
    return client;
  }

  it('follow its namespace as it is typed', async () => {
    const files = { [WEB]: WORKLOAD, 'file:///work/policies/web.yaml': POLICY, [APPS]: apps('portal') };
    const client = await startWith(files);
    expect(await found(client)).toEqual([]);
    await client.open(WEB, WORKLOAD);
    expect(await pulled(client, WEB)).toEqual([]);
    await client.open(APPS, apps('portal'));
    await client.change(APPS, 2, [{ text: apps('other') }]);
    await pulled(client, APPS);
    expect(brief(await pulled(client, WEB))).toEqual(['2:18 network-policy-missing']);
    await client.change(APPS, 3, [{ text: apps('other', 'elsewhere') }]);
    await pulled(client, APPS);
    expect(await pulled(client, WEB)).toEqual([]);
  });

  it('follow it in an overlay', async () => {
    const files = {
      [WEB]: WORKLOAD,
      'file:///work/web/kustomization.yaml': 'resources: [web.yaml]\n',
      'file:///work/policies/web.yaml': POLICY,
      [APPS]: apps('other'),
    };
    const client = await startWith(files);
    expect(await found(client)).toEqual([[WEB, ['2:18 network-policy-missing In overlay web (Flux).']]]);
    await client.open(APPS, apps('other'));
    await client.change(APPS, 2, [{ text: apps('portal') }]);
    await pulled(client, APPS);
    expect(await found(client)).toEqual([]);
  });
});

describe('a kustomization that an application amends, in the editor', () => {
  const POD_FILE = 'file:///work/web/web.yaml';
  const PLAIN = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, securityContext: { privileged: false } }] }
`;
  const amending = (value: boolean) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web-prod }
spec:
  source:
    path: web
    kustomize:
      patches:
        - target: { kind: Pod }
          patch: |-
            - op: replace
              path: /spec/containers/0/securityContext/privileged
              value: ${value}
`;

  it('has findings in the application, which follow it and are repaired there', async () => {
    const { client } = await start({
      [POD_FILE]: PLAIN,
      'file:///work/web/kustomization.yaml': 'resources: [web.yaml]\n',
      [APPLICATION]: amending(true),
    });
    const expected = ['12:21 privileged-container In overlay web-prod (Argo CD).'];
    expect(await found(client)).toEqual([[APPLICATION, expected]]);
    await client.open(APPLICATION, amending(true));
    await found(client);
    const diagnostics = await pulled(client, APPLICATION);
    expect(brief(diagnostics)).toEqual(expected);
    const [action] = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: APPLICATION },
      range: diagnostics[0]?.range,
      context: { diagnostics, only: ['quickfix'] },
    });
    const resolved =
      action?.edit === undefined
        ? await client.connection.sendRequest<CodeAction>('codeAction/resolve', action)
        : action;
    expect(applied(APPLICATION, amending(true), resolved?.edit)).toBe(amending(false));
    await client.change(APPLICATION, 2, [{ text: amending(false) }]);
    await found(client);
    expect(await pulled(client, APPLICATION)).toEqual([]);
  });
});

function applied(uri: string, text: string, edit: WorkspaceEdit | undefined): string {
  const changes = (edit?.documentChanges ?? []).flatMap((one) => ('edits' in one ? [one] : []));
  const edits = changes.filter(({ textDocument }) => textDocument.uri === uri).flatMap((one) => one.edits);
  return TextDocument.applyEdits(TextDocument.create(uri, 'yaml', 1, text), edits as TextEdit[]);
}
