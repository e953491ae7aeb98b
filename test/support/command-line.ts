import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCommand } from '../../server/src/cli/main.ts';
import { TODAY } from './check-text.ts';
import { reportRules } from './report-run.ts';

/** A folder that exists as long as the test. */
export class TestFolder {
  readonly path: string;

  /** @param files contents by path, with `/` between the parts */
  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), 'kube-safeguards-')));
    onTestFinished(() => rmSync(this.path, { recursive: true, force: true }));
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  write(path: string, content: string | Uint8Array): void {
    const file = join(this.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), 'utf8');
  }

  /** Runs the command line tool in this folder, with the rules of the tests. */
  async run(args: string, input = '', rules = reportRules) {
    const printed = { output: '', errors: '' };
    const code = await runCommand(args.split(' '), {
      workingFolder: this.path,
      rules,
      version: '1.2.3',
      today: TODAY,
      now: Date.parse(TODAY),
      colour: false,
      standardInput: new TextEncoder().encode(input),
      writeOutput: (text) => {
        printed.output += text;
      },
      writeError: (text) => {
        printed.errors += text;
      },
    });
    return { code, ...printed };
  }

  /** The findings of a check as `file: rule`, suppressed ones left out. */
  async findings(args: string, input = '', rules = reportRules): Promise<string[]> {
    const { output } = await this.run(`check --format json ${args}`.trim(), input, rules);
    const { findings } = JSON.parse(output) as {
      findings: { file: string; rule: string; suppression?: unknown }[];
    };
    return findings
      .filter(({ suppression }) => suppression === undefined)
      .map(({ file, rule }) => `${file}: ${rule}`);
  }
}
