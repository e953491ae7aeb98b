/** Tests of `npm start`: it opens an editor on the example, and Ctrl-C leaves nothing behind. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { root } from '../../scripts/steps.ts';
import { artifacts, newPage } from './editor.ts';
import type { Test } from './runner.ts';

export function startTests(browser: Browser): Test[] {
  return [
    {
      name: 'npm start opens the example with its findings, and ends at Ctrl-C',
      run: async () => {
        const script = join(root, 'scripts/start.ts');
        const started = spawn(process.execPath, [script, '--in-browser'], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const exited = once(started, 'exit');
        const page = await newPage(browser);
        try {
          const address = await printedAddress(started.stdout);
          await page.goto(address);
          await page.locator('.squiggly-error').first().waitFor();
          await page.screenshot({ path: join(artifacts, 'start.png') });
          await page.close();
          started.kill('SIGINT');
          const [code] = await exited;
          if (code !== 0) throw new Error(`It ended with ${code}.`);
          const isServed = await fetch(address).then(
            () => true,
            () => false,
          );
          if (isServed) throw new Error('The editor is still served.');
        } finally {
          started.kill('SIGKILL');
        }
      },
    },
  ];
}

async function printedAddress(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of output) {
    text += chunk;
    const address = /http:\S+/.exec(text)?.[0];
    if (address) return address;
  }
  throw new Error(`No address was printed:\n${text}`);
}
