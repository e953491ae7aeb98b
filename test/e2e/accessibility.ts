/**
 * That the evidence report can be read by everybody: what axe-core finds in it, and the way of the keyboard. In a browser, as the panel of the editor shows
 * the same page without scripts, which axe-core needs.
 */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../scripts/steps.ts';
import { artifacts } from './editor.ts';
import type { Test } from './runner.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface AxeResults {
  readonly passes: readonly unknown[];
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}

/** What axe-core has to say against a page, one line a place. */
async function barriersIn(page: Page): Promise<string[]> {
  // Evaluated, not added: the page's policy lets no script in.
  await page.evaluate(await readFile(axe, 'utf8'));
  const { passes, violations } = (await page.evaluate('axe.run(document)')) as AxeResults;
  assert.ok(passes.length > 20, 'it has looked at the page');
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
  );
}

interface Look {
  readonly name: string;
  /** What the system asks for. */
  readonly colorScheme: 'light' | 'dark';
  /** The class by which a webview tells the theme of its editor. */
  readonly body?: string;
  /** In pixels. */
  readonly width?: number;
}

export function accessibilityTests(browser: Browser): Test[] {
  const looks: readonly Look[] = [
    { name: 'light', colorScheme: 'light' },
    { name: 'dark', colorScheme: 'dark' },
    { name: 'dark in a light editor', colorScheme: 'dark', body: 'vscode-light' },
    { name: 'light in a dark editor', colorScheme: 'light', body: 'vscode-dark' },
    { name: 'high contrast', colorScheme: 'dark', body: 'vscode-high-contrast' },
    { name: 'a narrow window', colorScheme: 'light', width: 380 },
  ];
  return [
    ...looks.map(({ name, colorScheme, body = '', width = 1280 }) => ({
      name: `the evidence report has no barriers that axe-core finds (${name})`,
      run: async () => {
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
        try {
          await page.goto(await report());
          await page.evaluate(`document.body.className = '${body}'`);
          assert.deepEqual(await barriersIn(page), []);
        } finally {
          await page.close();
        }
      },
    })),
    {
      name: 'the keyboard goes through the evidence report in its order, visibly, and past its head',
      run: async () => {
        const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
        try {
          await page.goto(await report());
          await goesInOrder(page);
          await skips(page);
        } finally {
          await page.close();
        }
      },
    },
  ];
}

async function goesInOrder(page: Page): Promise<void> {
  const stops = Number(
    await page.evaluate(`(() => {
      globalThis.stops = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
        .filter((element) => element.checkVisibility()); // not in what is folded
      return stops.length;
    })()`),
  );
  assert.ok(stops > 10);
  for (let index = 0; index < stops; index++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(`(() => {
      const element = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { width, height, bottom, top } = element.getBoundingClientRect();
      const isInView = bottom > 0 && top < innerHeight && width > 0 && height > 0;
      const isMarked = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
      return { index: stops.indexOf(element), isInView, isMarked, text: element.textContent.slice(0, 40) };
    })()`);
    const { text } = at as { text: string };
    assert.deepEqual(at, { index, isInView: true, isMarked: true, text });
  }
}

/** The first stop leads past all that stands above the report. */
async function skips(page: Page): Promise<void> {
  await page.reload();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const isPast = await page.evaluate(`(() => {
    const main = document.querySelector('main');
    return main.contains(document.activeElement);
  })()`);
  assert.ok(isPast, 'the focus is in the report');
}

/** Makes the report on the example and tells its address. */
async function report(): Promise<string> {
  const file = join(artifacts, 'evidence.html');
  const command = [
    join(root, 'dist/cli.js'),
    'report',
    '--format',
    'html',
    '--output',
    file,
    'examples/clinic',
  ];
  await promisify(execFile)(process.execPath, command, { cwd: root });
  return pathToFileURL(file).href;
}
