/**
 * Everything that continuous integration checks: types, lint, every test, the build and the package.
 * All steps run, so that one run tells all that is wrong. The last line counts tests: `N passed, N failed`.
 */

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root, runNode, seconds } from './steps.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Step {
  title: string;
  /** A script of the project, relative to its root, and its arguments. */
  command: readonly [string, ...string[]];
  /** Where the step leaves its counts, for steps that run tests. */
  report?: string;
}

const reports = '.cache';
const unitReport = `${reports}/unit.json`;
const e2eReport = `${reports}/e2e.json`;

const steps: Step[] = [
  { title: 'Types', command: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'] },
  {
    title: 'Lint',
    command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--diagnostic-level=error', '.'],
  },
  { title: 'Build', command: ['scripts/build.ts'] },
  {
    title: 'Unit tests',
    command: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unitReport}`,
    ],
    report: unitReport,
  },
  { title: 'Package', command: ['scripts/package.ts'] },
  { title: 'VS Code, browser', command: ['scripts/host/prepare.ts'] },
  { title: 'Tests in VS Code', command: ['test/e2e/run.ts', `--report=${e2eReport}`], report: e2eReport },
];

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failures: { title: string; output: string }[] = [];

for (const step of steps) {
  const started = performance.now();
  process.stdout.write(`${step.title.padEnd(18)} `);
  if (step.report) await rm(join(root, step.report), { force: true });
  const [program, ...args] = step.command;
  const { code, output } = await runNode(program, args);
  const counts = step.report ? await readCounts(step.report) : undefined;
  addCounts(counts, code);
  if (code !== 0) failures.push({ title: step.title, output });
  const tests = counts ? `  (${describe(counts)})` : '';
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${seconds(started).padStart(7)}${tests}`);
}

for (const { title, output } of failures) console.log(`\n--- ${title} ---\n${output.trimEnd()}`);
console.log(`\n${describe(total)}`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** A step that fails without a failing test (a type error, a crash) counts as one failure. */
function addCounts(counts: Counts | undefined, code: number) {
  total.passed += counts?.passed ?? 0;
  total.skipped += counts?.skipped ?? 0;
  total.failed += counts?.failed || (code === 0 ? 0 : 1);
}

/** Both runners write Vitest's JSON report, of which this reads the totals. */
async function readCounts(report: string): Promise<Counts | undefined> {
  try {
    const json = JSON.parse(await readFile(join(root, report), 'utf8'));
    return {
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests + json.numTodoTests,
    };
  } catch {
    return undefined; // the step crashed before it wrote one; its exit code says so
  }
}

function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
