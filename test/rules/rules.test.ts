import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { worldOf } from '../../server/src/analysis/world.ts';
import { fixAll, insertionBehind } from '../../server/src/engine/fix-all.ts';
import { planFix } from '../../server/src/engine/planner.ts';
import { rules } from '../../server/src/rules/index.ts';
import { provisionOf } from '../../server/src/rules/references.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { applyEdits, shiftRange } from '../../server/src/syntax/ranges.ts';
import { roleOf } from '../../server/src/workspace/chart-values.ts';
import { type CheckOptions, checkerFor, checkText, type FileFinding } from '../support/check-text.ts';
import { unmark } from '../support/marked-text.ts';
import type { InvalidCase, RuleCases, ValidCase } from '../support/rule-cases.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';

const schemas = await loadKubernetesSchemas();

const casesFile = (rule: Rule) => join(import.meta.dirname, rule.meta.safeguard, `${rule.id}.cases.ts`);

for (const rule of rules) {
  describe(rule.id, async () => {
    it('has a table of cases', () => {
      expect(existsSync(casesFile(rule))).toBe(true);
    });
    if (!existsSync(casesFile(rule))) return;
    const { cases } = (await import(casesFile(rule))) as { cases: RuleCases };

    it('has complete metadata', () => checkMetadata(rule));
    it('has cases of both kinds, each once', () => {
      expect(cases.valid.length).toBeGreaterThan(0);
      expect(cases.invalid.length).toBeGreaterThan(0);
      const codes = [...cases.valid, ...cases.invalid].map(({ code, settings, isolated, chart }) =>
        JSON.stringify([code, settings, isolated, chart]),
      );
      expect(new Set(codes).size).toBe(codes.length);
    });
    it('tests every message', () => {
      const tested = new Set(cases.invalid.flatMap(({ errors }) => errors.map(({ messageId }) => messageId)));
      expect([...tested].sort()).toEqual(Object.keys(rule.meta.messages).sort());
    });
    it.each(cases.valid.map((valid) => [valid.name, valid] as const))('quiet: %s', (_, valid) =>
      checkValid(rule, valid),
    );
    it.each(cases.invalid.map((invalid) => [invalid.name, invalid] as const))('finds: %s', (_, invalid) =>
      checkInvalid(rule, invalid),
    );
  });
}

function checkMetadata({ id, meta }: Rule): void {
  expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  for (const section of meta.references.hipaa) expect(provisionOf(section).section).toBe(section);
  if (meta.safeguard !== 'authoring') {
    expect(meta.references.hipaa.length).toBeGreaterThan(0);
    expect(meta.references.nist.length).toBeGreaterThan(0);
  }
  for (const control of meta.references.nist) expect(control).toMatch(/^[A-Z]{2}-\d+(\(\d+\))?$/);
  expect(meta.rationale.length).toBeGreaterThan(60);
  expect(meta.remediation.length).toBeGreaterThan(20);
}

/** The rule alone, or with those whose findings it judges. */
function optionsFor(rule: Rule, valid: ValidCase): CheckOptions {
  const { settings, isolated, chart, fileName, alongside = [] } = valid;
  const others = rules.filter(({ id }) => alongside.includes(id));
  return { rules: [rule, ...others], only: rule.id, settings, isolated, chart, schemas, fileName };
}

function checkValid(rule: Rule, valid: ValidCase): void {
  const findings = checkText(valid.code, optionsFor(rule, valid));
  expect(findings.map(({ finding }) => finding.message)).toEqual([]);
}

function checkInvalid(rule: Rule, invalid: InvalidCase): void {
  const { text, ranges } = unmark(invalid.code);
  const options = optionsFor(rule, invalid);
  const findings = checkText(text, options);
  const flagged = findings.map(({ range }) => text.slice(range.start, range.end));
  expect(findings.map(({ finding }) => finding.messageId)).toEqual(
    invalid.errors.map(({ messageId }) => messageId),
  );
  expect(flagged).toEqual(ranges.map(({ start, end }) => text.slice(start, end)));
  expect(findings.map(({ range }) => range)).toEqual(ranges);
  for (const [index, error] of invalid.errors.entries()) {
    const finding = findings[index]?.finding;
    expect(finding?.message).not.toMatch(/\{\w+\}/);
    if (typeof error.message === 'string') expect(finding?.message).toBe(error.message);
    else if (error.message !== undefined) expect(finding?.message).toMatch(error.message);
    if (error.severity !== undefined) expect(finding?.severity).toBe(error.severity);
  }
  checkOutput(text, invalid, options);
  checkAlternatives(text, findings, invalid, options);
}

function checkOutput(text: string, { output, remaining = 0 }: InvalidCase, options: CheckOptions): void {
  const fixed = fixText(text, options);
  expect(fixed.text).toBe(output ?? text);
  if (output === undefined) return;
  expect(checkText(output, options).length).toBe(remaining);
  expect(newFindings(text, output, options)).toEqual([]);
  expect(fixText(output, options).text).toBe(output);
  expect(applyEdits(text, fixed.edits)).toBe(output);
}

function fixText(text: string, options: CheckOptions) {
  return fixAll(text, {
    checker: checkerFor(options),
    worldOf: (facts) => worldOf(facts, options.isolated !== true),
    level: 'all',
    role: roleOf(options.fileName ?? ''),
    only: (finding) => finding.rule === options.only,
  });
}

/**
 * Advice that a fix may lead to: a literal that becomes a reference to a Secret is a violation less, even where a mounted file would be better
 * still.
 */
const NEXT_STEP = new Set(['secret-env-exposure']);

/** What any rule says of the fixed text that it did not say before. */
function newFindings(before: string, after: string, options: CheckOptions): string[] {
  const all = { ...options, rules, only: undefined };
  const said = (text: string) =>
    checkText(text, all).map(
      ({ finding }) => `${finding.rule} ${finding.resource?.kind} ${finding.resource?.name}`,
    );
  const known = new Set(said(before));
  return said(after).filter(
    (finding) => !known.has(finding) && !NEXT_STEP.has(finding.split(' ', 1)[0] ?? ''),
  );
}

function checkAlternatives(
  text: string,
  findings: readonly FileFinding[],
  { alternatives }: InvalidCase,
  options: CheckOptions,
): void {
  const first = findings[0];
  if (first === undefined || alternatives === undefined) return;
  expect(first.finding.fixes.slice(1).map(({ title }) => title)).toEqual(
    alternatives.map(({ title }) => title),
  );
  for (const [index, { output, incomplete }] of alternatives.entries()) {
    const fix = first.finding.fixes[index + 1];
    if (fix === undefined) continue;
    const plan = planFix(parseDocument(first.placed.document.text), fix);
    if ('refused' in plan) throw new Error(plan.refused);
    const edits = plan.edits.map(({ range, newText }) => ({
      range: shiftRange(range, first.placed.start),
      newText,
    }));
    if (plan.addedDocuments.length > 0) edits.push(insertionBehind(text, first.placed, plan.addedDocuments));
    const after = applyEdits(text, edits);
    expect(after).toBe(output);
    if (incomplete !== true) expect(checkText(after, options).length).toBeLessThan(findings.length);
  }
}
