/**
 * Opens an editor with the extension on a fresh copy of examples/clinic: desktop VS Code when `code` is on the
 * PATH, else VS Code in the browser, from .vscode-test/. Ctrl-C ends everything. `--in-browser` prints an address
 * for a browser in any case, and opens nothing.
 */

import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { testFolder } from './host/install.ts';
import { interrupted } from './host/processes.ts';
import { editorAddress, startHost } from './host/server.ts';
import { root, runNode, step } from './steps.ts';

const inBrowser = process.argv.includes('--in-browser');
const onWindows = process.platform === 'win32';
const workspace = join(testFolder, 'workspace');
const firstFile = join(workspace, 'manifests/api.yaml');

await step('Building', async () => {
  const { code, output } = await runNode('scripts/build.ts');
  if (code !== 0) throw new Error(output);
});
await rm(workspace, { recursive: true, force: true });
await mkdir(testFolder, { recursive: true });
await cp(join(root, 'examples/clinic'), workspace, { recursive: true });

if (!inBrowser && hasDesktopEditor()) openDesktopEditor();
else await serveEditor();

function hasDesktopEditor(): boolean {
  return spawnSync('code', ['--version'], { shell: onWindows, stdio: 'ignore' }).status === 0;
}

function openDesktopEditor(): void {
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, workspace, firstFile];
  spawnSync('code', args, { shell: onWindows, stdio: 'inherit' });
  console.log(`VS Code is open on ${workspace}.`);
}

async function serveEditor(): Promise<void> {
  const stopped = interrupted();
  const host = await startHost();
  const address = editorAddress(host, { workspace, file: firstFile, extension: root });
  console.log(`\nVS Code with Kube Safeguards: ${address}\n\nCtrl-C ends it.`);
  if (!inBrowser) openBrowser(address);
  await stopped;
  await host.stop();
}

/** Opens the user's browser where there is a desktop; elsewhere the printed address is enough. */
function openBrowser(address: string): void {
  const hasDesktop =
    onWindows || process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDesktop) return;
  const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
    win32: ['cmd', '/c', 'start', '""'],
    darwin: ['open'],
  };
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
  opener.on('error', () => {}); // no opener: the address is on the screen
  opener.unref();
}
