/** Runs the suite in desktop VS Code, which this downloads; needs the internet, and on Linux a display. */

import { runTests as runInDesktop } from '@vscode/test-electron';
import { root } from '../../scripts/steps.ts';
import { emptyWorkspace } from './editor.ts';
import { bundleSuite } from './suite-bundle.ts';

const workspace = await emptyWorkspace('desktop');
process.exitCode = await runInDesktop({
  extensionDevelopmentPath: root,
  extensionTestsPath: await bundleSuite('node'),
  launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome'],
});
