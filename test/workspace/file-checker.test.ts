import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isActive } from '../../server/src/engine/finding.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';
import { crashing, namespaceWithoutPolicy, privileged, smallRules } from '../support/small-rules.ts';

const URI = 'file:///work/app.yaml';

const pod = (name: string, privileged: boolean) => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: clinic }
spec:
  containers:
    - name: ${name}
      image: nginx
      securityContext: { privileged: ${privileged} }
`;
const NAMESPACE = '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: clinic }\n';
const POLICY = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: clinic }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;

function workspaceWith(someRules = smallRules, failures: string[] = []) {
  return new Workspace({
    rules: someRules,
    fileSystem: new MemoryFileSystem(),
    today: () => '2026-06-01',
    onFailure: (name) => void failures.push(name),
    onSkipped: () => {},
  });
}

async function opened(text: string, someRules = smallRules, failures: string[] = []): Promise<Workspace> {
  const workspace = workspaceWith(someRules, failures);
  workspace.open(URI, 'yaml', 1, text);
  await workspace.prepare(URI);
  return workspace;
}

/** The active findings as `line rule`. */
function findings(workspace: Workspace): string[] {
  return (workspace.check(URI)?.documents ?? []).flatMap(({ placed, result }) =>
    result.findings.filter(isActive).map(({ rule, range }) => {
      return `${placed.startLine + placed.document.lines.lineAt(range.start)} ${rule}`;
    }),
  );
}

/** Everything about all findings, but for the place of a suppression in another document. */
function allFindings(workspace: Workspace) {
  return workspace
    .check(URI)
    ?.documents.map(({ result }) =>
      result.findings.map((finding) => ({ ...finding, suppression: finding.suppression?.reason })),
    );
}

describe('checking an open file', () => {
  it('finds the same after any edits as in the same text opened anew', async () => {
    const snippet = fc.constantFrom(
      pod('a', true),
      pod('b', false),
      NAMESPACE,
      POLICY,
      '---\n',
      'kind: Pod\n',
      '# kube-safeguards-ignore-file privileged-container: a test\n',
      '# kube-safeguards-ignore privileged-container: a test\n',
      '  # {{ template }}\n',
      'true',
      '\t',
      '*a',
      '{',
      ': ',
      '\r\n',
    );
    const edit = fc.record({ at: fc.nat(), length: fc.nat(60), text: snippet });
    const property = fc.asyncProperty(
      fc.array(snippet, { maxLength: 6 }),
      fc.array(edit, { minLength: 1, maxLength: 8 }),
      async (start, edits) => {
        const workspace = await opened(start.join(''), [...rules, ...smallRules]);
        let version = 1;
        for (const { at, length, text } of edits) {
          const source = workspace.file(URI)?.source;
          if (source === undefined) throw new Error('not open');
          const from = at % (source.length + 1);
          const range = {
            start: source.positionAt(from),
            end: source.positionAt(Math.min(from + length, source.length)),
          };
          workspace.change(URI, ++version, [{ range, text }]);
          // Some versions are never looked at.
          if (at % 3 !== 0) workspace.check(URI);
        }
        const again = await opened(workspace.file(URI)?.source.text ?? '', [...rules, ...smallRules]);
        expect(allFindings(workspace)).toEqual(allFindings(again));
      },
    );
    await fc.assert(property, { numRuns: 100 });
  }, 30_000);

  it('keeps the results of documents that an edit does not touch', async () => {
    const workspace = await opened(pod('a', true) + pod('b', true) + pod('c', true));
    const before = workspace.check(URI)?.documents.map(({ result }) => result);
    const start = { line: 9 + 6, character: 12 };
    workspace.change(URI, 2, [{ range: { start, end: start }, text: 'x' }]);
    const after = workspace.check(URI)?.documents.map(({ result }) => result);
    expect(after?.map((result, index) => result === before?.[index])).toEqual([true, false, true]);
  });

  it('follows what other documents of the file say', async () => {
    const workspace = await opened(NAMESPACE + POLICY);
    expect(findings(workspace)).toEqual([]);
    const text = workspace.file(URI)?.source.text ?? '';
    workspace.change(URI, 2, [{ text: text.replace('namespace: clinic', 'namespace: other') }]);
    expect(findings(workspace)).toEqual(['2 namespace-default-deny-missing']);
    workspace.change(URI, 3, [{ text }]);
    expect(findings(workspace)).toEqual([]);
  });

  it('follows them in each of several documents with the same text', async () => {
    const workspace = await opened(NAMESPACE + POLICY + NAMESPACE);
    expect(findings(workspace)).toEqual([]);
    const text = workspace.file(URI)?.source.text ?? '';
    const start = text.slice(0, text.indexOf('namespace: clinic')).split('\n').length - 1;
    const character = (text.split('\n')[start] ?? '').indexOf('namespace: clinic') + 'namespace: '.length;
    const range = { start: { line: start, character }, end: { line: start, character: character + 6 } };
    workspace.change(URI, 2, [{ range, text: 'other' }]);
    expect(findings(workspace).length).toBe(2);
  });

  it('runs a rule again only where what it read of others has changed', async () => {
    const ran: string[] = [];
    const curious: Rule = {
      ...namespaceWithoutPolicy,
      resource: {
        kinds: ['Pod'],
        check: ({ name }, { world }) => {
          ran.push(name);
          world.matching('workload', 'serviceAccount', name);
        },
      },
    };
    const withAccount = pod('c', false).replace('spec:', 'spec:\n  serviceAccountName: a');
    const workspace = await opened(pod('a', false) + pod('b', false) + withAccount, [curious]);
    workspace.check(URI);
    expect(ran).toEqual(['a', 'b', 'c']);
    ran.length = 0;
    const name = { line: 18 + 3, character: 18 };
    workspace.change(URI, 2, [{ range: { start: name, end: name }, text: 'd' }]);
    workspace.check(URI);
    expect(ran).toEqual(['a', 'dc']);
  });

  it('leaves workloads alone when one changes that does not call them', async () => {
    const api = pod('api', false).replace('namespace: clinic', 'namespace: clinic, labels: { app: api }');
    const service = `---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: clinic }
spec: { selector: { app: api }, ports: [{ port: 443 }] }
`;
    const workspace = await opened(api + pod('db', false) + service, [...rules]);
    const before = workspace.check(URI)?.documents[0]?.result;
    expect(before?.findings).not.toEqual([]);
    const name = { line: 9 + 3, character: 18 };
    workspace.change(URI, 2, [{ range: { start: name, end: name }, text: 'x' }]);
    expect(workspace.check(URI)?.documents[0]?.result).toBe(before);
  });

  it('keeps the findings of intact documents beside broken ones', async () => {
    const workspace = await opened(
      `${pod('a', true)}---\nkind: Pod\napiVersion: v1\nspec: {\n${pod('b', true)}`,
    );
    expect(findings(workspace).filter((finding) => finding.includes('privileged'))).toEqual([
      '8 privileged-container',
      '21 privileged-container',
    ]);
  });

  it('says which rule failed where, and goes on', async () => {
    const failures: string[] = [];
    const workspace = await opened(pod('crash', true) + pod('b', true), [crashing, privileged], failures);
    const [first, second] = workspace.check(URI)?.documents ?? [];
    expect(first?.result.failures).toEqual(['yaml-syntax']);
    expect(first?.result.findings).toHaveLength(1);
    expect(second?.result.failures).toEqual([]);
    expect(failures).toEqual(['yaml-syntax']);
  });

  it('leaves templates and files of other kinds alone', async () => {
    const chart = `apiVersion: v1\nkind: Pod\nspec:\n  {{- toYaml .Values.x | nindent 2 }}\n`;
    for (const text of [chart, 'services:\n  web: { privileged: true }\n', 'a: 1\n---\nb: 2\n']) {
      expect(findings(await opened(text))).toEqual([]);
    }
  });

  it('is silent on what is missing while it does not know everything', async () => {
    const workspace = workspaceWith([namespaceWithoutPolicy]);
    workspace.open('untitled:Untitled-1', 'yaml', 1, NAMESPACE);
    await workspace.prepare('untitled:Untitled-1');
    expect(workspace.check('untitled:Untitled-1')?.documents[0]?.result.findings).toEqual([]);
  });
});
