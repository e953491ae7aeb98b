import { describe, expect, it } from 'vitest';
import type { CodeAction, Hover, TextEdit } from 'vscode-languageserver';
import { EVIDENCE_FORMATS } from '../server/src/report/evidence/formats.ts';
import { rules } from '../server/src/rules/index.ts';
import { defineRule, type Rule } from '../server/src/rules/rule.ts';
import { TestFolder } from './support/command-line.ts';
import { connectInProcess } from './support/language-client.ts';
import { MemoryFileSystem } from './support/memory-file-system.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Assembled, so that this file holds nothing that a scanner of repositories takes for a credential. */
const TOKEN = ['gh', 'p_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('');
const KEY = `-----BEGIN ${'PRIVATE'} KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END ${'PRIVATE'} KEY-----\n`;

/** Made up, each of them in one place alone. */
const RAW = {
  comment: 'Philippa Underhill',
  commentSsn: '536-22-8101',
  literal: '536-22-8102',
  mrn: '00482913',
  row: 'Dolores Haverford',
  rowSsn: '536-22-8103',
  json: '536-22-8104',
  hl7: 'EVERWOOD^ADELAIDE',
  email: 'rosalind.ashgrove@mail.example.net',
  env: '536-22-8105',
  arg: '536-22-8106',
  label: 'quentin-fairweather',
  path: '77310428',
  secretText: '536-22-8107',
  secretData: base64('536-22-8108'),
  secretDataDecoded: '536-22-8108',
  values: '536-22-8109',
  password: 'Turnstile-Quartz!7',
  url: 'Lantern-Quartz77',
  property: 'Harbour-Quartz!8',
  flag: 'Copper-Quartz!9',
  chart: 'Velvet-Quartz!5',
  token: TOKEN,
  key: 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg',
  keyData: base64(KEY),
  keyConfig: 'Marble-Quartz!4',
  broken: '536-22-8110',
  custom: 'STUDY-884213',
  name: 'agnes-whitfield',
};

const indented = (text: string, by: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => by + line)
    .join('\n');

const MANIFESTS = `# fails for patient ${RAW.comment}, SSN ${RAW.commentSsn}
apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
  namespace: phi
data:
  PATIENT_SSN: "${RAW.literal}"
  TEST_PATIENT_MRN: "${RAW.mrn}"
  patients.csv: |
    name,ssn,email
    ${RAW.row},${RAW.rowSsn},${RAW.email}
  patient.json: '{"resourceType": "Patient", "patient": {"ssn": "${RAW.json}"}}'
  adt.hl7: |
    MSH|^~\\&|A|B|C|D|20240101||ADT^A01|1|P|2.5
    PID|1||12345^^^M10^MR||${RAW.hl7}||19800101|M
  study: ${RAW.custom}
  DB_PASSWORD: ${RAW.password}
  app.properties: |
    spring.datasource.password=${RAW.property}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: export-patient-${RAW.name}
  namespace: phi
  labels:
    patient: patient-${RAW.label}
spec:
  template:
    spec:
      containers:
        - name: api
          args: [--patient-ssn=${RAW.arg}, --db-password=${RAW.flag}]
          env:
            - { name: PATIENT_SSN, value: "${RAW.env}" }
            - { name: DATABASE_URL, value: "postgres://app:${RAW.url}@db:5432/ehr" }
            - name: GITHUB
              value: ${RAW.token}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: charts, namespace: phi }
spec: { rules: [{ http: { paths: [{ path: /patients/${RAW.path} }] } }] }
---
apiVersion: v1
kind: Secret
metadata: { name: keys, namespace: phi }
stringData:
  patient_ssn: ${RAW.secretText}
  tls.key: |
${indented(KEY, '    ')}
data:
  ssn: ${RAW.secretData}
  tls.pem: ${RAW.keyData}
---
apiVersion: v1
kind: Config
users: [{ name: admin, user: { password: ${RAW.keyConfig} } }]
`;

const VALUES = `smoke:
  patient: { ssn: "${RAW.values}" }
db:
  password: ${RAW.chart}
`;

const BROKEN = `apiVersion: v1
kind: ConfigMap
metadata: { name: broken, namespace: phi }
data:
  PATIENT_SSN: "${RAW.broken}
   more: [
`;

const CONFIGURATION = `phi:
  customIdentifiers: [{ name: study number, pattern: 'STUDY-[0-9]{6}' }]
  allow: { hashes: ["${RAW.literal}"] }
`;

const FILES = {
  'portal.yaml': MANIFESTS,
  'chart/values.yaml': VALUES,
  'broken.yaml': BROKEN,
  '.kube-safeguards.yaml': CONFIGURATION,
};

/** Fails on whatever it sees, with the whole document in the message of its error. */
const failing: Rule = defineRule({
  id: 'privileged-container',
  meta: { ...(rules.find(({ id }) => id === 'privileged-container') as Rule).meta, messages: {} },
  document: ({ text }) => {
    throw new Error(text);
  },
  values: ({ text }) => {
    throw new Error(text);
  },
});
const withFailing = [...rules.filter(({ id }) => id !== failing.id), failing];

/** The raw values that a text repeats. */
function revealed(text: string): string[] {
  // In JSON, and in the messages of a protocol, characters are escaped.
  return Object.entries(RAW).flatMap(([name, value]) =>
    text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1)) ? [name] : [],
  );
}

/** What the rules about PHI and credentials say of the fixture; without this the tests below would prove nothing. */
const FOUND =
  `phi-in-configmap phi-in-env phi-in-args phi-in-metadata phi-in-values phi-in-secret phi-in-comment secret-in-configmap secret-in-env
  secret-in-args secret-in-values secret-manifest-plaintext kubeconfig-credential yaml-syntax`.split(/\s+/);

describe('on the command line, no raw value is repeated', () => {
  it('while everything is found', async () => {
    const found = new Set(
      (await new TestFolder(FILES).findings('', '', rules)).map((line) => line.split(': ')[1]),
    );
    expect(FOUND.filter((rule) => !found.has(rule))).toEqual([]);
  });

  it.each(['pretty', 'json', 'sarif', 'junit', 'github', 'gitlab'])('in the format %s', async (format) => {
    const { output, errors } = await new TestFolder(FILES).run(`check --format ${format}`, '', withFailing);
    expect(output).toContain('phi-in-configmap');
    expect(errors).toContain('The rule privileged-container failed here');
    expect(revealed(output)).toEqual([]);
    expect(revealed(errors)).toEqual([]);
  });

  it.each(EVIDENCE_FORMATS)('in the evidence report as %s', async (format) => {
    const { output, errors } = await new TestFolder(FILES).run(
      `report --format ${format} --time 2026-01-31`,
      '',
      withFailing,
    );
    expect(output).toContain('portal.yaml');
    expect(revealed(output)).toEqual([]);
    expect(revealed(errors)).toEqual([]);
  });

  it('by a report on files that were just fixed, and none stays in the files', async () => {
    const folder = new TestFolder(FILES);
    const { output, errors } = await folder.run('check --fix=all --format json', '', rules);
    expect(revealed(output + errors)).toEqual([]);
    expect(revealed(folder.read('chart/values.yaml'))).toEqual([]);
    expect(revealed(folder.read('portal.yaml'))).toEqual([]);
  });

  it('by a hash that is refused', async () => {
    const { errors } = await new TestFolder().run(`hash ${RAW.literal}`, '', rules);
    expect(revealed(errors)).toEqual([]);
  });
});

describe('in the editor, no raw value is repeated', () => {
  const root = 'file:///work';
  const fileSystem = new MemoryFileSystem(
    Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`${root}/${path}`, text])),
  );

  async function saidOf(path: keyof typeof FILES) {
    const client = connectInProcess({ rules: withFailing, fileSystem });
    await client.initialize({
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
      textDocument: {
        codeAction: { dataSupport: true, disabledSupport: true, resolveSupport: { properties: ['edit'] } },
      },
    });
    const uri = `${root}/${path}`;
    const published = client.publishedFor(uri, 1);
    await client.open(uri, FILES[path]);
    const diagnostics = await published;
    const hovers: (Hover | null)[] = [];
    const actions: CodeAction[] = [];
    for (const [line, text] of FILES[path].split('\n').entries()) {
      for (const character of [2, Math.floor((text.indexOf(':') + text.length) / 2)]) {
        const position = { line, character };
        const textDocument = { uri };
        hovers.push(await client.connection.sendRequest('textDocument/hover', { textDocument, position }));
        const range = { start: position, end: position };
        const context = { diagnostics, triggerKind: 1 };
        actions.push(
          ...((await client.connection.sendRequest('textDocument/codeAction', {
            textDocument,
            range,
            context,
          })) as CodeAction[]),
        );
      }
    }
    const resolved = await Promise.all(
      [...new Map(actions.map((action) => [action.title, action])).values()].map((action) =>
        action.data === undefined
          ? action
          : (client.connection.sendRequest('codeAction/resolve', action) as Promise<CodeAction>),
      ),
    );
    return { diagnostics, hovers, actions: [...actions, ...resolved], logged: client.logged };
  }

  it.each(['portal.yaml', 'chart/values.yaml', 'broken.yaml'] as const)('about %s', async (path) => {
    const { diagnostics, hovers, actions, logged } = await saidOf(path);
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(revealed(JSON.stringify(diagnostics))).toEqual([]);
    expect(revealed(JSON.stringify(hovers))).toEqual([]);
    expect(revealed(JSON.stringify(logged))).toEqual([]);
    expect(logged.join('\n')).toContain('privileged-container');
    const titles = actions.map(({ title, disabled }) => [title, disabled?.reason]);
    expect(revealed(JSON.stringify(titles))).toEqual([]);
    const written = actions.flatMap(({ edit }) =>
      (edit?.documentChanges ?? []).flatMap((change) => ('edits' in change ? change.edits : [])),
    ) as TextEdit[];
    expect(revealed(JSON.stringify(written.map(({ newText }) => newText)))).toEqual([]);
  });
});
