import { describe, expect, it } from 'vitest';
import type { CodeAction, Diagnostic, DocumentLink, Location } from 'vscode-languageserver';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';
const APP = `${FOLDER}/app.yaml`;

const APP_TEXT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: portal, namespace: clinic }
spec:
  template:
    spec:
      serviceAccountName: portal-sa
      imagePullSecrets: [{ name: registry }]
      volumes:
        - { name: data, persistentVolumeClaim: { claimName: records } }
      containers:
        - name: portal
          envFrom:
            - configMapRef: { name: portal-settings }
            - secretRef: { name: portal-database }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: scaler, namespace: clinic }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: portal } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: entry, namespace: clinic }
spec:
  tls: [{ secretName: portal-tls }]
  rules:
    - http: { paths: [{ backend: { service: { name: portal-service } } }] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reads, namespace: clinic }
roleRef: { kind: Role, name: reader }
subjects: [{ kind: ServiceAccount, name: portal-sa, namespace: clinic }, { kind: User, name: ann }]
`;

const BASE_TEXT = `apiVersion: v1
kind: ConfigMap
metadata: { name: portal-settings, namespace: clinic }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: portal-settings, namespace: elsewhere }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: portal-sa, namespace: clinic }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: portal, namespace: clinic }
spec: { secretName: portal-tls }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: portal-database, namespace: clinic }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: records, namespace: clinic }
spec: { storageClassName: encrypted }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: encrypted }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: clinic }
---
apiVersion: v1
kind: Service
metadata: { name: portal-service, namespace: clinic }
`;
const BASE = `${FOLDER}/base.yaml`;

async function session(files: Record<string, string>, opened: string) {
  const fileSystem = new MemoryFileSystem(files);
  const client = connectInProcess({ fileSystem, rules: [] });
  await client.initialize(
    { textDocument: { diagnostic: {} }, workspace: { workspaceEdit: { documentChanges: true } } },
    { workspaceFolders: [{ uri: FOLDER, name: 'work' }] },
  );
  await client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
  await client.open(opened, files[opened] ?? '');
  const ask = <Result>(method: string, params: object = {}) =>
    client.connection.sendRequest<Result>(`textDocument/${method}`, {
      textDocument: { uri: opened },
      ...params,
    });
  return { client, ask };
}

/** The position in a text within the last word of a marked place. */
function positionOf(text: string, marked: string) {
  const before = text.slice(0, text.indexOf(marked) + marked.length).split('\n');
  return { line: before.length - 1, character: (before.at(-1)?.length ?? 0) - 1 };
}

const placesIn = (files: Record<string, string>, locations: readonly Location[]) =>
  locations.map(({ uri, range: { start, end } }) => {
    const line = (files[uri] ?? '').split('\n')[start.line] ?? '';
    return `${uri.slice(FOLDER.length + 1)}:${start.line + 1} ${line.slice(start.character, end.character)}`;
  });

const FILES = { [APP]: APP_TEXT, [BASE]: BASE_TEXT };

describe('names of objects', () => {
  it.each([
    ['serviceAccountName: portal-sa', ['base.yaml:11 portal-sa']],
    ['claimName: records', ['base.yaml:24 records']],
    ['configMapRef: { name: portal-settings', ['base.yaml:3 portal-settings']],
    ['secretRef: { name: portal-database', ['base.yaml:20 portal-database']],
    ['kind: Deployment, name: portal', ['app.yaml:3 portal']],
    ['secretName: portal-tls', ['base.yaml:16 portal-tls']],
    ['service: { name: portal-service', ['base.yaml:37 portal-service']],
    ['kind: Role, name: reader', ['base.yaml:33 reader']],
    ['kind: ServiceAccount, name: portal-sa', ['base.yaml:11 portal-sa']],
    ['kind: User, name: ann', []],
    ['name: registry', []],
  ])('lead from %j to the declaration', async (marked, expected) => {
    const { ask } = await session(FILES, APP);
    const found = await ask<Location[]>('definition', { position: positionOf(APP_TEXT, marked) });
    expect(placesIn(FILES, found)).toEqual(expected);
  });

  it('lead from a declaration to all uses, in files that are not open as well', async () => {
    const { ask } = await session(FILES, BASE);
    const position = positionOf(BASE_TEXT, 'kind: ServiceAccount\nmetadata: { name: portal-sa');
    const context = { includeDeclaration: true };
    const found = await ask<Location[]>('references', { position, context });
    expect(placesIn(FILES, found)).toEqual([
      'base.yaml:11 portal-sa',
      'app.yaml:7 portal-sa',
      'app.yaml:34 portal-sa',
    ]);
    const withinFile = await ask<Location[]>('references', {
      position: positionOf(BASE_TEXT, 'storageClassName: encrypted'),
      context: { includeDeclaration: false },
    });
    expect(placesIn(FILES, withinFile)).toEqual(['base.yaml:25 encrypted']);
  });

  it('are links to what other files declare', async () => {
    const { ask } = await session(FILES, APP);
    const links = await ask<DocumentLink[]>('documentLink');
    expect(links.map(({ target, tooltip }) => `${tooltip}: ${target}`)).toContain(
      `Open ConfigMap portal-settings: ${BASE}#L3,19`,
    );
    expect(links.some(({ tooltip }) => tooltip === 'Open Deployment portal')).toBe(false);
  });

  it('follow what is typed in the file that declares them', async () => {
    const { client, ask } = await session(FILES, APP);
    await client.open(BASE, BASE_TEXT.replace('name: portal-sa', 'name: other'));
    const position = positionOf(APP_TEXT, 'serviceAccountName: portal-sa');
    expect(await ask('definition', { position })).toEqual([]);
  });
});

describe('names that nothing declares', () => {
  const using = (kind: string, name: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: clinic }\nspec:\n  containers: [{ name: web, envFrom: [{ ${kind}Ref: { name: ${name} } }] }]\n`;
  const declaring = (...names: string[]) =>
    names
      .map((name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: clinic }\n`)
      .join('---\n');
  const notesOn = async (files: Record<string, string>) => {
    const { ask } = await session(files, APP);
    const { items } = await ask<{ items: Diagnostic[] }>('diagnostic');
    return { items, ask };
  };

  it('are noted where an almost equal one is declared, with a fix', async () => {
    const files = { [APP]: using('configMap', 'portal-setings'), [BASE]: declaring('portal-settings') };
    const { items, ask } = await notesOn(files);
    expect(items).toMatchObject([
      {
        code: 'unknown-name',
        severity: 3,
        message: 'No ConfigMap "portal-setings" is in these files; did you mean "portal-settings"?',
      },
    ]);
    const [action] = await ask<CodeAction[]>('codeAction', {
      range: items[0]?.range,
      context: { diagnostics: items, only: ['quickfix'] },
    });
    expect(action?.title).toBe('Change to "portal-settings"');
    const { documentChanges: [change] = [] } = action?.edit ?? {};
    expect(change).toMatchObject({ edits: [{ range: items[0]?.range, newText: 'portal-settings' }] });
  });

  it.each([
    ['anything else', 'mail-settings', ['portal-settings']],
    ['a number', 'portal-settings-2', ['portal-settings-1']],
    ['short words', 'config-dev', ['config-prd']],
    ['two that are as near', 'portal-setings', ['portal-settings', 'portal-sentings']],
    ['another word', 'portal-reader', ['portal-writer']],
  ])('are left alone where they differ by %s', async (_, used, declared) => {
    const files = { [APP]: using('configMap', used), [BASE]: declaring(...declared) };
    expect((await notesOn(files)).items).toEqual([]);
  });

  it('are left alone when the object is of another kind or optional', async () => {
    const base = declaring('portal-settings');
    expect((await notesOn({ [APP]: using('secret', 'portal-setings'), [BASE]: base })).items).toEqual([]);
    const optional = using('configMap', 'portal-setings').replace('setings }', 'setings, optional: true }');
    expect((await notesOn({ [APP]: optional, [BASE]: base })).items).toEqual([]);
  });

  it('are known where a kustomization generates them', async () => {
    const kustomization = 'configMapGenerator:\n  - name: portal-setings\n';
    const files = {
      [APP]: using('configMap', 'portal-setings'),
      [BASE]: declaring('portal-settings'),
      [`${FOLDER}/kustomization.yaml`]: kustomization,
    };
    expect((await notesOn(files)).items).toEqual([]);
  });
});
