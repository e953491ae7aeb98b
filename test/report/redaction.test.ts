import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS, reportAs } from '../../server/src/report/formats.ts';
import { flagsSensitiveText } from '../../server/src/report/redaction.ts';
import { defineRule } from '../../server/src/rules/rule.ts';
import { leakingRule, POD, runOf, SECRET } from '../support/report-run.ts';
import { privileged } from '../support/small-rules.ts';

/** Flags the key of a label instead of its value, as a rule about the key's name does. */
const keyRule = defineRule({
  id: 'phi-in-metadata',
  meta: { ...leakingRule.meta, messages: { found: 'A patient stands here.' } },
  resource: {
    check({ metadata }, { report }) {
      for (const key of metadata?.get('labels')?.entries ?? []) report({ at: { key }, messageId: 'found' });
    },
  },
});

describe.each(REPORT_FORMATS)('%s', (format) => {
  const write = (files: Record<string, string>, rules = [leakingRule]) =>
    [...reportAs(format, runOf(files, { rules }), { colour: false })].join('');

  it('shows no credential, even when a rule repeats it', () => {
    expect(write({ 'a.yaml': POD })).not.toContain(SECRET);
  });

  it('shows no credential that a suppression covers', () => {
    const text = POD.replace('# until', '# kube-safeguards-ignore secret-in-env: until');
    expect(write({ 'a.yaml': text })).not.toContain(SECRET);
  });

  it('shows no credential that is the name of a resource, too', () => {
    const text = POD.replace('name: records', `name: ${SECRET}`);
    expect(write({ 'a.yaml': text })).not.toContain(SECRET);
  });

  it('shows no credential that stands on the line of another finding, too', () => {
    const text = POD.replace('privileged: true', `privileged: true # ${SECRET}`);
    expect(text).not.toBe(POD);
    expect(write({ 'a.yaml': text }, [leakingRule, privileged])).not.toContain(SECRET);
  });

  it('leaves a word that is a weak password alone where the file has it in the open', () => {
    const rules = [leakingRule, privileged];
    const text = POD.replace(SECRET, 'mysql').replace('name: api', 'name: mysql');
    expect(write({ 'a.yaml': text }, rules)).toMatch(
      /Container (?:"|\\"|&quot;)mysql(?:"|\\"|&quot;) is privileged/,
    );
  });

  it('shows no value behind a flagged key', () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    patient: Ann-Lee\n';
    const report = write({ 'a.yaml': text }, [keyRule]);
    expect(report).not.toContain('Ann-Lee');
  });
});

it.each([
  ['phi-in-env', true],
  ['secret-in-args', true],
  ['kubeconfig-credential', true],
  ['encryption-config-inline-key', true],
  ['privileged-container', false],
])('%s flags what must be hidden: %s', (rule, hidden) => {
  expect(flagsSensitiveText(rule)).toBe(hidden);
});
