import { plural } from '../../run.ts';
import {
  type EvidenceFinding,
  type EvidencePlace,
  type EvidenceReport,
  type JudgedAspect,
  type JudgedControl,
  STATUS_WORDS,
  type Statement,
  type Status,
} from '../model.ts';
import { type EvidenceCell, type EvidenceTable, waysTable } from '../tables.ts';
import { placeText } from '../words.ts';
import { MARKS } from './bars.ts';
import { html, type Markup, table } from './markup.ts';

/** More statements of one kind are folded away. */
const MOST_STATEMENTS = 12;

export function statusMark(status: Status): Markup {
  return html`<span class="status ${status}"><span aria-hidden="true">${MARKS[status]}</span> ${STATUS_WORDS[status]}</span>`;
}

export function controlSection({ id, title, status, citations, aspects }: JudgedControl): Markup {
  return html`<section aria-labelledby="control-${id}"><h3 id="control-${id}">${title} ${statusMark(status)}</h3>
<p class="soft">45 CFR ${citations.join(', ')}</p>
${aspects.map(aspectSection)}</section>\n`;
}

function aspectSection(aspect: JudgedAspect): Markup {
  const { title, status, shown, open, violations, exceptions, questions, rulesOff, evidence } = aspect;
  return html`<h4>${title} ${statusMark(status)}</h4>
${list('Speaks against it', violations.map(findingItem))}${list('Left by decision', exceptions.map(findingItem))}${list('Somebody should look', questions.map(findingItem))}${list('Shown by', shown.map(statementItem))}${list('Not shown for', open.map(statementItem))}${list(
  'Rules that the configuration switches off',
  rulesOff.map((rule) => html`<code>${rule}</code>`),
)}${status === 'undecided' ? html`<p><strong>What would decide it:</strong> ${evidence}</p>\n` : undefined}`;
}

function list(title: string, items: readonly Markup[]): Markup {
  if (items.length === 0) return html``;
  const written = (some: readonly Markup[]) =>
    html`<ul class="statements">${some.map((item) => html`<li>${item}</li>\n`)}</ul>\n`;
  const rest = items.slice(MOST_STATEMENTS);
  const folded =
    rest.length === 0
      ? undefined
      : html`<details><summary>${rest.length} more</summary>${written(rest)}</details>\n`;
  return html`<p>${title}:</p>\n${written(items.slice(0, MOST_STATEMENTS))}${folded}`;
}

function statementItem({ text, place }: Statement): Markup {
  return html`${text} ${placeMark(place)}`;
}

function findingItem(finding: EvidenceFinding): Markup {
  const reason = finding.exception === undefined ? '' : ` Reason: ${finding.exception}`;
  return html`<code>${finding.rule}</code> (${finding.severity}): ${finding.text}${reason} ${placeMark(finding.place)}`;
}

function placeMark(place: EvidencePlace): Markup {
  return html`<code>${placeText(place)}</code>`;
}

/** A table, or what is said when it would be empty. */
export function evidenceTable({ caption, head, rows, whenEmpty }: EvidenceTable): Markup {
  if (rows.length === 0) return html`<p>${whenEmpty}</p>\n`;
  return table(
    caption,
    head,
    rows.map((cells) => cells.map(cellMark)),
  );
}

function cellMark(cell: EvidenceCell): string | Markup {
  if (typeof cell === 'string') return cell;
  return html`${cell.names.map((name, index) => html`${index > 0 ? ', ' : ''}<code>${name}</code>`)}`;
}

/** Who can connect to whom, with what is left out. */
export function waysSection(report: EvidenceReport): Markup {
  const { leftOut } = report.reach;
  const note =
    leftOut > 0 ? html`<p>${plural(leftOut, 'workload')} more are not looked at here.</p>\n` : undefined;
  return html`${evidenceTable(waysTable(report))}${note}`;
}
