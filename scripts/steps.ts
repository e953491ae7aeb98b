/** Long commands told in one line per step: `Building ... 0.4 s`. */

import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');

/** The finished command: its exit code, and everything that it printed. */
export interface Finished {
  code: number;
  output: string;
}

/** Runs `work` and prints one line: the title, then the time that it took or "failed". Errors pass through. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  process.stdout.write(`${title} ... `);
  try {
    const result = await work();
    console.log(seconds(started));
    return result;
  } catch (error) {
    console.log(`failed after ${seconds(started)}`);
    throw error;
  }
}

export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Runs a program of the project with this Node and collects what it prints.
 * `program` is the path of a script, relative to the project's root.
 */
export function runNode(program: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  return new Promise<Finished>((done, failed) => {
    const child = spawn(process.execPath, [join(root, program), ...args], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', failed);
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}
