/** Draws images/icon.png, which the marketplace wants, from images/icon.svg. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './host/browser.ts';
import { root } from './steps.ts';

const SIZE = { width: 128, height: 128 };

const browser = await launchBrowser();
const page = await browser.newPage({ viewport: SIZE });
await page.setContent(
  `<body style="margin: 0">${await readFile(join(root, 'images/icon.svg'), 'utf8')}</body>`,
);
await page.screenshot({ path: join(root, 'images/icon.png'), omitBackground: true });
await browser.close();
