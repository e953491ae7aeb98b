import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { rules } from '../../server/src/rules/index.ts';
import { SourceFile } from '../../server/src/workspace/source-file.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';
const URI = `${FOLDER}/app.yaml`;
/** Declares what open files may mean. */
const BESIDE = { [`${FOLDER}/beside.yaml`]: account('records') };

function account(name: string): string {
  return `---
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: clinic }
`;
}

const workload = (name: string, privileged: boolean) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: clinic }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      serviceAccountName: ${name}
      containers: [{ name: web, image: nginx, securityContext: { privileged: ${privileged} } }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name}, namespace: clinic }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} } }
`;
const service = (name: string) => `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: clinic }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
`;
const POLICY = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: clinic }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;
const NAMESPACE = '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: clinic }\n';

async function clientWith(text: string) {
  const client = connectInProcess({ rules, fileSystem: new MemoryFileSystem({ ...BESIDE, [URI]: text }) });
  await client.initialize({}, { workspaceFolders: [{ uri: FOLDER, name: 'work' }] });
  await client.open(URI, text);
  // Answered when the workspace has been read.
  await client.connection.sendRequest('kubeSafeguards/posture', {});
  return client;
}

/** What was last pushed for a version. */
async function pushed(client: Awaited<ReturnType<typeof clientWith>>, version: number) {
  const isThere = () => client.published.some((params) => params.version === version);
  if (!isThere()) await client.publishedFor(URI, version);
  // What follows an edit comes a moment later.
  await client.connection.sendRequest('textDocument/hover', {
    textDocument: { uri: URI },
    position: { line: 0, character: 0 },
  });
  return client.published.findLast((params) => params.version === version)?.diagnostics ?? [];
}

const keyed = (diagnostics: readonly Diagnostic[]) => diagnostics.map((each) => JSON.stringify(each)).sort();

describe('pushed diagnostics', () => {
  it('are after any edits those of the same text opened anew', async () => {
    const name = fc.constantFrom('portal', 'portall', 'records', 'recods', 'x');
    const document = fc.oneof(
      fc.tuple(name, fc.boolean()).map(([own, privileged]) => workload(own, privileged)),
      name.map(account),
      name.map(service),
      fc.constantFrom(POLICY, NAMESPACE),
    );
    const edit = fc.record({
      at: fc.nat(),
      length: fc.nat(3),
      text: fc.oneof(document, fc.constantFrom('', 'l', 'x', '\n', 'portal', ' ')),
    });
    const property = fc.asyncProperty(
      fc.array(document, { minLength: 1, maxLength: 6 }),
      fc.array(edit, { minLength: 1, maxLength: 6 }),
      async (start, edits) => {
        const client = await clientWith(start.join(''));
        const source = new SourceFile(URI, start.join(''));
        let version = 1;
        for (const { at, length, text } of edits) {
          // Typed in names, and where a document begins.
          const places = [...source.text.matchAll(/name: |serviceAccountName: |^---/gm)];
          const place = places[at % Math.max(1, places.length)];
          const from = place === undefined ? 0 : place.index + (place[0] === '---' ? 0 : place[0].length + 3);
          const range = {
            start: source.positionAt(from),
            end: source.positionAt(Math.min(from + (place?.[0] === '---' ? 0 : length), source.length)),
          };
          source.apply([{ range, text }]);
          await client.change(URI, ++version, [{ range, text }]);
          await pushed(client, version);
        }
        const again = await clientWith(source.text);
        expect(keyed(await pushed(client, version))).toEqual(keyed(await pushed(again, 1)));
        client.connection.dispose();
        again.connection.dispose();
      },
    );
    await fc.assert(property, { numRuns: 40 });
  }, 60_000);
});
