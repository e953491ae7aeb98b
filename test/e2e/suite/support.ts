/** What the tests inside VS Code share: documents in the workspace, and waiting for their diagnostics. */

import {
  type Diagnostic,
  type Disposable,
  type Event,
  languages,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';

const WAIT_MS = 40_000;

/** A pod that runs privileged; its comments and layout have to survive every fix. */
export const privilegedPod = (name: string) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name} # a comment that stays
  namespace: clinic
spec:
  containers:
    - name: ${name}
      image: registry.example.com/${name}:1.4.2
      securityContext:
        privileged: true   # three spaces stay, too
`;

/** Writes a file into the workspace. */
export async function write(name: string, text: string): Promise<Uri> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('No folder is open.');
  const uri = Uri.joinPath(folder, name);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Writes a file into the workspace and shows it. */
export async function open(name: string, text: string): Promise<TextDocument> {
  const uri = await write(name, text);
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document);
  return document;
}

/** The diagnostics of one rule in a document, now. */
export function findings(document: TextDocument, rule: string): Diagnostic[] {
  return languages
    .getDiagnostics(document.uri)
    .filter(({ source, code }) => source === 'kube-safeguards' && idOf(code) === rule);
}

function idOf(code: Diagnostic['code']): string | undefined {
  return typeof code === 'object' ? String(code.value) : code?.toString();
}

/** Resolves once a document has `count` findings of a rule. */
export async function expectFindings(
  document: TextDocument,
  rule: string,
  count: number,
): Promise<Diagnostic[]> {
  await when(
    languages.onDidChangeDiagnostics,
    () => findings(document, rule).length === count,
    () => {
      const all = languages.getDiagnostics(document.uri).map(({ source, code }) => `${source}/${idOf(code)}`);
      return `${count} times ${rule} in ${document.uri.path}, which has: ${all.join(', ') || 'nothing'}`;
    },
  );
  return findings(document, rule);
}

/** Resolves once a condition holds; it is looked at again after each event. */
export function when<T>(event: Event<T>, holds: () => boolean, what: () => string): Promise<void> {
  return new Promise((done, failed) => {
    let subscription: Disposable | undefined;
    const timer = setTimeout(() => {
      subscription?.dispose();
      failed(new Error(`Waited in vain for ${what()}.`));
    }, WAIT_MS);
    const look = () => {
      if (!holds()) return;
      clearTimeout(timer);
      subscription?.dispose();
      done();
    };
    subscription = event(look);
    look();
  });
}
