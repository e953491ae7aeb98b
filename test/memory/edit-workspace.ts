import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { WorkspaceDiagnosticReport } from 'vscode-languageserver';
import { rules } from '../../server/src/rules/index.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

/**
 * Edits the files of a workspace again and again, open and closed ones, and tells how much memory is in use on the way.
 *
 * Usage: node --expose-gc edit-workspace.ts EDITS SAMPLES
 * Prints the bytes in use after each of SAMPLES parts of the edits, as a JSON array.
 */
const [edits = 10_000, samples = 5] = process.argv.slice(2).map(Number);

const ROOT = 'file:///work';
const EXAMPLES = join(import.meta.dirname, '../../examples');
/** So many edits apart, everything is asked for. */
const PAUSE = 1000;

function textsIn(example: string): Record<string, string> {
  const folder = join(EXAMPLES, example);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile() && /\.(?:ya?ml|tpl)$/.test(entry.name))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const name = relative(folder, path).split(sep).join('/');
        return [`${ROOT}/${example}/${name}`, readFileSync(path, 'utf8')];
      }),
  );
}

/** The files that are open all the time, of each sort one, and how often they are edited. */
const OFTEN = ['clinic/manifests/api.yaml', 'clinic/manifests/namespace.yaml', 'clinic/manifests/rbac.yaml'];
const SOMETIMES = [
  'monorepo/appointments/base/deployment.yaml',
  'monorepo/appointments/overlays/prod/kustomization.yaml',
  'monorepo/appointments/overlays/prod/hardened.yaml',
];
const RARELY = [
  'clinic/.kube-safeguards.yaml',
  'clinic/charts/patient-portal/values.yaml',
  'clinic/charts/patient-portal/templates/deployment.yaml',
];
const OPEN = [...OFTEN, ...SOMETIMES, ...RARELY].map((file) => `${ROOT}/${file}`);

/** Numbers that look random, the same ones in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A text with a name, a value or a comment that was never there before. */
function edited(text: string, edit: number, next: (below: number) => number): string {
  const names = [...text.matchAll(/^( *(?:- )?(?:name|namespace|app|team|image)): \S+$/gm)];
  const chosen = names[next(names.length * 2)];
  if (chosen === undefined) return `${text}# ${edit}\n`;
  return `${text.slice(0, chosen.index)}${chosen[1]}: edit-${edit}${text.slice(chosen.index + chosen[0].length)}`;
}

const files = { ...textsIn('clinic'), ...textsIn('monorepo') };
const closed = Object.keys(files).filter((uri) => !OPEN.includes(uri));
const fileSystem = new MemoryFileSystem(files);
const client = connectInProcess({ rules, fileSystem });
const next = numbers(1);
let version = 1;
let previousResultIds: { uri: string; value: string }[] = [];

async function askForAll(): Promise<void> {
  const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
    previousResultIds,
  });
  previousResultIds = items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
  for (const uri of OPEN) {
    const textDocument = { uri };
    const range = { start: { line: 0, character: 0 }, end: { line: 60, character: 0 } };
    const context = { diagnostics: [] };
    await client.connection.sendRequest('textDocument/codeAction', { textDocument, range, context });
    await client.connection.sendRequest('textDocument/hover', { textDocument, position: range.end });
    await client.connection.sendRequest('textDocument/documentLink', { textDocument });
  }
  // The tests' own records are no leak.
  fileSystem.reads.length = 0;
  client.published.length = 0;
  client.logged.length = 0;
}

async function editOpen(edit: number): Promise<void> {
  const sort = next(60) === 0 ? RARELY : next(6) === 0 ? SOMETIMES : OFTEN;
  const uri = `${ROOT}/${sort[next(sort.length)]}`;
  await client.change(uri, ++version, [{ text: edited(files[uri] ?? '', edit, next) }]);
  await client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
}

async function editClosed(edit: number): Promise<void> {
  const uri = closed[next(closed.length)] ?? '';
  const text = files[uri] ?? '';
  const chance = next(10);
  if (chance === 0) {
    await client.open(uri, edited(text, edit, next), 'yaml', ++version);
    await client.close(uri);
  } else if (chance === 1) fileSystem.remove(uri);
  else fileSystem.write(uri, edited(text, edit, next));
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri, type: 2 }],
  });
}

async function bytesInUse(): Promise<number> {
  await askForAll();
  for (let round = 0; round < 4; round++) {
    await setImmediate();
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

await client.initialize({ textDocument: { diagnostic: {} } }, { rootUri: ROOT });
for (const uri of OPEN) await client.open(uri, files[uri] ?? '', 'yaml', version);
const inUse: number[] = [];
for (let edit = 1; edit <= edits; edit++) {
  await (next(4) === 0 ? editClosed(edit) : editOpen(edit));
  if (edit % PAUSE === 0) await askForAll();
  if (edit % (edits / samples) === 0) inUse.push(await bytesInUse());
}
process.stdout.write(`${JSON.stringify(inUse)}\n`);
process.exit(0);
