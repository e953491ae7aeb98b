import type { Safeguard } from '../../../rules/rule.ts';
import { SAFEGUARDS } from '../../rule-list.ts';
import { plural } from '../../run.ts';
import { COVERED_SAFEGUARDS } from '../coverage.ts';
import { type EvidenceReport, STATUS_WORDS, STATUSES, type Status } from '../model.ts';
import { html, type Markup } from './markup.ts';

/** What the parts of the controls of a safeguard are, and how many findings it has. */
export interface Posture {
  readonly title: string;
  readonly counts: Readonly<Record<Status, number>>;
  readonly parts: number;
  readonly findings: number;
}

export function posturesOf({ controls, findings }: EvidenceReport): Posture[] {
  return COVERED_SAFEGUARDS.map((safeguard: Safeguard) => {
    const statuses = controls
      .filter((control) => control.safeguard === safeguard)
      .flatMap(({ aspects }) => aspects.map(({ status }) => status));
    const count = (status: Status) => statuses.filter((each) => each === status).length;
    return {
      title: titleOf(safeguard),
      counts: {
        violated: count('violated'),
        excepted: count('excepted'),
        undecided: count('undecided'),
        met: count('met'),
      },
      parts: statuses.length,
      findings: findings.filter(
        (finding) => finding.safeguard === safeguard && finding.exception === undefined,
      ).length,
    };
  });
}

/** The title of a safeguard, without what it is about. */
export function titleOf(safeguard: Safeguard): string {
  const title = SAFEGUARDS[safeguard];
  return title.split(':')[0] ?? title;
}

const WIDTH = 860;
const ROW = 34;
const LEFT = 190;
const BAR = 480;

/** One bar a safeguard: how many parts of its controls are what. */
export function postureBars(report: EvidenceReport): Markup {
  const postures = posturesOf(report);
  const most = Math.max(...postures.map(({ parts }) => parts), 1);
  const height = postures.length * ROW + 12;
  const rows = postures.map((posture, index) => bar(posture, index * ROW + 6, BAR / most));
  return html`<svg role="img" aria-labelledby="bars-title" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"><title id="bars-title">Parts of controls by safeguard and status; the table below has the numbers.</title>
${rows}</svg>`;
}

function bar({ title, counts, parts, findings }: Posture, y: number, unit: number): Markup {
  let x = LEFT;
  const pieces = STATUSES.flatMap((status) => {
    const count = counts[status];
    if (count === 0) return [];
    const width = count * unit;
    const at = x;
    x += width;
    return [
      html`<rect class="${status}" x="${at + 1}" y="${y}" width="${width - 2}" height="${ROW - 10}" rx="3"><title>${count} ${STATUS_WORDS[status]}</title></rect><text class="${status}" x="${at + width / 2}" y="${y + 17}" text-anchor="middle">${MARKS[status]} ${count}</text>`,
    ];
  });
  const none =
    parts === 0
      ? html`<text class="soft" x="${LEFT}" y="${y + 17}">no control of the checklist</text>`
      : undefined;
  return html`<text x="${LEFT - 10}" y="${y + 17}" text-anchor="end">${title}</text>${pieces}${none}<text class="soft" x="${LEFT + BAR + 14}" y="${y + 17}">${plural(findings, 'finding')}</text>\n`;
}

/** So that nobody has to tell colours apart. */
export const MARKS: Readonly<Record<Status, string>> = {
  violated: '\u2715',
  excepted: '!',
  undecided: '?',
  met: '\u2713',
};
