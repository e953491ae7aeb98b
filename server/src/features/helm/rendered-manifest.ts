import { chartFolderOf } from '../../helm/language/chart-layout.ts';
import { LineIndex } from '../../syntax/lines.ts';
import type { RenderedManifest } from '../protocol.ts';
import type { ChartPlace } from './place.ts';

/** What a template becomes with the chart's own values, and which of its lines each rendered line comes from. */
export function renderedManifest({
  chart,
  file,
  lines,
  text: source,
}: ChartPlace): RenderedManifest | undefined {
  if (chartFolderOf(file) === undefined) return undefined;
  const { documents, errors } = chart.analysis.rendered.result;
  const rendered: string[] = [];
  const sources: number[] = [];
  const add = (line: string, from: number) => {
    rendered.push(line);
    sources.push(from);
  };
  const own = documents.filter((document) => document.file === file);
  for (const error of errors) {
    // What is wrong elsewhere matters where it leaves nothing to see.
    if (error.file !== file && own.length > 0) continue;
    for (const line of error.message.split('\n')) add(`# ${line}`, -1);
  }
  if (own.length === 0 && errors.length === 0) {
    add('# With the chart’s own values this template renders to nothing.', -1);
  }
  for (const { text, trace } of own) {
    add('---', -1);
    const index = new LineIndex(text);
    const found = text.split('\n').map(() => -1);
    for (const { start, end, origins } of trace.spans()) {
      const origin = origins.find((candidate) => candidate.kind === 'template' && candidate.file === file);
      if (origin?.range === undefined) continue;
      const piece = text.slice(start, end);
      // A document holds what its template's pieces are cut to.
      const at = source.slice(origin.range.start, origin.range.end).indexOf(piece);
      const from = origin.range.start + Math.max(at, 0);
      const lineOf = (offset: number) => index.lineAt(start + offset);
      const sourceLineOf = (offset: number) => lines.lineAt(at === -1 ? from : from + offset);
      noteLines(piece, lineOf, sourceLineOf, found);
    }
    let last = -1;
    text.split('\n').forEach((line, at) => {
      const known = found[at] ?? -1;
      if (known !== -1) last = known;
      add(line, last);
    });
  }
  return { text: `${rendered.join('\n')}\n`, sources };
}

/** Notes for each line that has something of a piece where that comes from; the first piece of a line counts. */
function noteLines(
  piece: string,
  lineOf: (offset: number) => number,
  sourceLineOf: (offset: number) => number,
  found: number[],
): void {
  for (let offset = 0; offset < piece.length; ) {
    const line = lineOf(offset);
    // The line break that ends a line says nothing of it.
    if (piece[offset] !== '\n' && found[line] === -1) found[line] = sourceLineOf(offset);
    const next = piece.indexOf('\n', offset);
    if (next === -1) return;
    offset = next + 1;
  }
}
