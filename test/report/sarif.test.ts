import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { sarifReport } from '../../server/src/report/sarif.ts';
import { rules } from '../../server/src/rules/index.ts';
import { POD, reportRules, runOf } from '../support/report-run.ts';

const SCHEMA_FILE = join(import.meta.dirname, '../fixtures/sarif/sarif-2.1.0-rtm.5.json');

// The schema is of draft 4, of which it uses nothing that draft 7 reads otherwise.
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'));
const validate = new Ajv({
  strict: false,
  allErrors: true,
  unicodeRegExp: false,
  formats: { uri: (text) => URL.canParse(text), 'uri-reference': isUriReference, 'date-time': true },
}).compile(schema);

function isUriReference(text: string): boolean {
  return /^(?:[\w.~!$&'()*+,;=:@/?#[\]-]|%[0-9A-F]{2})*$/.test(text);
}

interface Region {
  startLine: number;
  startColumn: number;
  charOffset: number;
  charLength: number;
}

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  locations: [{ physicalLocation: { artifactLocation: { uri: string }; region: Region } }];
  partialFingerprints: Record<string, string>;
  fixes: {
    artifactChanges: [{ replacements: { deletedRegion: Region; insertedContent?: { text: string } }[] }];
  }[];
  suppressions: { kind: string; justification: string; location: unknown }[];
}

function sarifOf(files: Record<string, string>, options: Parameters<typeof runOf>[1] = {}) {
  const log = JSON.parse([...sarifReport(runOf(files, options))].join(''));
  const errors = validate(log) ? [] : validate.errors;
  expect(errors).toEqual([]);
  const [run] = log.runs;
  return { run, results: run.results as Result[], rules: run.tool.driver.rules as { id: string }[] };
}

describe('the SARIF log', () => {
  it('is valid with every rule of the catalogue', () => {
    const { rules: descriptors } = sarifOf({}, { rules });
    expect(descriptors.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  });

  it('has one result a finding, which points at its rule and at the flagged text', () => {
    const { results, rules: descriptors } = sarifOf({ 'deploy/api.yaml': POD });
    expect(
      results.map(({ ruleId, level, locations: [{ physicalLocation: at }] }) => [
        ruleId,
        level,
        at.artifactLocation.uri,
        `${at.region.startLine}:${at.region.startColumn}`,
        POD.slice(at.region.charOffset, at.region.charOffset + at.region.charLength).length,
      ]),
    ).toEqual([
      ['privileged-container', 'error', 'deploy/api.yaml', '9:21', 4],
      ['secret-in-env', 'warning', 'deploy/api.yaml', '12:18', 17],
      ['privileged-container', 'error', 'deploy/api.yaml', '15:21', 4],
    ]);
    for (const { ruleId, ruleIndex } of results) expect(descriptors[ruleIndex]?.id).toBe(ruleId);
  });

  it('says which findings are suppressed, and why', () => {
    const { results } = sarifOf({ 'a.yaml': POD });
    expect(results.map(({ suppressions }) => suppressions.length)).toEqual([0, 0, 1]);
    expect(results[2]?.suppressions[0]).toMatchObject({
      kind: 'inSource',
      status: 'accepted',
      justification: 'driver, ends with the old scanner',
      properties: { until: '2027-01-31' },
      location: { physicalLocation: { region: { startLine: 15 } } },
    });
  });

  it('has fixes that give the fixed text', () => {
    const { results } = sarifOf({ 'a.yaml': POD });
    const replacement = results[0]?.fixes[0]?.artifactChanges[0].replacements[0];
    const { charOffset = 0, charLength = 0 } = replacement?.deletedRegion ?? {};
    const fixed =
      POD.slice(0, charOffset) + replacement?.insertedContent?.text + POD.slice(charOffset + charLength);
    expect(fixed).toBe(POD.replace('privileged: true', 'privileged: false'));
  });

  it('writes paths as addresses relative to the working folder', () => {
    const { results } = sarifOf({ 'dé ploy/a#1%.yaml': POD });
    const uri = results[0]?.locations[0].physicalLocation.artifactLocation.uri;
    expect(uri).toBe('d%C3%A9%20ploy/a%231%25.yaml');
  });

  it('carries what could not be checked', () => {
    const { run } = sarifOf(
      {},
      {
        rules: reportRules,
        problems: [
          {
            level: 'error',
            path: 'x.yaml',
            position: { line: 2, character: 4 },
            message: 'It cannot be read.',
          },
          { level: 'note', message: 'Something.' },
        ],
      },
    );
    expect(run.invocations[0].executionSuccessful).toBe(false);
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(2);
  });

  it('names a finding the same after its line has moved, and two findings differently', () => {
    const namesIn = (text: string) =>
      sarifOf({ 'a.yaml': text }).results.map((result) => Object.values(result.partialFingerprints)[0]);
    const names = namesIn(POD);
    expect(namesIn(`# moved\n\n${POD}`)).toEqual(names);
    expect(new Set(names).size).toBe(3);
  });
});
