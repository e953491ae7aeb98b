import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.ts';
import { TestFolder } from '../support/command-line.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: portal, namespace: phi }
spec: { containers: [{ name: a, env: [{ name: API, value: "https://api.twilio.com" }] }] }
`;

async function found(configuration: string): Promise<string[]> {
  const folder = new TestFolder({ '.kube-safeguards.yaml': configuration, 'pod.yaml': POD });
  return (await folder.findings('', '', [...rules])).filter((finding) => finding.includes('baa-'));
}

describe('business associates', () => {
  it('are looked for once there is a list of them', async () => {
    expect(await found('profile: default\n')).toEqual([]);
    expect(await found('businessAssociates: []\n')).toEqual(['pod.yaml: baa-undocumented']);
  });

  it('are reported in the list and where they are used when nothing shows the agreement, or it has ended', async () => {
    const both = ['.kube-safeguards.yaml: baa-expired', 'pod.yaml: baa-expired'];
    expect(await found('businessAssociates:\n  - name: Twilio\n')).toEqual(both);
    const baa = (expires: string) =>
      `businessAssociates:\n  - name: Twilio\n    baa: { expires: ${expires}, evidence: contracts/twilio.pdf }\n`;
    expect(await found(baa('2026-01-31'))).toEqual(both);
    expect(await found(baa('2027-01-31'))).toEqual([]);
  });

  it('follow the severity of their rules', async () => {
    expect(await found('rules: { baa-expired: "off" }\nbusinessAssociates:\n  - name: Twilio\n')).toEqual([]);
  });
});
