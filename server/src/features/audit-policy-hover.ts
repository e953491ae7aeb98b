import type { Hover, Position } from 'vscode-languageserver';
import { eventsDecidedBy } from '../analysis/audit-policy/decided-events.ts';
import { type NeededEvent, neededEvents } from '../analysis/audit-policy/needed-events.ts';
import {
  type AuditPolicy,
  type AuditRule,
  auditPolicyOf,
  numberOf,
} from '../analysis/audit-policy/policy.ts';
import { resourcesOf } from '../kubernetes/resource.ts';
import { documentIndexAtLine, type PlacedDocument } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import { type Markup, markupContent } from './markup.ts';
import { toRange } from './to-lsp.ts';

/**
 * Which of the events that must be on record the rule of an audit Policy at a position decides; undefined elsewhere.
 *
 * @param namespaces those that hold PHI, as the configuration names them, `*` standing for any characters
 */
export function hoverAuditRule(
  documents: readonly PlacedDocument[],
  position: Position,
  namespaces: readonly string[],
  markup: Markup,
): Hover | undefined {
  const placed = documents[documentIndexAtLine(documents, position.line)];
  if (placed === undefined || !placed.document.text.includes('audit.k8s.io')) return undefined;
  const { document, startLine } = placed;
  const offset = document.lines.offsetAt({ line: position.line - startLine, character: position.character });
  for (const resource of resourcesOf(parseDocument(document.text))) {
    const policy = auditPolicyOf(resource);
    const index =
      policy?.rules.findIndex(({ value }) => value.range.start <= offset && offset < value.range.end) ?? -1;
    const rule = policy?.rules[index];
    if (policy === undefined || rule === undefined) continue;
    const at = rule.value.get('level') ?? rule.value;
    return {
      range: toRange(placed, at.range),
      contents: markupContent(markup, paragraphsOn(policy, rule, index, namespaces, markup)),
    };
  }
  return undefined;
}

function paragraphsOn(
  policy: AuditPolicy,
  rule: AuditRule,
  index: number,
  namespaces: readonly string[],
  markup: Markup,
): string[] {
  const all = neededEvents(policy, namespaces).length;
  const decided = eventsDecidedBy(policy, index, namespaces);
  const title = markup.bold(`Rule ${numberOf(rule)} of the audit policy, level ${rule.level}`);
  if (decided.length === 0)
    return [`${title}: it decides none of the ${all} events that HIPAA's audit controls need on record.`];
  const fate = rule.level === 'None' ? 'leaves out' : 'records';
  return [
    `${title}: it ${fate} ${decided.length} of the ${all} events that HIPAA's audit controls need on record.`,
    linesOf(decided)
      .map((line) => `- ${markup.text(line)}`)
      .join('\n'),
  ];
}

/** One line for each kind of object: what is done to it, where, and by whom. */
function linesOf(events: readonly NeededEvent[]): string[] {
  const byObject = new Map<string, NeededEvent[]>();
  for (const event of events) {
    const same = byObject.get(event.objectWords);
    if (same === undefined) byObject.set(event.objectWords, [event]);
    else same.push(event);
  }
  return [...byObject].map(([object, same]) => {
    const verbs = namesOf(same, ({ verb }) => verb);
    const actors = namesOf(same, ({ actorWords }) => actorWords);
    const places = namesOf(same, ({ namespace }) => namespace);
    return `${object}: ${verbs}, by ${actors}${places === '' ? '' : `, in namespace ${places}`}`;
  });
}

function namesOf(events: readonly NeededEvent[], nameOf: (event: NeededEvent) => string): string {
  return [...new Set(events.map(nameOf))].join(', ');
}
