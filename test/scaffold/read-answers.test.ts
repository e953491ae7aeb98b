import { describe, expect, it } from 'vitest';
import { readAnswers, type TypedAnswers } from '../../server/src/scaffold/read-answers.ts';

const GOOD: TypedAnswers = {
  name: 'records-api',
  namespace: 'phi-records',
  image: 'registry.clinic.example/records/api:1.0.0',
  port: '8443',
};

function problemsOf(typed: TypedAnswers, allowedRegistries: readonly string[] = []): string[] {
  const read = readAnswers({ ...GOOD, ...typed }, { allowedRegistries });
  return 'problems' in read ? read.problems.map(({ question, message }) => `${question}: ${message}`) : [];
}

describe('readAnswers', () => {
  it('fills in what was left open', () => {
    expect(readAnswers({ ...GOOD, callers: ['portal', 'billing/claims'] })).toEqual({
      answers: {
        ...GOOD,
        port: 8443,
        callers: [
          { namespace: 'phi-records', name: 'portal' },
          { namespace: 'billing', name: 'claims' },
        ],
        database: false,
        host: undefined,
        entry: 'gateway',
        mesh: 'none',
        cloud: 'none',
        output: 'manifests',
      },
    });
  });

  it.each<[TypedAnswers, string]>([
    [{ name: '' }, 'name: The name is missing.'],
    [{ name: 'Records' }, 'lower-case letters'],
    [{ name: '7-records' }, 'starts with a letter'],
    [{ name: 'records-' }, 'ends with a letter or digit'],
    [{ name: 'a'.repeat(41) }, '41 characters'],
    [{ name: 'default' }, 'The name cannot be "default"'],
    [{ name: 'yes' }, 'YAML reads as no text'],
    [{ namespace: 'default' }, 'namespace of its own'],
    [{ namespace: 'kube-system' }, 'belong to Kubernetes'],
    [{ image: undefined }, 'image: The image is missing.'],
    [{ image: 'https://registry.clinic.example/api:1.0.0' }, 'it is a URL'],
    [{ image: 'records/api:1.0.0' }, 'docker.io is a public registry'],
    [{ image: 'registry.clinic.example/records/api' }, 'needs a version'],
    [{ image: 'registry.clinic.example/records/api:latest' }, 'moves'],
    [{ image: 'registry.clinic.example/records/api:1.4' }, 'moves'],
    [{ port: '443' }, 'only root may listen'],
    [{ port: '8443.5' }, 'a number from 1024 to 65535'],
    [{ port: '70000' }, 'a number from 1024 to 65535'],
    [{ callers: ['Portal'] }, 'The caller "Portal" is made of'],
    [{ callers: ['a/b/c'] }, 'write NAME, or NAMESPACE/NAME'],
    [{ callers: ['/portal'] }, 'The namespace of "/portal" is missing.'],
    [{ callers: ['portal', 'phi-records/portal'] }, 'named twice'],
    [{ callers: ['records-api'] }, 'call itself'],
    [{ host: 'localhost' }, 'a full name'],
    [{ host: 'https://records.clinic.example' }, 'a full name'],
    [{ host: '10.0.0.1' }, 'a full name'],
    [{ entry: 'treafik' }, 'Did you mean traefik?'],
    [{ mesh: 'linkered' }, 'Did you mean linkerd?'],
    [{ cloud: 'ibm' }, 'one of none, aws, azure, gcp'],
    [{ output: 'helmet' }, 'Did you mean helm?'],
  ])('refuses %j', (typed, wanted) => {
    expect(problemsOf(typed)).toEqual([expect.stringContaining(wanted)]);
  });

  it('takes any registry that the configuration allows, and no other', () => {
    expect(problemsOf({ image: 'ghcr.io/clinic/api:1.0.0' }, ['ghcr.io/clinic'])).toEqual([]);
    expect(problemsOf({}, ['ghcr.io/clinic'])).toEqual([
      'image: Images come from ghcr.io/clinic, as the configuration says.',
    ]);
  });
});
