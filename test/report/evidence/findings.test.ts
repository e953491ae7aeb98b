import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../server/src/rules/index.ts';
import { TestFolder } from '../../support/command-line.ts';

const FILES = {
  'phi.yaml': `apiVersion: v1
kind: Namespace
metadata: { name: phi, labels: { kube-safeguards.io/phi: "true" } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: phi }
data:
  PATIENT: Jane Miller, SSN 536-22-8471
  DB_PASSWORD: vX9-kkW2pLq7
---
apiVersion: v1
kind: Secret
metadata: { name: db, namespace: phi }
stringData: { password: vX9-kkW2pLq7 }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: phi }
spec: { containers: [{ name: web, image: nginx }] }
`,
};

const BROKEN = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n   namespace: phi\nspec: {}\n';

async function reported(format: string, files: Readonly<Record<string, string>>): Promise<string> {
  const { output } = await new TestFolder(files).run(
    `report --format ${format} --time 2026-01-31T12:00:00Z`,
    '',
    rules,
  );
  return output;
}

/** Rule and line of every finding, as the machine's own format has them. */
async function checked(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { output } = await new TestFolder(files).run('check --format json --fail-on never .', '', rules);
  const { findings } = JSON.parse(output) as {
    findings: { rule: string; range: { start: { line: number } } }[];
  };
  return findings.map(({ rule, range }) => `${rule} ${range.start.line}`).sort();
}

describe('every finding is told', () => {
  it('in the table of Markdown', async () => {
    const [, section = ''] = (await reported('md', FILES)).split('\n## Findings\n');
    const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `([\w-]+)` .* `phi\.yaml:(\d+)` \|$/gm)];
    expect(rows.map(([, rule, line]) => `${rule} ${line}`).sort()).toEqual(await checked(FILES));
  });

  it('in the table for spreadsheets, also where no control is about it', async () => {
    const rows = (await reported('csv', FILES)).split('\r\n').filter((row) => row.startsWith('finding,'));
    const told = new Set(rows.map((row) => /,([a-z-]+),(?:error|warning|information),/.exec(row)?.[1]));
    expect(told).toEqual(new Set((await checked(FILES)).map((each) => each.split(' ')[0])));
    expect(rows.filter((row) => row.startsWith('finding,,,active,')).join('\n')).toContain(
      ',phi-in-configmap,error,',
    );
  });

  it('as observations of OSCAL', async () => {
    const [result] = JSON.parse(await reported('oscal', FILES))['assessment-results'].results;
    const told = (result.observations as { props: { name: string; value: string }[] }[]).flatMap(
      ({ props }) => props.flatMap(({ name, value }) => (name === 'rule' ? value : [])),
    );
    expect(new Set(told)).toEqual(new Set((await checked(FILES)).map((each) => each.split(' ')[0])));
  });

  it.each(['md', 'csv', 'oscal', 'html'])('without what it found, in %s', async (format) => {
    const output = await reported(format, FILES);
    expect(output).not.toContain('536-22-8471');
    expect(output).not.toContain('vX9-kkW2pLq7');
  });
});

describe('a file that does not parse', () => {
  it.each(['md', 'csv', 'oscal', 'html'])('is among what could not be checked, in %s', async (format) => {
    const output = await reported(format, { 'broken.yaml': BROKEN });
    const text = format === 'html' ? textOf(parseDocument(output).children) : output;
    expect(text).toMatch(
      /(?:What could not be checked|not checked,)[^|]*broken\.yaml:4: This does not parse or render/,
    );
  });

  it('is a notification of SARIF', async () => {
    const notifications = async (files: Readonly<Record<string, string>>) =>
      JSON.parse(await reported('sarif', files)).runs[0].invocations[0].toolExecutionNotifications;
    const [first] = await notifications({ 'broken.yaml': BROKEN });
    const physicalLocation = { artifactLocation: { uri: 'broken.yaml' }, region: { startLine: 4 } };
    expect(first).toMatchObject({ level: 'warning', locations: [{ physicalLocation }] });
    expect(await notifications(FILES)).toEqual([]);
  });

  it('is not claimed where everything parses', async () => {
    for (const format of ['md', 'csv', 'oscal', 'html'])
      expect(await reported(format, FILES)).not.toMatch(/could not be checked|not checked,/);
  });
});

type Nodes = ReturnType<typeof parseDocument>['children'];

function textOf(nodes: Nodes): string {
  return nodes
    .map((node) => ('data' in node ? node.data : 'children' in node ? textOf(node.children as Nodes) : ''))
    .join('');
}
