/**
 * Small extensions under the names of the YAML and the Kubernetes extension that do what matters beside them: the one tells what does not fit a schema and
 * describes fields, with the API by which others bring it schemas; the other brings it one, and the language of templates with some of its functions and values.
 */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { testFolder } from '../../scripts/host/install.ts';

const YAML = `const vscode = require('vscode');
const contributors = [];
exports.activate = ({ subscriptions }) => {
  const collection = vscode.languages.createDiagnosticCollection('yaml');
  const check = (document) => {
    if (document.languageId !== 'yaml') return;
    const found = [];
    for (let line = 0; line < document.lineCount; line++) {
      const { text, range } = document.lineAt(line);
      const tell = (source, message) => found.push(Object.assign(new vscode.Diagnostic(range, message), { source }));
      if (/replicas: two/.test(text)) tell('yaml-schema: deployment', 'Incorrect type. Expected "integer".');
      if (/"[^"]*$/.test(text)) tell('YAML', 'Missing closing "quote');
    }
    collection.set(document.uri, found);
  };
  vscode.workspace.textDocuments.forEach(check);
  subscriptions.push(
    collection,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
  );
  return {
    registerContributor: (_scheme, requestSchema) => contributors.push(requestSchema),
    requestCustomSchema: (resource) => contributors.map((requestSchema) => requestSchema(resource)).filter(Boolean),
  };
};
`;

const KUBERNETES = `const vscode = require('vscode');
exports.activate = async () => {
  const yaml = await vscode.extensions.getExtension('redhat.vscode-yaml').activate();
  yaml.registerContributor('kubernetes', () => 'kubernetes://schema/apps/v1%40deployment');
  const provideCompletionItems = (document, position) => {
    const before = document.lineAt(position).text.slice(0, position.character);
    const names = /[.]Values[.]$/.test(before) ? ['image'] : ['define', 'env', 'quote'];
    return names.map((name) => new vscode.CompletionItem(name, vscode.CompletionItemKind.Constant));
  };
  const provideHover = (document, position) => {
    const word = document.getText(document.getWordRangeAtPosition(position));
    return word === 'quote' ? new vscode.Hover('surrounds with quotes') : undefined;
  };
  vscode.languages.registerCompletionItemProvider('helm', { provideCompletionItems });
  vscode.languages.registerHoverProvider('helm', { provideHover });
};
`;

/** Makes the packages of both, the one that the other needs first. */
export async function makeStandIns(): Promise<string[]> {
  return [
    await makeExtension('redhat', 'vscode-yaml', YAML, {}),
    await makeExtension('ms-kubernetes-tools', 'vscode-kubernetes-tools', KUBERNETES, {
      extensionDependencies: ['redhat.vscode-yaml'],
      contributes: {
        languages: [
          { id: 'helm', filenamePatterns: ['**/templates/*.yaml', '**/templates/*.tpl'], aliases: ['helm'] },
        ],
      },
    }),
  ];
}

async function makeExtension(publisher: string, name: string, code: string, more: object): Promise<string> {
  const folder = join(testFolder, 'stand-ins', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest = {
    publisher,
    name,
    version: '0.0.1',
    description: 'A stand-in for tests.',
    engines: { vscode: '^1.100.0' },
    main: './extension.js',
    activationEvents: ['onLanguage:yaml', 'onLanguage:helm'],
    ...more,
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.js'), code);
  await writeFile(join(folder, '.vscodeignore'), '*.vsix');
  const packagePath = join(folder, `${name}.vsix`);
  const options = { cwd: folder, packagePath, dependencies: false, allowMissingRepository: true };
  await createVSIX({ ...options, skipLicense: true });
  return packagePath;
}
