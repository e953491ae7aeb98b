import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runCommand } from '../../server/src/cli/main.ts';
import { resourcesOf } from '../../server/src/kubernetes/resource.ts';
import { rules } from '../../server/src/rules/index.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { TODAY } from './check-text.ts';
import { loadKubernetesSchemas } from './schemas.ts';

const root = join(import.meta.dirname, '../..');

/** The files of an example, as paths in its folder. */
export function filesOf(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

export interface ExampleFinding {
  /** The path in the example. */
  readonly file: string;
  readonly rule: string;
  readonly message: string;
  /** Lines count from one. */
  readonly range: { readonly start: { readonly line: number } };
  readonly suppression?: unknown;
}

/** The findings of an example, as the command line finds them; suppressed ones are left out. */
export async function checkedExample(folder: string): Promise<ExampleFinding[]> {
  let output = '';
  let errors = '';
  await runCommand(['check', folder, '--format', 'json'], {
    workingFolder: root,
    rules,
    version: '0.0.0',
    now: 0,
    today: TODAY,
    colour: false,
    standardInput: new Uint8Array(),
    writeOutput: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
  });
  expect(errors).toBe('');
  const { findings } = JSON.parse(output) as { findings: ExampleFinding[] };
  return findings
    .filter(({ suppression }) => suppression === undefined || suppression === null)
    .map((finding) => ({ ...finding, file: finding.file.slice(folder.length + 1) }));
}

/** Rule ids by file, as the command line finds them. */
export async function findingsOf(folder: string): Promise<Map<string, Set<string>>> {
  const byFile = new Map<string, Set<string>>();
  for (const { file, rule } of await checkedExample(folder)) {
    byFile.set(file, (byFile.get(file) ?? new Set()).add(rule));
  }
  return byFile;
}

/** What the API server would refuse in the manifests of an example. */
export async function schemaProblemsOf(folder: string): Promise<unknown[]> {
  const schemas = await loadKubernetesSchemas();
  const manifests = filesOf(folder).filter((file) => file.startsWith('manifests/'));
  return manifests.flatMap((file) => {
    const text = readFileSync(join(root, folder, file), 'utf8');
    const resources = splitDocuments(text).flatMap(({ document }) =>
      resourcesOf(parseDocument(document.text)),
    );
    return resources.flatMap(({ apiVersion, kind, root: value }) =>
      schemas.validate(apiVersion, kind, value.toJS()).map((problem) => ({ file, ...problem })),
    );
  });
}
