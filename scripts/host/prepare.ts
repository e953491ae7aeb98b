/** Installs what the tests in VS Code need, unless it is there: the embedded host and a browser. */

import { findBrowser } from './browser.ts';
import { installHost } from './install.ts';

await installHost();
await findBrowser();
