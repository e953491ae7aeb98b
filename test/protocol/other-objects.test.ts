import { describe, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { rules } from '../../server/src/rules/index.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';
const [OWN, OTHER] = [`${FOLDER}/a.yaml`, `${FOLDER}/more/b.yaml`];

const POD = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: clinic }
spec:
  serviceAccountName: web
  containers: [{ name: main, image: registry.example.com/web:1.0.0 }]
`;
const ACCOUNT = `# used by web
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: clinic } # its own
`;
const GATEWAY = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: clinic }
spec:
  gatewayClassName: a
  listeners:
    - { name: http, port: 80, protocol: HTTP }
    - { name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: web-tls }] } }
`;
const ROUTE = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: records, namespace: clinic }
spec:
  parentRefs:
    - name: web
  rules: [{ backendRefs: [{ name: records, port: 80 }] }]
`;
const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: clinic
  annotations: { kubernetes.io/ingress.class: gce, networking.gke.io/v1beta1.FrontendConfig: web }
spec:
  tls: [{ secretName: web-tls }]
  defaultBackend: { service: { name: web, port: { number: 443 } } }
`;
const FRONTEND = `apiVersion: networking.gke.io/v1beta1
kind: FrontendConfig
metadata: { name: web, namespace: clinic }
spec:
  sslPolicy: modern
`;

interface Edited {
  readonly action: CodeAction | undefined;
  readonly texts: Record<string, string>;
}

/** What the quick fix with a title makes of the files. */
async function fixed(rule: string, own: string, other: string, title: string, openOther: string | undefined) {
  const stored: Record<string, string> = { [OWN]: own, [OTHER]: other };
  const client = connectInProcess({
    fileSystem: new MemoryFileSystem(stored),
    rules: rules.filter(({ id }) => id === rule),
  });
  await client.initialize({ textDocument: { diagnostic: {} } }, { rootUri: FOLDER });
  await client.open(OWN, own);
  if (openOther !== undefined) await client.open(OTHER, openOther);
  await client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
  const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: OWN },
    range: { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } },
    context: { diagnostics: [], only: ['quickfix'] },
  });
  const action = actions.find((each) => each.title === title);
  const texts: Edited['texts'] = { ...stored, ...(openOther !== undefined && { [OTHER]: openOther }) };
  for (const [uri, edits] of Object.entries(action?.edit?.changes ?? {}))
    texts[uri] = TextDocument.applyEdits(TextDocument.create(uri, 'yaml', 1, texts[uri] ?? ''), edits);
  return { action, texts } satisfies Edited;
}

const CASES = [
  {
    rule: 'service-account-token-automount',
    own: POD,
    other: ACCOUNT,
    title: 'Set it on ServiceAccount "web", for all of its pods',
    becomes: `${ACCOUNT}automountServiceAccountToken: false\n`,
  },
  {
    rule: 'image-pull-secret-missing',
    own: POD,
    other: ACCOUNT,
    title: 'Add them to ServiceAccount "web", for all of its pods',
    becomes: `${ACCOUNT}imagePullSecrets:\n- name: replace-with-your-pull-secret\n`,
  },
  {
    rule: 'gateway-plaintext-listener',
    own: GATEWAY,
    other: ROUTE,
    title: 'Serve route "records" by listener "https", and redirect to it',
    becomes: ROUTE.replace('- name: web\n', '- name: web\n      sectionName: https\n'),
  },
  {
    rule: 'ingress-http-allowed',
    own: INGRESS,
    other: FRONTEND,
    title: 'Redirect in FrontendConfig "web"',
    becomes: `${FRONTEND}  redirectToHttps:\n    enabled: true\n`,
  },
] as const;

describe('a fix in the object that decides', () => {
  it.each(CASES)('edits the other file: $rule', async ({ rule, own, other, title, becomes }) => {
    const { texts } = await fixed(rule, own, other, title, undefined);
    expect(texts[OTHER]).toBe(becomes);
    const after = await fixed(rule, texts[OWN] ?? '', becomes, title, undefined);
    expect(after.action).toBeUndefined();
  });

  it('edits the text that the editor has', async () => {
    const [{ rule, own, other, title, becomes }] = CASES;
    const { texts } = await fixed(rule, own, other, title, `# typed\n${other}`);
    expect(texts[OTHER]).toBe(`# typed\n${becomes}`);
  });

  it('edits the same file where both stand there', async () => {
    const [{ rule, own, other, title, becomes }] = CASES;
    const { texts } = await fixed(rule, `${own}---\n${other}`, 'a: 1\n', title, undefined);
    expect(texts[OWN]).toBe(`${own}---\n${becomes}`);
  });
});
