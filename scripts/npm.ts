/** Runs npm: the one that started us, or else the one on the PATH. */

import { spawn } from 'node:child_process';

/** @throws when npm fails, with the end of its output. */
export function npm(args: readonly string[], cwd: string): Promise<void> {
  const launcher = process.env.npm_execpath;
  const [command, ...first] = launcher?.endsWith('.js') ? [process.execPath, launcher] : ['npm'];
  return new Promise((done, failed) => {
    const child = spawn(command as string, [...first, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on('error', () =>
      failed(new Error('npm was not found: install Node with npm from https://nodejs.org.')),
    );
    child.on('close', (code) => {
      if (code === 0) done();
      else
        failed(
          new Error(`npm ${args.join(' ')} failed:\n${errors.trim().split('\n').slice(-10).join('\n')}`),
        );
    });
  });
}
