/** Rules across files find in many files what they find in one: the tables are written as one file, clusters are not. */

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { checkText } from '../support/check-text.ts';
import { TestFolder } from '../support/command-line.ts';
import { unmark } from '../support/marked-text.ts';
import type { RuleCases, ValidCase } from '../support/rule-cases.ts';

/** What is found, by document: its number, the line in it, and the message. */
type Found = readonly [document: number, line: number, message: string];

const nameOf = (document: number) => `${String(document).padStart(3, '0')}.yaml`;

function inOneFile(text: string, rule: Rule): Found[] {
  const placed = splitDocuments(text);
  return checkText(text, { rules: [rule] }).map(({ finding, placed: { document, startLine } }) => {
    const { line } = document.lines.positionAt(finding.range.start);
    return [placed.findIndex((place) => place.startLine === startLine), line + 1, finding.message] as const;
  });
}

async function inManyFiles(text: string, rule: Rule): Promise<Found[]> {
  const documents = splitDocuments(text).map(({ document }, index) => [nameOf(index), document.text]);
  const folder = new TestFolder(Object.fromEntries(documents));
  const { output } = await folder.run('check --format json', '', [rule]);
  const { findings } = JSON.parse(output) as {
    findings: { file: string; range: { start: { line: number } }; message: string; suppression?: unknown }[];
  };
  return findings
    .filter(({ suppression }) => suppression === undefined)
    .map(({ file, range, message }) => [Number.parseInt(file, 10), range.start.line, message] as const);
}

const isOrdinary = ({ code, settings, isolated, chart, fileName, language, alongside }: ValidCase) =>
  [settings, isolated, chart, fileName, language, alongside].every((special) => special === undefined) &&
  splitDocuments(unmark(code).text).length > 1;

const sorted = (found: readonly Found[]) => found.map((one) => JSON.stringify(one)).sort();

const tables = await Promise.all(
  rules
    .filter(({ meta }) => meta.scope === 'workspace')
    .map(async (rule) => {
      const file = join(import.meta.dirname, rule.meta.safeguard, `${rule.id}.cases.ts`);
      const { cases } = (await import(file)) as { cases: RuleCases };
      return { rule, cases: [...cases.valid, ...cases.invalid].filter(isOrdinary) };
    }),
);

for (const { rule, cases } of tables.filter((table) => table.cases.length > 0)) {
  describe(rule.id, () => {
    it.each(cases.map(({ name, code }) => [name, code] as const))('%s', async (_, code) => {
      const { text } = unmark(code);
      expect(sorted(await inManyFiles(text, rule))).toEqual(sorted(inOneFile(text, rule)));
    });
  });
}
