import { worldOf } from '../../server/src/analysis/world.ts';
import { ManifestFile } from '../../server/src/cli/manifest-file.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import type { Run, RunProblem } from '../../server/src/report/run.ts';
import { defineRule, type Rule } from '../../server/src/rules/rule.ts';
import { set } from '../../server/src/syntax/edit/operations.ts';
import { ContainedChecker } from '../../server/src/workspace/contained-checker.ts';
import { TODAY } from './check-text.ts';
import { smallRules } from './small-rules.ts';

/** A credential that no output may hold, also in parts. */
export const SECRET = 'hunter2-Kestrel';

/**
 * Flags the values of variables named PASSWORD, and breaks the contract of rules on purpose: its message, its related place and a fix repeat
 * what they should not.
 */
export const leakingRule: Rule = defineRule({
  id: 'secret-in-env',
  meta: {
    title: 'Credential in an environment variable',
    safeguard: 'encryption-at-rest',
    rationale: 'It matters.',
    remediation: 'Do it.',
    references: { hipaa: ['164.312(a)(2)(iv)'], nist: ['IA-5'], urls: [] },
    severity: 'warning',
    scope: 'document',
    messages: { found: 'The password {value} stands here.' },
  },
  pod({ containers }, { report }) {
    for (const variable of containers.flatMap(({ value }) => value.get('env')?.items ?? [])) {
      const at = variable.get('value');
      if (variable.get('name')?.text !== 'PASSWORD' || !at?.text) continue;
      report({
        at,
        messageId: 'found',
        data: { value: at.text },
        related: [{ at: variable, message: `Beside ${at.text}` }],
        fixes: [
          { title: `Remove ${at.text}`, applicability: 'safe', operations: [set(at.path, '')] },
          {
            title: 'Copy',
            applicability: 'review',
            operations: [set([...at.path.slice(0, -1), 'x'], at.text)],
          },
        ],
      });
    }
  },
});

export const reportRules: readonly Rule[] = [...smallRules, leakingRule];

/** A run over files that exist only here, by path. */
export function runOf(
  files: Readonly<Record<string, string>>,
  { rules = reportRules, problems = [] }: { rules?: readonly Rule[]; problems?: readonly RunProblem[] } = {},
): Run {
  const configuration = DEFAULT_CONFIGURATION;
  const checker = new ContainedChecker({ rules, configuration, today: TODAY }, () => {});
  const checked = Object.entries(files).map(([path, text]) => {
    const manifest = new ManifestFile(path, { text, byteOrderMark: '' }, checker);
    return { path, text, findings: manifest.findings(worldOf(manifest.facts, true), 'all') };
  });
  return { toolVersion: '1.2.3', rules, files: checked, problems };
}

/** One of each: two findings, one of them suppressed, and a credential. */
export const POD = `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      securityContext:
        privileged: true
      env:
        - name: PASSWORD
          value: "${SECRET}" # until the vault is there
    - name: legacy
      securityContext:
        privileged: true # kube-safeguards-ignore privileged-container until 2027-01-31: driver, ends with the old scanner
`;
