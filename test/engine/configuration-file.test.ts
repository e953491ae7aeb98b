import { describe, expect, it } from 'vitest';
import {
  configurationFrom,
  DEFAULT_CONFIGURATION,
  loweredRules,
} from '../../server/src/engine/configuration.ts';
import { readConfigurationFile } from '../../server/src/engine/configuration-file.ts';
import { rules as allRules } from '../../server/src/rules/index.ts';
import { smallRules } from '../support/small-rules.ts';

/** The problems of a file as `flagged text: message`. */
async function problemsOf(text: string): Promise<string[]> {
  const { problems } = await readConfigurationFile(text, smallRules);
  return problems.map(({ range, message }) => `${text.slice(range.start, range.end)}: ${message}`);
}

async function valuesOf(text: string) {
  return (await readConfigurationFile(text, smallRules)).values;
}

describe('a configuration file', () => {
  it.each([
    { name: 'an empty file', text: '', values: {} },
    { name: 'comments alone', text: '# nothing yet\n', values: {} },
    { name: 'keys without values, as while typing', text: 'rules:\nimages:\n', values: {} },
    {
      name: 'off is text here, though YAML 1.1 reads a boolean',
      text: 'rules:\n  privileged-container: off\n',
      values: { rules: { 'privileged-container': 'off' } },
    },
    {
      name: 'a version keeps its zero',
      text: 'kubernetesVersion: 1.30\n',
      values: { kubernetesVersion: '1.30' },
    },
    {
      name: 'everything',
      text: `---
profile: proposed-2025
rules: { yaml-syntax: warning }
maxFileSize: 2000000
images:
  allowedRegistries: [registry.example.com]
  mirrors: { docker.io: registry.example.com/hub }
phi:
  namespaces: [clinic-*]
  label: phi=true
  kinds: { email: off, mrn: warning }
  allow: { keys: [SUPPORT_*], paths: [data/demo.csv], hashes: [${'0a'.repeat(32)}] }
  customIdentifiers: [{ name: study number, pattern: 'ST-[0-9]{4}', keys: [study no] }]
credentials: { kinds: { jwt: 'off' }, allow: { keys: [demo_token] } }
`,
      values: {
        profile: 'proposed-2025',
        rules: { 'yaml-syntax': 'warning' },
        maxFileSize: 2000000,
        images: {
          allowedRegistries: ['registry.example.com'],
          mirrors: { 'docker.io': 'registry.example.com/hub' },
        },
        phi: {
          namespaces: ['clinic-*'],
          label: 'phi=true',
          kinds: { email: 'off', mrn: 'warning' },
          allow: { keys: ['SUPPORT_*'], paths: ['data/demo.csv'], hashes: ['0a'.repeat(32)] },
          customIdentifiers: [{ name: 'study number', pattern: 'ST-[0-9]{4}', keys: ['study no'] }],
        },
        credentials: { kinds: { jwt: 'off' }, allow: { keys: ['demo_token'] } },
      },
    },
  ])('reads $name', async ({ text, values }) => {
    expect(await problemsOf(text)).toEqual([]);
    expect(await valuesOf(text)).toEqual(values);
  });

  it.each([
    { text: 'profil: default\n', problem: 'profil: Unknown key "profil". Did you mean "profile"?' },
    { text: 'images:\n  mirors: {}\n', problem: 'mirors: Unknown key "mirors". Did you mean "mirrors"?' },
    { text: 'zzz: 1\n', problem: 'zzz: Unknown key "zzz".' },
    {
      text: 'rules:\n  privileged-containers: off\n',
      problem:
        'privileged-containers: There is no rule "privileged-containers". Did you mean "privileged-container"?',
    },
    {
      text: 'rules:\n  yaml-syntax: low\n',
      problem: 'low: Must be one of off, information, warning, error.',
    },
    {
      text: 'rules:\n  yaml-syntax:\n',
      problem: 'yaml-syntax: Must be one of off, information, warning, error.',
    },
    { text: 'rules: [a]\n', problem: '[a]: Must be a map.' },
    { text: 'maxFileSize: 5\n', problem: '5: Must be at least 1024.' },
    { text: 'maxFileSize: big\n', problem: 'big: Must be a whole number.' },
    { text: 'kubernetesVersion: latest\n', problem: 'latest: Must be a Kubernetes version such as 1.33.' },
    { text: 'phi:\n  namespaces: [a, b, a]\n', problem: '[a, b, a]: An entry stands here twice.' },
    {
      text: 'phi: { allow: { hashes: [536-22-8145] } }\n',
      problem: '536-22-8145: Must be a SHA-256 in hexadecimal (64 digits), never the value itself.',
    },
    {
      text: 'phi: { kinds: { snn: off } }\n',
      problem: 'snn: Unknown key "snn". Did you mean "ssn"?',
    },
    {
      text: 'phi: { customIdentifiers: [{ name: a }] }\n',
      problem: '{ name: a }: Must have a pattern, keys or both.',
    },
    {
      text: 'phi: { customIdentifiers: [{ pattern: a }] }\n',
      problem: '{ pattern: a }: The key "name" is missing.',
    },
    {
      text: "phi: { customIdentifiers: [{ name: a, pattern: '(a+)+(?=b)' }] }\n",
      problem:
        "'(a+)+(?=b)': The pattern is no regular expression in RE2 syntax, which has no look-around and no back-references, since they can take exponential time.",
    },
    {
      text: "phi: { customIdentifiers: [{ name: a, pattern: 'a*' }] }\n",
      problem: "'a*': The pattern matches an empty text.",
    },
    { text: '- a\n- b\n', problem: '- a\n- b\n: Must be a map.' },
    { text: 'rules:\n\tyaml-syntax: off\n', problem: expect.stringContaining('a tab cannot be used') },
    {
      text: '# ours\n---\nprofile: default\n---\nrules: {}\n',
      problem: 'rules: {}\n: Only the first document of a configuration file counts.',
    },
    {
      text: 'units: [clusters/a..b, ../east]\n',
      problem: '../east: Must be a folder below the one of this file, such as clusters/east.',
    },
    { text: '"a/b~c": 1\n', problem: '"a/b~c": Unknown key "a/b~c".' },
  ])('says what is wrong in $text', async ({ text, problem }) => {
    expect(await problemsOf(text)).toContainEqual(problem);
  });

  it('says once that a value is missing', async () => {
    expect(await problemsOf('rules:\n  yaml-syntax:\n')).toHaveLength(1);
  });

  it('counts everything that is valid beside what is not', async () => {
    const text = `profile: stern
rules: { yaml-syntax: loud, privileged-container: warning, nonsense: off }
images: { allowedRegistries: [good.example.com, ""] }
`;
    expect(await problemsOf(text)).toHaveLength(4);
    expect(await valuesOf(text)).toEqual({
      rules: { 'privileged-container': 'warning' },
      images: { allowedRegistries: ['good.example.com'] },
    });
  });

  it('leaves out an identifier whose pattern cannot be taken', async () => {
    const text =
      "phi: { customIdentifiers: [{ name: a, keys: [b], pattern: '(a)\\1' }, { name: c, keys: [d] }] }\n";
    expect(await problemsOf(text)).toHaveLength(1);
    expect(await valuesOf(text)).toEqual({ phi: { customIdentifiers: [{ name: 'c', keys: ['d'] }] } });
  });

  it('is read as far as it goes when it is no YAML', async () => {
    expect(await problemsOf('rules: {\n')).not.toEqual([]);
    expect(await problemsOf(`a: ${'['.repeat(100_000)}`)).not.toEqual([]);
  });
});

describe('configurationFrom', () => {
  it('fills in defaults', () => {
    expect(configurationFrom({})).toEqual(DEFAULT_CONFIGURATION);
  });

  it('lets the file win over settings, key by key and rule by rule', () => {
    const configuration = configurationFrom(
      { rules: { a: 'off' }, images: { allowedRegistries: ['x'] }, kubernetesVersion: 'v1.33.2' },
      { rules: { a: 'error', b: 'warning' }, profile: 'proposed-2025', kubernetesVersion: '1.30' },
    );
    expect(configuration).toMatchObject({
      profile: 'proposed-2025',
      rules: { a: 'off', b: 'warning' },
      settings: { images: { allowedRegistries: ['x'], mirrors: {} }, kubernetesVersion: '1.33' },
    });
  });

  it('turns what is said of kinds and allowed values into what the detectors take', () => {
    const { settings } = configurationFrom(
      { phi: { kinds: { email: 'off', mrn: 'warning' }, allow: { keys: ['a'] } } },
      { credentials: { allow: { paths: ['data/b'], hashes: ['c'] } } },
    );
    expect(settings.detection).toEqual({
      phi: {
        disabledKinds: ['email'],
        severities: { mrn: 'warning' },
        allowedKeys: ['a'],
        allowedPaths: [],
        allowedHashes: [],
        customIdentifiers: [],
      },
      credentials: {
        disabledKinds: [],
        severities: {},
        allowedKeys: [],
        allowedPaths: ['data/b'],
        allowedHashes: ['c'],
      },
    });
  });

  it('knows the rules that it lowers', () => {
    const rules = { 'privileged-container': 'warning', 'yaml-syntax': 'error', other: 'off' } as const;
    expect(loweredRules({ rules, exceptions: [] }, smallRules)).toEqual(['privileged-container']);
    const exception = { rule: 'yaml-syntax', path: 'a', reason: 'b', approver: 'c', date: '2026-01-01' };
    expect(loweredRules({ rules: {}, exceptions: [exception] }, smallRules)).toEqual(['yaml-syntax']);
    const allowing = configurationFrom({ phi: { allow: { keys: ['*'] } } });
    expect(loweredRules(allowing, allRules)).toEqual(
      allRules.map(({ id }) => id).filter((id) => id.startsWith('phi-in-')),
    );
    expect(loweredRules(configurationFrom({ phi: { kinds: { ssn: 'error' } } }), allRules)).toEqual([]);
  });
});

describe('exceptions and business associates', () => {
  const EXCEPTION = `exceptions:
  - rule: privileged-container
    resource: { kind: DaemonSet, name: agent-* }
    reason: Reads the kernel's events; the node pool holds no PHI.
    approver: J. Officer
    date: 2026-03-01
    until: 2027-03-01
`;

  it('are read as they are written', async () => {
    const text = `${EXCEPTION}businessAssociates:
  - name: Datadog
    hosts: [datadoghq.com]
    baa: { signed: 2025-01-01, expires: 2028-01-01, evidence: contracts/datadog.pdf }
`;
    expect(await problemsOf(text)).toEqual([]);
    const { exceptions, settings } = configurationFrom(await valuesOf(text));
    expect(exceptions).toEqual([
      {
        rule: 'privileged-container',
        resource: { kind: 'DaemonSet', name: 'agent-*' },
        reason: "Reads the kernel's events; the node pool holds no PHI.",
        approver: 'J. Officer',
        date: '2026-03-01',
        until: '2027-03-01',
      },
    ]);
    expect(settings.businessAssociates?.[0]?.baa?.expires).toBe('2028-01-01');
  });

  it.each([
    ['    approver: J. Officer\n', '', 'The key "approver" is missing.'],
    ['2026-03-01', 'soon', 'Must be a date, YYYY-MM-DD.'],
    ['2026-03-01', '2026-02-30', 'Must be a date, YYYY-MM-DD.'],
    ['privileged-container', 'priviledged-container', 'Did you mean "privileged-container"?'],
    ['    resource: { kind: DaemonSet, name: agent-* }\n', '', 'Say what the exception is about'],
    [
      '    resource: { kind: DaemonSet, name: agent-* }\n',
      '    resource: {}\n',
      'Say what the exception is about',
    ],
    ['approver:', 'aprover:', 'Did you mean "approver"?'],
  ])('do not count when something is wrong: %j as %j', async (before, after, message) => {
    const text = EXCEPTION.replace(before, after);
    expect((await problemsOf(text)).join('\n')).toContain(message);
    const { exceptions = [] } = await valuesOf(text);
    // A key that should not be there costs itself, and what it should have been.
    expect(exceptions).toEqual([]);
  });
});
