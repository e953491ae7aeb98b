import { describe, expect, it } from 'vitest';
import type { MarkupContent } from 'vscode-languageserver';
import { hoverAuditRule } from '../../server/src/features/audit-policy-hover.ts';
import { PLAIN_TEXT } from '../../server/src/features/markup.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { LineIndex } from '../../server/src/syntax/lines.ts';

/** `│` marks the pointer. */
function hover(marked: string, namespaces: readonly string[] = []) {
  const text = marked.replace('│', '');
  const position = new LineIndex(text).positionAt(marked.indexOf('│'));
  const found = hoverAuditRule(splitDocuments(text), position, namespaces, PLAIN_TEXT);
  return found && { range: found.range, text: (found.contents as MarkupContent).value };
}

const POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    verbs: [watch]
  - level: Request
    resources: [{ group: rbac.authorization.k8s.io }]
  - level: None
    users: [system:kube-proxy]
  - level: Metadata
`;

describe('hover on a rule of an audit policy', () => {
  it('names the events that it leaves out', () => {
    const found = hover(POLICY.replace('[watch]', '[wa│tch]'));
    expect(found?.text).toMatch(
      /^Rule 1 of the audit policy, level None: it leaves out 14 of the \d+ events/,
    );
    expect(found?.text).toContain('- Secrets: watch, by a person, a ServiceAccount, in namespace phi');
    expect(found?.range?.start).toEqual({ line: 3, character: 11 });
  });

  it('names the events that it records, in the namespaces of the configuration', () => {
    const found = hover(POLICY.replace('level: Request', 'le│vel: Request'), ['clinic', 'lab']);
    expect(found?.text).toContain(
      '- Roles: create, update, patch, delete, get, list, by a person, a ServiceAccount, in namespace clinic, lab',
    );
    expect(found?.text).toContain(
      '- ClusterRoles: create, update, patch, delete, get, list, by a person, a ServiceAccount\n',
    );
    expect(found?.text).not.toContain('Pods');
  });

  it('says when a rule decides none of them', () => {
    expect(hover(POLICY.replace('kube-proxy', 'kube-│proxy'))?.text).toMatch(/it decides none of the/);
  });

  it('is quiet outside of rules and in other documents', () => {
    expect(hover(POLICY.replace('kind: Policy', 'kind: Pol│icy'))).toBeUndefined();
    expect(hover('apiVersion: v1\nkind: Pod\nrules:\n  - level: No│ne # audit.k8s.io\n')).toBeUndefined();
    expect(hover('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: { le│vel: None }\n')).toBeUndefined();
  });
});
