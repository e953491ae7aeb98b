import { Uri, workspace } from 'vscode';
import { describeResult, runTests, type Test } from '../runner.ts';

/** Put in by the bundler. */
declare const ONLY: string;

/**
 * Runs tests and leaves the results in the workspace, as `suite-report.json`, for the program that started VS Code.
 *
 * @throws when a test fails
 */
export async function runSuite(tests: readonly Test[]): Promise<void> {
  const results = await runTests(tests, ONLY);
  for (const result of results) console.log(describeResult(result));
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (folder !== undefined) {
    const report = new TextEncoder().encode(JSON.stringify(results));
    await workspace.fs.writeFile(Uri.joinPath(folder, 'suite-report.json'), report);
  }
  const failed = results.filter(({ error }) => error !== undefined).length;
  if (failed > 0) throw new Error(`${failed} tests failed.`);
}
