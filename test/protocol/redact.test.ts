import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CodeAction, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { rules } from '../../server/src/rules/index.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const URI = 'file:///work/portal.yaml';
const CONFIGURATION = 'file:///work/.kube-safeguards.yaml';

const encoded = (text: string) => Buffer.from(text).toString('base64');

const FILE = `# MRN: 00482913 cannot log in
apiVersion: v1
kind: ConfigMap
metadata: { name: portal, namespace: phi }
data:
  LOG_LEVEL: info # keep me
  PATIENT_SSN: "536-22-8145"
  app.properties: |
    server.port=8080
    spring.datasource.password=S3cure-Horse!
binaryData:
  patients.csv: ${encoded('name,ssn,ward\nDolores Haverford,536-22-8146,B2\n')}
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: phi }
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      args: [--db-password=S3cure-Horse!]
      env:
        - name: DB_PASSWORD
          value: S3cure-Horse!
`;

const REDACTED = `apiVersion: v1
kind: ConfigMap
metadata: { name: portal, namespace: phi }
data:
  LOG_LEVEL: info # keep me
  PATIENT_SSN: "REDACTED"
  app.properties: |
    server.port=8080
    spring.datasource.password=REDACTED
binaryData:
  patients.csv: ${encoded('name,ssn,ward\nREDACTED,REDACTED,B2\n')}
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: phi }
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      args: [--db-password=REDACTED]
      env:
        - name: DB_PASSWORD
          value: REDACTED
`;

async function opened(text: string, configuration?: string) {
  const fileSystem = new MemoryFileSystem(
    configuration === undefined ? {} : { [CONFIGURATION]: configuration },
  );
  const client = connectInProcess({ rules, fileSystem });
  await client.initialize({
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
    textDocument: { codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } } },
  });
  const published = client.publishedFor(URI, 1);
  await client.open(URI, text);
  await published;
  return client;
}

async function actionsAt(
  client: Awaited<ReturnType<typeof opened>>,
  line: number,
  only: string[],
): Promise<CodeAction[]> {
  const position = { line, character: 20 };
  return client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri: URI },
    range: { start: position, end: position },
    context: { diagnostics: [], only },
  });
}

/** The texts of files after an action, by URI. */
function applied(action: CodeAction | undefined, texts: Record<string, string>): Record<string, string> {
  for (const change of action?.edit?.documentChanges ?? []) {
    if (!('textDocument' in change)) continue;
    const { uri } = change.textDocument;
    const document = TextDocument.create(uri, 'yaml', 1, texts[uri] ?? '');
    texts[uri] = TextDocument.applyEdits(document, change.edits as TextEdit[]);
  }
  return texts;
}

describe('redacting a file', () => {
  it('takes all PHI and credentials out and leaves the rest as it was', async () => {
    const client = await opened(FILE);
    const [action] = await actionsAt(client, 0, ['source.redact.kubeSafeguards']);
    expect(action?.title).toBe('Redact all PHI and credentials in this file');
    const resolved: CodeAction = await client.connection.sendRequest('codeAction/resolve', action);
    expect(applied(resolved, { [URI]: FILE })[URI]).toBe(REDACTED);
  });

  it('is not offered where there is nothing to redact', async () => {
    const client = await opened(REDACTED);
    expect(await actionsAt(client, 0, ['source.redact.kubeSafeguards'])).toEqual([]);
  });
});

describe('allowing a value', () => {
  const titled = (actions: readonly CodeAction[]) =>
    actions.find(({ title }) => title.startsWith('Allow this value'));

  it('writes its hash into a new configuration file, and the value nowhere', async () => {
    const action = titled(await actionsAt(await opened(FILE), 6, ['quickfix']));
    const { [CONFIGURATION]: configuration } = applied(action, { [URI]: FILE });
    expect(configuration).toBe(
      `phi:\n  allow:\n    hashes:\n    - ${createHash('sha256').update('536-22-8145').digest('hex')}\n`,
    );
    expect(JSON.stringify(action)).not.toContain('536-22-8145');
  });

  it('appends to what is allowed already, and is then obeyed', async () => {
    const before =
      'credentials:\n  allow:\n    hashes:\n      # sample of the vendor\n      - 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n';
    const action = titled(await actionsAt(await opened(FILE, before), 9, ['quickfix']));
    const after = applied(action, { [CONFIGURATION]: before })[CONFIGURATION] ?? '';
    expect(after.startsWith(before)).toBe(true);
    const client = await opened(FILE, after);
    expect(titled(await actionsAt(client, 9, ['quickfix']))).toBeUndefined();
    expect(titled(await actionsAt(client, 6, ['quickfix']))).toBeDefined();
  });
});
