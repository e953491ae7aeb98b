/** The mapping of provisions of HIPAA and controls of NIST to rules, and of rules to them, from the rules' metadata. */

import { rules } from '../server/src/rules/index.ts';
import { provisionOf } from '../server/src/rules/references.ts';
import type { Rule } from '../server/src/rules/rule.ts';

export function regulationPage(): string {
  const sections = namesIn((rule) => rule.meta.references.hipaa);
  const controls = namesIn((rule) => rule.meta.references.nist);
  const provisions = sections.map((name) => {
    const { title, obligation } = provisionOf(name);
    return `| ${name} | ${title} | ${obligation} | ${linksTo((rule) => rule.meta.references.hipaa.includes(name))} |`;
  });
  const byControl = controls.map(
    (name) => `| ${name} | ${linksTo((rule) => rule.meta.references.nist.includes(name))} |`,
  );
  const byRule = rules
    .toSorted((a, b) => compare(a.id, b.id))
    .map(({ id, meta: { references } }) => {
      return `| ${link(id)} | ${references.hipaa.join(', ')} | ${references.nist.join(', ')} |`;
    });
  return `<!-- Made by "npm run docs" from the rules. -->

# HIPAA, NIST and the rules

A finding is evidence about a safeguard, not a verdict of compliance; what manifests cannot show is listed in [limits](limits.md). An *addressable* specification is
implemented, or it is documented why not and what replaces it (45 CFR 164.306(d)(3)).

## From 45 CFR Part 164 to rules

| provision | title | obligation | rules |
| --- | --- | --- | --- |
${provisions.join('\n')}

## From NIST SP 800-53 r5 to rules

| control | rules |
| --- | --- |
${byControl.join('\n')}

## From rules to provisions and controls

| rule | 45 CFR | NIST SP 800-53 r5 |
| --- | --- | --- |
${byRule.join('\n')}
`;
}

function namesIn(references: (rule: Rule) => readonly string[]): string[] {
  return [...new Set(rules.flatMap(references))].sort(compare);
}

/** Numbers in names count as numbers: AC-6 before AC-17. */
function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function linksTo(concerns: (rule: Rule) => boolean): string {
  return rules
    .filter(concerns)
    .map(({ id }) => id)
    .sort()
    .map(link)
    .join(', ');
}

function link(id: string): string {
  return `[${id}](rules/${id}.md)`;
}
