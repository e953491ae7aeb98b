import { describe, expect, it } from 'vitest';
import { githubReport } from '../../server/src/report/github.ts';
import { gitlabReport } from '../../server/src/report/gitlab.ts';
import { jsonReport } from '../../server/src/report/json.ts';
import { junitReport } from '../../server/src/report/junit.ts';
import { applyEdits } from '../../server/src/syntax/ranges.ts';
import { POD, runOf } from '../support/report-run.ts';

const named = (name: string) =>
  `apiVersion: v1\nkind: Pod\nspec: {containers: [{name: ${name}, securityContext: {privileged: true}}]}\n`;

describe('JSON', () => {
  const { findings, summary } = JSON.parse([...jsonReport(runOf({ 'a.yaml': POD }))].join(''));

  it('counts', () => {
    expect(summary).toEqual({ files: 1, error: 1, warning: 1, information: 0, suppressed: 1 });
  });

  it('tells all of a finding', () => {
    expect(findings[0]).toMatchObject({
      rule: 'privileged-container',
      severity: 'error',
      citations: ['164.312(a)(1)'],
      file: 'a.yaml',
      range: { start: { line: 9, column: 21 }, end: { line: 9, column: 25 } },
      path: 'spec.containers[0].securityContext.privileged',
      resource: { kind: 'Pod', name: 'records' },
    });
    expect(applyEdits(POD, findings[0].fixes[0].edits)).toBe(
      POD.replace('privileged: true', 'privileged: false'),
    );
    expect(findings[0].suppression).toBeUndefined();
    expect(findings[2].suppression).toEqual({
      reason: 'driver, ends with the old scanner',
      until: '2027-01-31',
    });
  });

  it('leaves out fixes that would write a credential', () => {
    expect(findings[1].fixes.map(({ title }: { title: string }) => title)).toEqual(['Remove ********']);
  });
});

describe('JUnit', () => {
  it('has a suite a file and a case a finding', () => {
    const report = junitReport(runOf({ 'a.yaml': POD, 'clean.yaml': '' }));
    expect(report).toContain('<testsuites name="kube-safeguards" tests="4" failures="2" skipped="1">');
    expect(report).toContain('<testsuite name="a.yaml" tests="3" failures="2" skipped="1" errors="0">');
    expect(report).toContain('<skipped message="driver, ends with the old scanner"/>');
    expect(report).toContain('<testcase classname="clean.yaml" name="no findings"/>');
  });

  it('escapes what XML would misread', () => {
    const report = junitReport(runOf({ 'a&b.yaml': named('"<x>&\\"\\u0001"') }));
    expect(report).toContain('classname="a&amp;b.yaml"');
    expect(report).toContain('Container &quot;&lt;x&gt;&amp;&quot;\ufffd&quot; is privileged.');
  });
});

describe('GitHub annotations', () => {
  it('are one line a finding that counts', () => {
    const [first, second, ...others] = githubReport(runOf({ 'a.yaml': POD })).split('\n');
    expect(first).toBe(
      '::error title=privileged-container,file=a.yaml,line=9,col=21,endColumn=25,endLine=9::Container "api" is privileged.',
    );
    expect(second).toMatch(/^::warning title=secret-in-env,/);
    expect(others).toEqual(['']);
  });

  it('escape what would end a command', () => {
    const report = githubReport(runOf({ 'a,b:c.yaml': named('"50%\\nx"') }));
    expect(report).toContain('file=a%2Cb%3Ac.yaml,');
    expect(report).toContain('::Container "50%25%0Ax" is privileged.\n');
  });
});

describe('GitLab Code Quality', () => {
  const issues = JSON.parse(gitlabReport(runOf({ 'apps/a.yaml': POD, 'apps/b.yaml': POD })));

  it('has what GitLab needs of each finding that counts, and nothing else', () => {
    expect(issues).toHaveLength(4);
    for (const issue of issues) {
      expect(Object.keys(issue).sort()).toEqual([
        'check_name',
        'description',
        'fingerprint',
        'location',
        'severity',
      ]);
      expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(issue.severity);
      expect(issue.location).toEqual({
        path: expect.stringMatching(/^apps\/[ab]\.yaml$/),
        lines: { begin: expect.any(Number), end: expect.any(Number) },
      });
    }
    expect(issues[0]).toMatchObject({
      check_name: 'privileged-container',
      severity: 'critical',
      location: { path: 'apps/a.yaml', lines: { begin: 9 } },
    });
  });

  it('gives each finding a fingerprint of its own, which stays when lines move', () => {
    const prints = (text: string): string[] =>
      JSON.parse(gitlabReport(runOf({ 'a.yaml': text }))).map(
        ({ fingerprint }: { fingerprint: string }) => fingerprint,
      );
    const all = prints(`${POD}---\n${POD}`);
    expect(new Set(all).size).toBe(all.length);
    expect(prints(`# moved\n${POD}`)).toEqual(prints(POD));
  });
});
