import { describe, expect, it } from 'vitest';
import { withoutDetections } from '../../server/src/report/redaction.ts';
import { rules } from '../../server/src/rules/index.ts';
import { TestFolder } from '../support/command-line.ts';

const storageClass = (metadata: string) => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: ${metadata}
provisioner: ebs.csi.aws.com
parameters: { encrypted: "false" }
`;

const annotated = (reason: string) =>
  storageClass(
    `{ name: fast, annotations: { ignore.kube-safeguards.io/storage-class-unencrypted: "${reason}" } }`,
  );

const FILES = {
  'annotated.yaml': annotated('patient Jane Miller SSN 536-22-8471 agreed'),
  'commented.yaml': `# kube-safeguards-ignore-document storage-class-unencrypted: SSN 536-22-8472 agreed\n${storageClass('{ name: slow }')}`,
  'excepted.yaml': storageClass('{ name: cold }'),
  '.kube-safeguards.yaml': `exceptions:
  - rule: storage-class-unencrypted
    resource: { name: cold }
    reason: Patient 536-22-8473 told so
    approver: the board
    date: 2026-01-01
    until: 2027-01-01
`,
};

describe('reasons of what is left by decision', () => {
  it.each(['pretty', 'json', 'sarif', 'junit', 'github', 'gitlab'])(
    'repeat no identifier in %s',
    async (format) => {
      const { output } = await new TestFolder(FILES).run(`check --format ${format} .`, '', rules);
      expect(output).not.toMatch(/536-22-847|Jane Miller/);
      if (['json', 'sarif', 'junit'].includes(format)) expect(output).toContain('******** told so');
    },
  );

  it.each(['md', 'csv', 'html', 'oscal'])('repeat no identifier in a report as %s', async (format) => {
    const run = `report --format ${format} --time 2026-01-31T12:00:00Z`;
    const { output } = await new TestFolder(FILES).run(run, '', rules);
    expect(output).not.toMatch(/536-22-847|Jane Miller/);
    expect(output.replaceAll('\\', '')).toContain('******** told so');
  });

  it('are told as they are where they hold none', () => {
    const reason = 'Agreed with the board on 2026-01-10: ticket OPS-4711, until the move to eu-central-1.';
    expect(withoutDetections(reason)).toBe(reason);
  });
});
