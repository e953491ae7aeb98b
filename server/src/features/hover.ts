import type { Hover, MarkupContent, Position } from 'vscode-languageserver';
import { type Finding, isActive } from '../engine/finding.ts';
import { type Obligation, provisionOf } from '../rules/references.ts';
import type { Rule } from '../rules/rule.ts';
import type { CheckedFile } from '../workspace/file-checker.ts';
import { findingsWithin } from './findings-at.ts';
import { type Markup, markupContent } from './markup.ts';
import type { RuleLinks } from './rule-links.ts';
import { touches } from './to-lsp.ts';

/**
 * Why each finding at a position matters, which provisions it touches and what to do; undefined where there is none. What it says is left
 * out: editors show the diagnostic's message above the hover.
 */
export function hoverAt(
  file: CheckedFile,
  position: Position,
  ruleOf: (id: string) => Rule | undefined,
  markup: Markup,
  links: RuleLinks,
): Hover | undefined {
  const within = { start: position, end: position };
  const found = findingsWithin(
    file,
    within,
    (_, range) => touches(range, within),
    () => true,
  );
  const first = found[0];
  if (first === undefined) return undefined;
  const paragraphs = found.flatMap(({ finding }, index) => {
    const rule = ruleOf(finding.rule);
    if (rule === undefined) return [];
    const paragraphs = isActive(finding)
      ? paragraphsOn(finding, rule, markup, links)
      : paragraphsOnSuppressed(finding, rule, markup, links);
    return [...(index === 0 ? [] : ['---']), ...paragraphs];
  });
  return { range: first.range, contents: markupContent(markup, paragraphs) };
}

/** What several readers say of one position, one below the other, at the place of the first. */
export function joinedHovers(hovers: readonly (Hover | undefined)[]): Hover | undefined {
  const [first, ...others] = hovers.filter((hover) => hover !== undefined);
  if (first === undefined || others.length === 0) return first;
  const contents = [first, ...others].map(({ contents }) => contents as MarkupContent);
  const value = contents.map((content) => content.value).join('\n\n---\n\n');
  return { ...first, contents: { kind: contents[0]?.kind ?? 'plaintext', value } };
}

function paragraphsOn(finding: Finding, { id, meta }: Rule, markup: Markup, links: RuleLinks): string[] {
  return [
    `${markup.bold(meta.title)} (${markup.link(id, links.ofHover(id))})`,
    markup.text(meta.rationale),
    provisions(meta.references.hipaa, markup),
    `${markup.bold('What to do:')} ${markup.text(meta.remediation)}`,
    quickFixes(finding, markup),
  ];
}

/** What was decided about a finding that is left alone: in the manifest, or as an exception in the configuration. */
function paragraphsOnSuppressed(
  finding: Finding,
  { id, meta }: Rule,
  markup: Markup,
  links: RuleLinks,
): string[] {
  const { reason = '', until, approval } = finding.suppression ?? {};
  const who =
    approval === undefined
      ? 'Left alone in this file'
      : `Exception, approved by ${approval.approver} on ${approval.date}`;
  return [
    `${markup.bold(meta.title)} (${markup.link(id, links.ofHover(id))})`,
    `${markup.text(who)}${until === undefined ? '' : `, until ${markup.text(until)}`}: ${markup.text(reason)}`,
  ];
}

const OBLIGATIONS: Record<Obligation, string> = {
  required: 'required',
  addressable: 'addressable: implement it, or document why not and what replaces it',
  standard: 'standard',
};

function provisions(sections: readonly string[], markup: Markup): string {
  if (sections.length === 0) return '';
  const lines = sections.map(provisionOf).map(({ section, title, obligation, summary }) => {
    return `- ${markup.bold(`§ ${section}`)} ${markup.text(title)} (${OBLIGATIONS[obligation]}). ${markup.text(summary)}`;
  });
  return ['HIPAA, 45 CFR Part 164:', ...lines].join('\n');
}

function quickFixes({ fixes }: Finding, markup: Markup): string {
  if (fixes.length === 0) return '';
  const lines = fixes.map(({ title, applicability }) => {
    return `- ${markup.text(title)}${applicability === 'safe' ? '' : ' (may change what runs: review it)'}`;
  });
  return [markup.bold('Quick fixes:'), ...lines].join('\n');
}
