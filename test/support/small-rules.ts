import { defineRule, type Rule, type RuleMeta } from '../../server/src/rules/rule.ts';
import { remove, set } from '../../server/src/syntax/edit/operations.ts';

function meta(title: string, messages: Record<string, string>, more: Partial<RuleMeta> = {}): RuleMeta {
  return {
    title,
    safeguard: 'integrity',
    rationale: 'It matters.',
    remediation: 'Do it.',
    references: { hipaa: ['164.312(a)(1)'], nist: ['AC-6'], urls: [] },
    severity: 'error',
    scope: 'document',
    messages,
    ...more,
  };
}

/** A few rules of each sort, so that tests of the machinery do not depend on the catalogue. */
export const privileged: Rule = defineRule({
  id: 'privileged-container',
  meta: meta('Privileged container', { on: 'Container "{name}" is privileged.' }),
  pod(pod, { report }) {
    for (const container of pod.containers) {
      const at = container.value.at(['securityContext', 'privileged']);
      if (at?.boolean !== true) continue;
      report({
        at,
        messageId: 'on',
        data: { name: container.name },
        fixes: [
          { title: 'Set privileged: false', applicability: 'safe', operations: [set(at.path, false)] },
          { title: 'Remove privileged', applicability: 'review', operations: [remove(at.path)] },
        ],
      });
    }
  },
});

/** Depends on other documents: a namespace without any network policy. */
export const namespaceWithoutPolicy: Rule = defineRule({
  id: 'namespace-default-deny-missing',
  meta: meta(
    'No policy',
    { none: 'Namespace "{name}" has no policy.' },
    { scope: 'workspace', severity: 'warning' },
  ),
  resource: {
    kinds: ['Namespace'],
    check(resource, { report, world }) {
      const policies = world.facts('network-policy').filter(({ namespace }) => namespace === resource.name);
      if (policies.length > 0 || !world.complete) return;
      report({ at: resource.root, missing: [], messageId: 'none', data: { name: resource.name } });
    },
  },
});

/** Fails on a resource named `crash`, with an error that quotes the document. */
export const crashing: Rule = defineRule({
  id: 'yaml-syntax',
  meta: meta('Crashes', { bad: 'This is not YAML.' }),
  document(document, { report }) {
    for (const problem of document.problems) report({ at: problem, messageId: 'bad' });
    if (document.root?.at(['metadata', 'name'])?.text === 'crash') throw new Error('ssn 123-45-6789');
  },
});

export const smallRules: readonly Rule[] = [privileged, namespaceWithoutPolicy, crashing];
