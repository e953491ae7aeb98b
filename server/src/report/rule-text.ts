import { provisionOf } from '../rules/references.ts';
import type { Rule } from '../rules/rule.ts';
import { rulePage } from '../rules/rule-pages.ts';
import { painter } from './colours.ts';
import { defaultSeverity, SAFEGUARDS } from './rule-list.ts';

const WIDTH = 100;

/** One rule explained, for people at a terminal. */
export function ruleAsText({ id, meta }: Rule, options: { colour: boolean }): string {
  const paint = painter(options.colour);
  const { hipaa, nist, benchmark, urls } = meta.references;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', paint('bold', title), ...lines.flatMap((line) => wrapped(line, '  '))];
  const law = hipaa
    .map(provisionOf)
    .map(
      ({ section: number, title, obligation, summary }) =>
        `45 CFR ${number} ${title} (${obligation}): ${summary}`,
    );
  const controls = [
    ...(nist.length > 0 ? [`NIST SP 800-53 r5: ${nist.join(', ')}`] : []),
    ...(benchmark ? [benchmark] : []),
  ];
  return [
    `${paint('bold', id)}: ${meta.title}`,
    paint('dim', `${SAFEGUARDS[meta.safeguard]}; severity ${defaultSeverity(meta)}`),
    ...section('Why', [meta.rationale]),
    ...section('What to do', [meta.remediation]),
    ...section('Regulation', law),
    ...section('Controls', controls),
    ...section('More', [rulePage(id), ...urls]),
    '',
  ].join('\n');
}

/** Breaks a paragraph into lines; words longer than a line stand alone. */
function wrapped(paragraph: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH - indent.length) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}
