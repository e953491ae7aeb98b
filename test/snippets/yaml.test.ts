import { beforeAll, describe, expect, it } from 'vitest';
import { resourcesOf } from '../../server/src/kubernetes/resource.ts';
import type { KubernetesSchemas } from '../../server/src/kubernetes/schema/schemas.ts';
import { rules } from '../../server/src/rules/index.ts';
import { CLOUDS, ENTRIES, MESHES, type ServiceAnswers } from '../../server/src/scaffold/answers.ts';
import { type ScaffoldFile, scaffold } from '../../server/src/scaffold/files.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { checkText } from '../support/check-text.ts';
import { pairwise } from '../support/pairwise.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';
import { expandSnippet, readSnippets } from '../support/snippets.ts';

/** Groups whose kinds are read from files and are no part of the API, so that its description leaves them out. */
const FILES_OF_THE_API_SERVER = new Set(['audit.k8s.io', 'apiserver.config.k8s.io']);

const snippets = readSnippets('yaml');
let schemas: KubernetesSchemas;
beforeAll(async () => {
  schemas = await loadKubernetesSchemas();
});

describe('a YAML snippet', () => {
  it.each(snippets.map((snippet) => [snippet.name, snippet] as const))('%s', (name, { body, prefix }) => {
    expect(name).toMatch(/^HIPAA: /);
    for (const word of prefix) expect(word).toMatch(/^hipaa-[a-z-]+$/);
    for (const choice of [0, 1, 2]) {
      const text = expandSnippet(body, choice);
      expect(said(text, true)).toEqual([]);
      expect(schemaProblems(text)).toEqual([]);
    }
  });

  it('has a prefix of its own', () => {
    const prefixes = snippets.flatMap(({ prefix }) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });

  it('is there for each kind of object that a new service has', () => {
    const kinds = new Set(snippets.flatMap(({ body }) => kindsIn(expandSnippet(body))));
    const missing = newServices().flatMap((file) => kindsIn(file.text).filter((kind) => !kinds.has(kind)));
    expect(new Set(missing)).toEqual(new Set());
  });

  it('fits the others: together they are a workspace without an error or a warning', () => {
    const texts = snippets.map(({ body }) => expandSnippet(body));
    const deployment = texts[snippets.findIndex(({ prefix }) => prefix.includes('hipaa-deployment'))] ?? '';
    // The caller that other snippets name: the same Deployment once more, under its name.
    const portal = deployment.replaceAll('records-api', 'portal');
    expect(portal).toContain('name: portal');
    const workspace = [...texts, portal].join('---\n');
    expect(said(workspace, false).filter((text) => !text.startsWith('information'))).toEqual([]);
  });
});

function said(text: string, isolated: boolean): string[] {
  return checkText(text, { rules, isolated: isolated ? true : undefined }).map(
    ({ finding }) => `${finding.severity} ${finding.rule}: ${finding.message}`,
  );
}

function kindsIn(text: string): string[] {
  return splitDocuments(text)
    .flatMap(({ document }) => resourcesOf(parseDocument(document.text)))
    .map(({ group, kind }) => `${kind}, ${group}`);
}

/** The files of services with everything, one for each mesh, way in and cloud. */
function newServices(): ScaffoldFile[] {
  return pairwise<ServiceAnswers>({
    name: ['records-api'],
    namespace: ['phi-records'],
    image: ['registry.clinic.example/records/api:1.0.0'],
    port: [8443],
    callers: [[{ namespace: 'phi-records', name: 'portal' }]],
    database: [true],
    host: ['records.clinic.example'],
    entry: ENTRIES,
    mesh: MESHES,
    cloud: CLOUDS,
    output: ['manifests'],
  }).flatMap((answers) => scaffold(answers));
}

function schemaProblems(text: string): unknown[] {
  const resources = splitDocuments(text).flatMap(({ document }) => resourcesOf(parseDocument(document.text)));
  expect(resources.length).toBeGreaterThan(0);
  return resources.flatMap(({ apiVersion, kind, group, root }) => {
    if (!FILES_OF_THE_API_SERVER.has(group))
      expect(schemas.describe(apiVersion, kind, []), kind).toBeDefined();
    return schemas.validate(apiVersion, kind, root.toJS());
  });
}
