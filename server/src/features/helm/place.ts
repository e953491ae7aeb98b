import type { Location, Position } from 'vscode-languageserver';
import { chartFolderOf } from '../../helm/language/chart-layout.ts';
import type { KnownField } from '../../helm/language/known.ts';
import type { FileUse, TemplateUse } from '../../helm/language/uses.ts';
import { LineIndex } from '../../syntax/lines.ts';
import type { OffsetRange } from '../../syntax/ranges.ts';
import type { ChartState } from '../../workspace/chart-findings.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** A position in a file of a chart. */
export interface ChartPlace {
  readonly chart: ChartState;
  /** From the chart's folder. */
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly offset: number;
}

/** Undefined where no chart is. */
export async function placeAt(
  workspace: Workspace,
  uri: string,
  position: Position = { line: 0, character: 0 },
): Promise<ChartPlace | undefined> {
  const found = await workspace.chartOf(uri);
  const text = found?.chart.analysis.textOf(found.path);
  if (found === undefined || text === undefined) return undefined;
  const lines = new LineIndex(text);
  return { chart: found.chart, file: found.path, text, lines, offset: lines.offsetAt(position) };
}

/** What stands at a position. */
export type Subject =
  | { readonly kind: 'field'; readonly range: OffsetRange; readonly fields: readonly KnownField[] }
  | { readonly kind: 'value'; readonly range: OffsetRange; readonly path: readonly string[] }
  | { readonly kind: 'template'; readonly range: OffsetRange; readonly name: string }
  | { readonly kind: 'file'; readonly range: OffsetRange; readonly use: FileUse }
  | { readonly kind: 'word'; readonly range: OffsetRange; readonly word: string };

export function subjectAt(place: ChartPlace): Subject | undefined {
  const { chart, file, offset } = place;
  if (chartFolderOf(file) === undefined) return valueAt(place);
  const all = chart.analysis.usesIn(file);
  const here = <Use extends { readonly range: OffsetRange }>(uses: readonly Use[]) =>
    uses.filter(({ range }) => holds(range, offset));
  const fields = all.flatMap((uses) => here(uses.fields));
  const [field] = fields;
  if (field !== undefined) {
    return { kind: 'field', range: field.range, fields: fields.map((use) => use.field) };
  }
  const [template] = [...all.flatMap((uses) => here(uses.templates)), ...here(definedNames(place))];
  if (template !== undefined) return { kind: 'template', range: template.range, name: template.name };
  const [used] = all.flatMap((uses) => here(uses.files));
  if (used !== undefined) return { kind: 'file', range: used.range, use: used };
  return wordAt(place);
}

function valueAt({ chart, file, offset }: ChartPlace): Subject | undefined {
  const values = chart.analysis.valuesFiles.find((index) => index.file === file);
  const key = values?.keyAt(offset);
  if (key === undefined) return undefined;
  return { kind: 'value', range: key.keyRange, path: chart.analysis.pathFromFile(file, key.path) };
}

/** The names that a file's `define` actions give. */
export function definedNames({
  chart,
  file,
}: Pick<ChartPlace, 'chart' | 'file'>): Pick<TemplateUse, 'name' | 'range'>[] {
  return (chart.analysis.parsed(file)?.defines ?? []).flatMap(({ name, header, text }) => {
    const at = text.slice(header.start, header.end).indexOf(name);
    const start = header.start + at;
    return at === -1 ? [] : { name, range: { start, end: start + name.length } };
  });
}

const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;

/** The function or keyword inside of an action. */
function wordAt({ text, offset }: ChartPlace): Subject | undefined {
  if (actionStart(text, offset) === undefined) return undefined;
  let start = offset;
  while (start > 0 && /[A-Za-z0-9_]/.test(text[start - 1] ?? '')) start--;
  WORD.lastIndex = start;
  const word = WORD.exec(text)?.[0];
  if (word === undefined || /[.$"]/.test(text[start - 1] ?? '')) return undefined;
  return { kind: 'word', word, range: { start, end: start + word.length } };
}

/** Where the action begins that an offset stands in. */
export function actionStart(text: string, offset: number): number | undefined {
  const open = text.lastIndexOf('{{', offset - 1);
  if (open === -1) return undefined;
  const close = text.lastIndexOf('}}', offset - 1);
  return close > open && close + 2 <= offset ? undefined : open;
}

/** The paths of values that fields mean, from the values of the root chart. */
export function valuePaths({ analysis }: ChartState, fields: readonly KnownField[]): (readonly string[])[] {
  const paths = new Map<string, readonly string[]>();
  for (const { chart, path } of fields) {
    if (path[0] !== 'Values') continue;
    const found = analysis.layout.valuePath(chart, path.slice(1));
    paths.set(found.join('\0'), found);
  }
  return [...paths.values()];
}

export function holds({ start, end }: OffsetRange, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** Turns places in files of one chart into locations, reading each file's lines once. */
export class Locator {
  readonly #chart: ChartState;
  readonly #lines = new Map<string, LineIndex>();

  constructor(chart: ChartState) {
    this.#chart = chart;
  }

  location(file: string, range: OffsetRange): Location {
    return { uri: this.#chart.uriOf(file), range: this.range(file, range) };
  }

  range(file: string, { start, end }: OffsetRange): Location['range'] {
    const lines = this.#linesOf(file);
    return { start: lines.positionAt(start), end: lines.positionAt(end) };
  }

  #linesOf(file: string): LineIndex {
    let lines = this.#lines.get(file);
    if (lines === undefined) {
      lines = new LineIndex(this.#chart.analysis.textOf(file) ?? '');
      this.#lines.set(file, lines);
    }
    return lines;
  }
}
