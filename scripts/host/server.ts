/** Runs the installed VS Code server. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installHost, testFolder } from './install.ts';
import { spawnGroup, stopGroup } from './processes.ts';

/** The editor as on the desktop, without what this distribution adds. */
const defaultSettings = {
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

export interface Host {
  /** Host name and port, as in the address. */
  authority: string;
  /** Needed by every address; without it, any program on the machine could open the editor. */
  token: string;
  /** Absolute path of the folder with the installed extensions. */
  extensions: string;
  /** Everything that the server printed so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface HostOptions {
  /** Extensions (.vsix files) to install before the start. */
  install?: readonly string[];
  /** Settings of the machine, beyond those which make it look like the desktop. */
  settings?: Record<string, unknown>;
  /** Environment of the extension host, beyond our own. */
  env?: NodeJS.ProcessEnv;
}

/** Starts a host with data and extension folders of its own, which go away when it stops. */
export async function startHost({ install = [], settings = {}, env = {} }: HostOptions = {}): Promise<Host> {
  const main = await installHost();
  const data = await mkdtemp(join(testFolder, 'data-'));
  const extensions = join(data, 'extensions');
  const folders = ['--server-data-dir', data, '--extensions-dir', extensions];
  const token = crypto.randomUUID();
  await mkdir(join(data, 'data/Machine'), { recursive: true });
  await writeFile(
    join(data, 'data/Machine/settings.json'),
    JSON.stringify({ ...defaultSettings, ...settings }),
  );

  for (const vsix of install) await installExtension(main, [...folders, '--install-extension', vsix]);

  let output = '';
  const server = spawnGroup(
    process.execPath,
    [
      main,
      ...folders,
      ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token],
      ...['--telemetry-level', 'off', '--accept-server-license-terms', '--disable-workspace-trust'],
      '--enable-smoke-test-driver', // reads the address's payload, and tells when tests end
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  );

  const stop = async () => {
    await stopGroup(server);
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  };
  const port = await new Promise<string>((found, failed) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const port = /agent listening on (\d+)/.exec(output)?.[1];
      if (port) found(port);
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('exit', () => failed(new Error(`VS Code did not start:\n${output}`)));
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  return { authority: `127.0.0.1:${port}`, token, extensions, log: () => output, stop };
}

async function installExtension(main: string, args: string[]): Promise<void> {
  const child = spawnGroup(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0 || !output.includes('successfully installed')) throw new Error(`Not installed:\n${output}`);
}

export interface EditorOptions {
  /** Absolute path of the folder to open, or of a `.code-workspace` with several. */
  workspace: string;
  /** Absolute path of a file to open in it. */
  file?: string;
  /** Absolute path of an extension to load from its sources. */
  extension?: string;
  /** Absolute path of the tests to run: a module that exports `run`. */
  tests?: string;
}

/** The address of an editor, for a browser. */
export function editorAddress(host: Host, { workspace, file, extension, tests }: EditorOptions): string {
  const remote = (path: string) => `vscode-remote://${host.authority}${path}`;
  const payload = [['skipWelcome', 'true']];
  if (file) payload.push(['openFile', remote(file)]);
  if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ tkn: host.token, [kind]: workspace, payload: JSON.stringify(payload) });
  return `http://${host.authority}/?${query}`;
}
