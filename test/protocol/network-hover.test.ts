import { describe, expect, it } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';
const APP = `${FOLDER}/app.yaml`;
const POLICIES = `${FOLDER}/policies.yaml`;
const pod = (name: string, namespace: string, port: number) => `apiVersion: v1
kind: Pod
metadata: { namespace: ${namespace}, labels: { app: ${name} }, name: ${name} }
spec: { containers: [{ name: main, ports: [{ containerPort: ${port} }] }] }
---
`;
const APP_TEXT = `${pod('db', 'phi', 5432)}${pod('api', 'phi', 8443)}${pod('web', 'web', 8443)}${pod('batch', 'web', 8080)}apiVersion: v1
kind: Service
metadata: { namespace: phi, name: postgres }
spec: { selector: { app: db }, ports: [{ port: 5432 }] }
`;
const POLICIES_TEXT = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { namespace: phi, name: database }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector: { matchLabels: { app: api } }
        - namespaceSelector: {}
          podSelector: { matchLabels: { app: batch } }
      ports: [{ port: 5432 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { namespace: phi, name: updates }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }]
      ports: [{ port: 443 }]
`;

/** What hover says on the first place of a text, in plain words. */
async function hoverOn(uri: string, marked: string): Promise<string | undefined> {
  const texts: Record<string, string> = { [APP]: APP_TEXT, [POLICIES]: POLICIES_TEXT };
  const client = connectInProcess({ fileSystem: new MemoryFileSystem(texts), rules: [] });
  await client.initialize(
    { textDocument: { diagnostic: {} } },
    { workspaceFolders: [{ uri: FOLDER, name: 'work' }] },
  );
  for (const [file, text] of Object.entries(texts)) await client.open(file, text);
  for (const file of [APP, POLICIES]) {
    await client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: file } });
  }
  const text = texts[uri] ?? '';
  const before = text.slice(0, text.indexOf(marked) + marked.length).split('\n');
  const position = { line: before.length - 1, character: (before.at(-1)?.length ?? 0) - 1 };
  const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
    textDocument: { uri },
    position,
  });
  return (hover?.contents as { value: string } | undefined)?.value;
}

describe('hover on names', () => {
  it('tells the allowed callers and callees of a workload', async () => {
    expect(await hoverOn(APP, 'name: db')).toBe(
      `Allowed callers: Pod phi/api on TCP 5432 (NetworkPolicy "database"); Pod web/batch on TCP 5432 (NetworkPolicy "database").

Allowed callees: addresses on the internet.`,
    );
    expect(await hoverOn(APP, 'name: web')).toBe(
      `Allowed callers: everybody, since no policy limits it.

Allowed callees: everywhere, since no policy limits it.`,
    );
  });

  it('tells the pods of a Service and their callers', async () => {
    expect(await hoverOn(APP, 'name: postgres')).toBe(
      `Pods: Pod phi/db.

Allowed callers: Pod phi/api on TCP 5432 (NetworkPolicy "database"); Pod web/batch on TCP 5432 (NetworkPolicy "database").`,
    );
  });

  it('tells whom a policy selects and lets in', async () => {
    expect(await hoverOn(POLICIES, 'name: database')).toBe(
      `Selects: Pod phi/db.

Lets in: Pod phi/api; Pod web/batch.`,
    );
    expect(await hoverOn(POLICIES, 'name: updates')).toBe(
      `Selects: Pod phi/db.

Lets out to: addresses on the internet.`,
    );
  });

  it('stays away from other names', async () => {
    expect(await hoverOn(APP, '{ name: main')).toBeUndefined();
  });
});
