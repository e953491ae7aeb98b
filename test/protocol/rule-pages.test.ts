import { describe, expect, it } from 'vitest';
import { RULE_PAGE_REQUEST } from '../../server/src/features/protocol.ts';
import { rules } from '../../server/src/rules/index.ts';
import { connectInProcess } from '../support/language-client.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';

const URI = 'file:///work/pod.yaml';
const POD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  contianers: []
  containers: [{ name: web, securityContext: { privileged: true } }]
`;

async function diagnosticsWith(initializationOptions: object) {
  const client = connectInProcess({ rules, schemas: await loadKubernetesSchemas() });
  await client.initialize({}, { initializationOptions });
  const published = client.publishedFor(URI, 1);
  await client.open(URI, POD);
  return { client, diagnostics: await published };
}

describe('pages of rules', () => {
  it('are opened in editors that show them, by short links', async () => {
    const { client, diagnostics } = await diagnosticsWith({ rulePages: 'kube-safeguards-rule' });
    const finding = diagnostics.find(({ code }) => code === 'privileged-container');
    expect(finding?.codeDescription).toEqual({ href: 'kube-safeguards-rule:privileged-container.md' });
    const page = await client.connection.sendRequest(RULE_PAGE_REQUEST, { rule: 'privileged-container' });
    expect(page).toMatch(/^# privileged-container\n\n/);
    expect(page).toContain('## What to do');
    expect(await client.connection.sendRequest(RULE_PAGE_REQUEST, { rule: 'none' })).toBeNull();
  });

  it('exist for every rule, without anything undefined', async () => {
    const client = connectInProcess({ rules });
    await client.initialize();
    for (const { id, meta } of rules) {
      const page = await client.connection.sendRequest<string>(RULE_PAGE_REQUEST, { rule: id });
      expect(page).toContain(meta.references.hipaa.map((section) => `**45 CFR ${section}**`)[0] ?? '# ');
      expect(page).not.toContain('undefined');
    }
  });
});

describe('beside an extension that validates against the schemas of Kubernetes', () => {
  const codes = async (options: object) =>
    (await diagnosticsWith(options)).diagnostics.map(({ code }) => code);

  it('nothing is told twice', async () => {
    expect(await codes({})).toContain('kubernetes-schema');
    expect(await codes({ schemaMessages: false })).not.toContain('kubernetes-schema');
  });

  it('settings that ask for it decide', async () => {
    const settings = { rules: { 'kubernetes-schema': 'warning' } };
    expect(await codes({ schemaMessages: false, settings })).toContain('kubernetes-schema');
  });
});
