import { defaultSeverity, SAFEGUARDS } from '../report/rule-list.ts';
import { provisionOf } from '../rules/references.ts';
import type { Rule } from '../rules/rule.ts';
import { rulePage } from '../rules/rule-pages.ts';
import { MARKDOWN } from './markup.ts';

/** What is known of a rule, as Markdown, for reading without a network. Examples are in the documentation alone. */
export function rulePageOf({ id, meta }: Rule): string {
  const { hipaa, nist, benchmark, urls } = meta.references;
  const { text } = MARKDOWN;
  const law = hipaa
    .map(provisionOf)
    .map(
      ({ section: number, title, obligation, summary }) =>
        `**45 CFR ${number}** ${title} (${obligation}). ${summary}`,
    );
  const controls = [
    ...(nist.length > 0 ? [`**NIST SP 800-53 r5** ${nist.join(', ')}`] : []),
    ...(benchmark === undefined ? [] : [text(benchmark)]),
  ];
  const sections = [
    `# ${id}`,
    text(meta.title),
    `${SAFEGUARDS[meta.safeguard]}; severity ${defaultSeverity(meta)}.`,
    `## Why\n\n${text(meta.rationale)}`,
    `## What to do\n\n${text(meta.remediation)}`,
    list('Regulation', [...law, ...controls]),
    list(
      'More',
      [rulePage(id), ...urls].map((url) => `<${url}>`),
    ),
  ];
  return `${sections.filter((part) => part !== '').join('\n\n')}\n`;
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `## ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}
