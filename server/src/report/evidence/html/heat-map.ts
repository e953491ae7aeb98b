import { COVERED_SAFEGUARDS } from '../coverage.ts';
import { type CoverageCell, type CoverageRow, STATUS_WORDS } from '../model.ts';
import { MARKS, titleOf } from './bars.ts';
import { html, type Markup, shortened } from './markup.ts';

const LEFT = 190;
const CELL = 96;
const ROW = 32;
const TOP = 62;

/** More rows would be no picture any more; the table has them all. */
const MOST_ROWS = 40;

/** Namespaces by safeguards. */
export function heatMap(coverage: readonly CoverageRow[]): Markup {
  const rows = coverage.slice(0, MOST_ROWS);
  const width = LEFT + COVERED_SAFEGUARDS.length * CELL;
  const height = TOP + rows.length * ROW + 4;
  const heads = COVERED_SAFEGUARDS.map((safeguard, column) => {
    const x = LEFT + column * CELL + CELL / 2;
    const words = titleOf(safeguard).split(' ');
    return words.map(
      (word, line) =>
        html`<text class="soft" x="${x}" y="${TOP - 8 - (words.length - 1 - line) * 15}" text-anchor="middle">${word}</text>`,
    );
  });
  return html`<svg role="img" aria-labelledby="heat-title" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="heat-title">Status of each safeguard by namespace; the table below has the same.</title>
${heads.flat()}
${rows.map((row, index) => rowOf(row, TOP + index * ROW))}</svg>`;
}

function rowOf({ namespace, cells }: CoverageRow, y: number): Markup {
  const name = namespace ?? 'the cluster';
  return html`<text x="${LEFT - 10}" y="${y + 20}" text-anchor="end">${shortened(name, 26)}<title>${name}</title></text>${cells.map((cell, column) => cellOf(cell, LEFT + column * CELL, y))}\n`;
}

function cellOf(cell: CoverageCell, x: number, y: number): Markup {
  const { status, violations } = cell;
  const count = status === 'violated' ? ` ${violations}` : '';
  return html`<rect class="${status}" x="${x + 1}" y="${y + 1}" width="${CELL - 3}" height="${ROW - 3}" rx="3"><title>${cellWords(cell)}</title></rect><text class="${status}" x="${x + CELL / 2}" y="${y + 20}" text-anchor="middle">${MARKS[status]}${count}</text>`;
}

export function cellWords({ status, violations, exceptions, shown }: CoverageCell): string {
  if (status === 'violated') return `violated, ${violations}`;
  if (status === 'excepted') return `excepted, ${exceptions}`;
  if (status === 'met') return `met, shown ${shown} times`;
  return shown > 0 ? `${STATUS_WORDS.undecided}; shown ${shown} times` : STATUS_WORDS.undecided;
}
