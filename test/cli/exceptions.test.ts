import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.ts';
import { TestFolder } from '../support/command-line.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: ops }
spec: { containers: [{ name: a, image: registry.clinic.example/a:1, securityContext: { privileged: true } }] }
`;
const configuration = (until: string) => `exceptions:
  - rule: privileged-container
    resource: { kind: Pod, name: agent }
    path: legacy
    reason: The node pool holds no PHI.
    approver: J. Officer
    date: 2026-03-01
    until: ${until}
`;

interface Log {
  readonly runs: readonly {
    readonly results: readonly {
      ruleId: string;
      locations: readonly unknown[];
      suppressions: readonly object[];
    }[];
  }[];
}

describe('exceptions in the configuration', () => {
  it('are suppressions in SARIF, with who decided and when', async () => {
    const folder = new TestFolder({
      '.kube-safeguards.yaml': configuration('2027-03-01'),
      'legacy/agent.yaml': POD,
      'new/agent.yaml': POD,
    });
    const { output } = await folder.run('check --format sarif', '', [...rules]);
    const { results } = (JSON.parse(output) as Log).runs[0] ?? { results: [] };
    const found = results.filter(({ ruleId }) => ruleId === 'privileged-container');
    expect(found.map(({ suppressions }) => suppressions)).toEqual([
      [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'The node pool holds no PHI.',
          properties: { approver: 'J. Officer', date: '2026-03-01', until: '2027-03-01' },
        },
      ],
      [],
    ]);
  });

  it('count no longer after their date, and say so where they stand', async () => {
    const folder = new TestFolder({
      '.kube-safeguards.yaml': configuration('2026-05-01'),
      'legacy/agent.yaml': POD,
    });
    const found = await folder.findings('', '', [...rules]);
    expect(found).toContain('legacy/agent.yaml: privileged-container');
    expect(found).toContain('.kube-safeguards.yaml: suppression-invalid');
    const { code, output } = await folder.run('check', '', [...rules]);
    expect(code).toBe(1);
    expect(output).toContain('This suppression ended on 2026-05-01 and no longer counts.');
  });

  it('are left as they are by --fix', async () => {
    const folder = new TestFolder({
      '.kube-safeguards.yaml': configuration('2027-03-01'),
      'legacy/agent.yaml': POD,
    });
    await folder.run('check --fix=all');
    expect(folder.read('legacy/agent.yaml')).toContain('privileged: true');
  });
});
