import type { InlayHint, Range } from 'vscode-languageserver';
import { chartFolderOf } from '../../helm/language/chart-layout.ts';
import type { ChartPlace } from './place.ts';
import { writtenValue } from './shown-value.ts';

const MAX_LENGTH = 40;
/** Actions that write nothing where they stand. */
const SILENT = /^\{\{-?\s{0,9}(?:if|else|with|range|end|define|template|block|\/\*|\$\w{0,99}\s{0,9}:?=)/;

/** What each action in a range writes with the chart's own values. */
export function inlayHints({ chart, file, text, lines }: ChartPlace, range: Range): InlayHint[] {
  if (chartFolderOf(file) === undefined) return [];
  const start = lines.offsetAt(range.start);
  const end = lines.offsetAt(range.end);
  const hints: InlayHint[] = [];
  for (const action of chart.analysis.rendered.observed.in(file)) {
    if (action.range.end < start || action.range.start > end) continue;
    if (SILENT.test(text.slice(action.range.start, action.range.start + 120))) continue;
    const values = [...new Set(action.values.map((value) => oneLine(writtenValue(value))))];
    const label = values.filter((value) => value !== '').join(' | ');
    if (label === '') continue;
    hints.push({ position: lines.positionAt(action.range.end), label: shortened(label), paddingLeft: true });
  }
  return hints;
}

function oneLine(text: string): string {
  return text
    .trim()
    .split(/\s*\n\s*/)
    .join(' ⏎ ');
}

function shortened(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
