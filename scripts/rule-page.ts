/** The page of one rule, made from its metadata and from its tests, whose first cases are the examples. */

import type { KubernetesSchemas } from '../server/src/kubernetes/schema/schemas.ts';
import { SAFEGUARDS } from '../server/src/report/rule-list.ts';
import { provisionOf } from '../server/src/rules/references.ts';
import type { Rule } from '../server/src/rules/rule.ts';
import { checkText } from '../test/support/check-text.ts';
import { unmark } from '../test/support/marked-text.ts';
import type { InvalidCase, RuleCases, ValidCase } from '../test/support/rule-cases.ts';

export function rulePageOf(rule: Rule, cases: RuleCases, schemas: KubernetesSchemas): string {
  const [bad] = cases.invalid;
  const [good] = cases.valid;
  if (bad === undefined || good === undefined) throw new Error(`${rule.id} lacks examples`);
  const sections = [
    `# ${rule.id}\n\n${sentence(rule.meta.title)}`,
    facts(rule),
    section('Why', rule.meta.rationale),
    section('What to do', rule.meta.remediation),
    regulation(rule),
    badExample(rule, bad, schemas),
    section('Compliant', example(good)),
    messages(rule),
    configuration(rule, bad),
    suppressing(rule),
    section('References', rule.meta.references.urls.map((url) => `- <${url}>`).join('\n')),
  ];
  const note = `<!-- Made by "npm run docs" from the rule and its tests. -->`;
  return `${[note, ...sections.filter((text) => text !== '')].join('\n\n')}\n`;
}

function section(title: string, text: string): string {
  return text === '' ? '' : `## ${title}\n\n${text}`;
}

function facts({ meta }: Rule): string {
  const severity = meta.offByDefault ? `off until configured, then ${meta.severity}` : meta.severity;
  const rows = [
    ['Safeguard', SAFEGUARDS[meta.safeguard]],
    ['Severity', severity],
    ['Looks at', meta.scope === 'document' ? 'one document' : 'all files that deploy together'],
    ...(meta.phiOnly ? [['Counts for', 'what may hold PHI; silent elsewhere']] : []),
  ];
  return ['| | |', '| --- | --- |', ...rows.map(([key, value]) => `| ${key} | ${value} |`)].join('\n');
}

const OBLIGATIONS = {
  required: 'required',
  addressable: 'addressable: implement it, or document why not and what replaces it',
  standard: 'standard',
};

function regulation({ meta }: Rule): string {
  const { hipaa, nist, benchmark } = meta.references;
  const provisions = hipaa
    .map(provisionOf)
    .map(
      ({ section: number, title, obligation, summary }) =>
        `- **45 CFR ${number}** ${title} (${OBLIGATIONS[obligation]}). ${summary}`,
    );
  const controls = [
    ...(nist.length > 0 ? [`- **NIST SP 800-53 r5** ${nist.join(', ')}`] : []),
    ...(benchmark === undefined ? [] : [`- ${benchmark}`]),
  ];
  const proposed = meta.requiredAsProposed
    ? '\n\nThe amendments proposed in January 2025 (90 FR 898) would require this: the profile `proposed-2025` reports an error.'
    : '';
  const list = [...provisions, ...controls].join('\n');
  const note =
    hipaa.length > 0 ? '\n\nA finding is evidence about a safeguard, not a verdict of compliance.' : '';
  return list === '' ? '' : section('Regulation', list + note + proposed);
}

function badExample(rule: Rule, bad: InvalidCase, schemas: KubernetesSchemas): string {
  const { text } = unmark(bad.code);
  const { settings, isolated, chart, fileName } = bad;
  const findings = checkText(text, { rules: [rule], settings, isolated, chart, fileName, schemas });
  const said = findings.map(({ finding, range }) => {
    const line = text.slice(0, range.start).split('\n').length;
    return `- Line ${line}: ${finding.message}`;
  });
  const fixes = new Map(findings.flatMap(({ finding }) => finding.fixes).map((fix) => [fix.title, fix]));
  const offered = [...fixes.values()].map(
    ({ title, applicability }) =>
      `- ${title} (${applicability === 'safe' ? 'safe' : 'review: it may change what runs'})`,
  );
  return [
    section('Not compliant', example({ ...bad, code: text })),
    ...(said.length === 0 ? [] : [said.join('\n')]),
    ...(offered.length === 0 ? [] : [`Fixes:\n\n${offered.join('\n')}`]),
    ...(bad.output === undefined ? [] : [`After the fix:\n\n${codeBlock({ ...bad, code: bad.output })}`]),
  ].join('\n\n');
}

function messages({ meta }: Rule): string {
  const texts = Object.values<string>(meta.messages).map(
    (text) => `- ${text.replaceAll(/\{(\w+)\}/g, (_, name: string) => `*${name}*`)}`,
  );
  // A single message already stands below the example.
  return texts.length < 2 ? '' : section('Messages', texts.join('\n'));
}

function configuration({ id, meta }: Rule, { settings }: InvalidCase): string {
  const severity = meta.offByDefault || meta.severity === 'warning' ? 'error' : 'warning';
  const lines = [
    '# .kube-safeguards.yaml',
    'rules:',
    `  ${id}: ${severity} # error, warning, information or off`,
  ];
  const used = settings === undefined ? '' : `\n\nThe example above is checked with ${codeSpan(settings)}.`;
  return section('Configuration', `\`\`\`yaml\n${lines.join('\n')}\n\`\`\`${used}`);
}

function suppressing({ id }: Rule): string {
  return section(
    'Suppressing',
    `Say why, on the line above or at the end of the flagged line; the reason becomes part of the evidence:

\`\`\`yaml
# kube-safeguards-ignore ${id} until 2027-01-31: what replaces this safeguard
\`\`\`

or for a whole resource, in its annotations:

\`\`\`yaml
ignore.kube-safeguards.io/${id}: what replaces this safeguard
\`\`\``,
  );
}

/** With the name of the file, where that matters. */
function example(shown: ValidCase): string {
  const fileName = shown.fileName ?? shown.chart?.file;
  return `${fileName === undefined ? '' : `In \`${fileName}\`:\n\n`}${codeBlock(shown)}`;
}

function codeBlock({ code, language }: ValidCase): string {
  return `\`\`\`${language ?? 'yaml'}\n${code.replaceAll('\r', '').trimEnd()}\n\`\`\``;
}

function codeSpan(data: unknown): string {
  return `\`${JSON.stringify(data)}\``;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
