import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { prettyReport } from '../../server/src/report/pretty.ts';
import { POD, runOf, SECRET } from '../support/report-run.ts';

const plain = { colour: false };

/** The lines of the frame of the only finding in a pod whose container is written in one line. */
function frameOf(container: string, lineEnd = '\n'): string[] {
  const text = ['apiVersion: v1', 'kind: Pod', 'spec:', '  containers:', `    - ${container}`].join(lineEnd);
  const lines = prettyReport(runOf({ 'a.yaml': text }), plain).split('\n');
  return lines.filter((line) => /^ *\d* \|/.test(line)).map((line) => line.slice(4));
}

describe('the report for people', () => {
  it('shows findings by file with the flagged line, and sums up', () => {
    const run = runOf({ 'deploy/api.yaml': POD, 'deploy/empty.yaml': '' });
    expect(prettyReport(run, plain)).toBe(`deploy/api.yaml
  9:21 error privileged-container 45 CFR 164.312(a)(1)
    Container "api" is privileged.
    9 |         privileged: true
      |                     ~~~~
    fix: Set privileged: false (--fix)
    fix: Remove privileged (review)

  12:18 warning secret-in-env 45 CFR 164.312(a)(2)(iv)
    The password ******** stands here.
    line 11: Beside ********
    12 |           value: ******** # until the vault is there
       |                  ~~~~~~~~
    fix: Remove ******** (--fix)
    fix: Copy (review)

1 error, 1 warning, 0 information in 1 of 2 files. 1 finding suppressed.
2 can be fixed with --fix, 2 with --fix=all.
`);
  });

  it('says so when there is nothing', () => {
    expect(prettyReport(runOf({ 'a.yaml': 'kind: Pod\napiVersion: v1\n' }), plain)).toBe(
      'No findings in 1 file.\n',
    );
  });

  it('tells what was fixed', () => {
    const run = { ...runOf({ 'a.yaml': '' }), fixed: { fixes: 2, files: 1 } };
    expect(prettyReport(run, plain)).toBe('2 fixes applied in 1 file.\nNo findings in 1 file.\n');
  });

  it('has colours where they are wanted, around the same text', () => {
    const run = runOf({ 'a.yaml': POD });
    const coloured = prettyReport(run, { colour: true });
    expect(coloured).toContain('\u001b[31merror\u001b[39m');
    expect(stripVTControlCharacters(coloured)).toBe(prettyReport(run, plain));
  });

  it('underlines in files with CRLF', () => {
    expect(frameOf('{name: a, securityContext: {privileged: true}}', '\r\n')).toEqual([
      '5 |     - {name: a, securityContext: {privileged: true}}',
      '  |                                               ~~~~',
    ]);
  });

  it('cuts long lines around the flagged text', () => {
    const filler = `x: ${'y'.repeat(300)}`;
    const [source = '', marks = ''] = frameOf(
      `{name: a, ${filler}, securityContext: {privileged: true}, ${filler}}`,
    );
    expect(source.length).toBeLessThan(120);
    expect(source.slice(marks.indexOf('~'), marks.lastIndexOf('~') + 1)).toBe('true');
    expect(source).toMatch(/^5 \| \.\.\.\w.*y\.\.\.$/);
  });

  it('lets no control character of a file through', () => {
    const [source = '', marks = ''] = frameOf(
      '{name: "a\u001b[2Jb\u0007", securityContext: {privileged: true}}',
    );
    expect(source).toContain('a\ufffd[2Jb\ufffd');
    expect(source.slice(marks.indexOf('~'))).toMatch(/^true/);
  });

  it('masks a credential on a line that another rule flags', () => {
    const [source = '', marks = ''] = frameOf(
      `{name: a, env: [{name: PASSWORD, value: ${SECRET}}], securityContext: {privileged: true}}`,
    );
    expect(source).toContain('value: ********}]');
    expect(marks).toMatch(/~~~~/);
    expect(source).not.toContain(SECRET);
  });
});
