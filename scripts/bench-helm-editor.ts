import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connectToProcess, type TestClient } from '../test/support/language-client.ts';

const KEYSTROKES = 60;
const WARM_UP = 20;

/** Between two keystrokes, in ms. */
const TYPING = 60;

/** Long enough for the server to be done with everything that has waited, in ms. */
const REST = 3000;

/** In ms: medians of the time from a keystroke to the findings of the edited file. */
export interface EditorFigures {
  readonly template: number;
  readonly values: number;
  /** Of the server, in MB. */
  readonly memory: number;
}

/**
 * Types in a template and in the values of a chart, over the protocol.
 *
 * @param server the built language server
 * @param chart its folder
 */
export async function measureEditor(server: string, chart: string): Promise<EditorFigures> {
  const { client, process: child } = connectToProcess(server);
  const rootUri = pathToFileURL(chart).href;
  await client.initialize(
    { textDocument: { diagnostic: {} } },
    { workspaceFolders: [{ uri: rootUri, name: 'chart' }] },
  );
  const template = await type(client, rootUri, chart, templateOf(chart), /^kind: \w+$/m);
  const values = await type(client, rootUri, chart, 'values.yaml', /^ *replica(?:s|Count): \d+$/m);
  const memory = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024;
  await client.exit();
  return { template, values, memory };
}

/** A workload as charts have them, in the middle of the others. */
function templateOf(chart: string): string {
  const files = readdirSync(join(chart, 'templates'), { recursive: true, encoding: 'utf8' })
    .map((file) => `templates/${file}`)
    .filter((file) => file.endsWith('.yaml') && statSync(join(chart, file)).isFile())
    .filter((file) => /^kind: Deployment$/m.test(readFileSync(join(chart, file), 'utf8')))
    .sort();
  return files[Math.floor(files.length / 2)] ?? 'values.yaml';
}

/** Types and deletes a character at the end of the first line that matches. */
async function type(
  client: TestClient,
  rootUri: string,
  chart: string,
  file: string,
  line: RegExp,
): Promise<number> {
  const text = readFileSync(join(chart, file), 'utf8');
  const uri = `${rootUri}/${file}`;
  const match = line.exec(text);
  const before = text.slice(0, (match?.index ?? 0) + (match?.[0].length ?? 0)).split('\n');
  const start = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const pull = () => client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  await client.open(uri, text);
  await pull();
  await rest(REST);
  const times: number[] = [];
  for (let keystroke = 0; keystroke < WARM_UP + KEYSTROKES; keystroke++) {
    const isTyped = keystroke % 2 === 0;
    const end = { line: start.line, character: start.character + (isTyped ? 0 : 1) };
    const from = performance.now();
    void client.change(uri, keystroke + 2, [{ range: { start, end }, text: isTyped ? '1' : '' }]);
    await pull();
    times.push(performance.now() - from);
    await rest(TYPING);
  }
  await client.close(uri);
  return times.slice(WARM_UP).sort((a, b) => a - b)[Math.floor(KEYSTROKES / 2)] ?? Number.NaN;
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}
