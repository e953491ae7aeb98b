import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { chartFolderOf } from '../../helm/language/chart-layout.ts';
import { allFunctions, type FunctionHelp, KEYWORDS, OBJECTS } from '../../helm/language/function-help.ts';
import { ANY_ELEMENT, type KnownField } from '../../helm/language/known.ts';
import type { GoValue } from '../../helm/value/value.ts';
import type { ChartState } from '../../workspace/chart-findings.ts';
import { type Markup, markupContent } from '../markup.ts';
import { actionStart, type ChartPlace, holds } from './place.ts';
import { shownValue } from './shown-value.ts';

/** Stands where a name is to be typed, so that the text around it can be read. */
const PLACEHOLDER = 'x0completion0x';

const FIELD = /(?:\$\w{0,99}|\)|)\.(?:\w{1,99}\.)*(\w{0,99})$/;
const NAME_OF_TEMPLATE = /\b(?:include|template|block)\s{1,9}"([^"\n]{0,199})$/;
const NAME_OF_FILE = /\.(?:Get|GetBytes|Lines|Glob)\s{1,9}"([^"\n]{0,199})$/;
const WORD = /(?:^|[\s({|=,-])(\w{0,99})$/;

/** How far behind the caret's line start an action is looked at. */
const MAX_LOOK_BACK = 2000;
const MAX_DETAIL = 60;

/**
 * What can be typed inside of an action; undefined elsewhere.
 * @param withFunctions false when somebody else offers functions and keywords
 */
export function completeChart(
  place: ChartPlace,
  markup: Markup,
  withFunctions = true,
): CompletionItem[] | undefined {
  const { file, text, offset } = place;
  const start = chartFolderOf(file) === undefined ? undefined : actionStart(text, offset);
  if (start === undefined) return undefined;
  const before = text.slice(Math.max(start + 2, offset - MAX_LOOK_BACK), offset);
  const template = NAME_OF_TEMPLATE.exec(before);
  if (template !== null) return templateNames(place, template[1] ?? '', markup);
  const named = NAME_OF_FILE.exec(before);
  if (named !== null) return fileNames(place, named[1] ?? '');
  const field = FIELD.exec(before);
  if (field !== null) return fieldNames(place, field[1] ?? '', markup);
  const word = WORD.exec(before);
  return word === null || !withFunctions ? [] : words(place, word[1] ?? '', markup);
}

function templateNames(place: ChartPlace, typed: string, markup: Markup): CompletionItem[] {
  return [...place.chart.analysis.namedTemplates.values()].map(({ name, file }) => ({
    ...item(place, typed, name, CompletionItemKind.Reference),
    detail: file,
    documentation: markupContent(markup, [markup.text(`Defined in ${file}.`)]),
  }));
}

function fileNames(place: ChartPlace, typed: string): CompletionItem[] {
  const folder = chartFolderOf(place.file) ?? '';
  const files = place.chart.analysis.layout.chartIn(folder)?.files ?? [];
  return files.map(({ name }) => item(place, typed, name, CompletionItemKind.File));
}

function words(place: ChartPlace, typed: string, markup: Markup): CompletionItem[] {
  const toItem = (help: FunctionHelp, kind: CompletionItemKind): CompletionItem => ({
    ...item(place, typed, help.name, kind),
    detail: help.signature,
    documentation: markupContent(markup, [markup.code(help.signature), markup.text(help.description)]),
  });
  const keywords = KEYWORDS.map((help) => toItem(help, CompletionItemKind.Keyword));
  return [...keywords, ...allFunctions().map((help) => toItem(help, CompletionItemKind.Function))];
}

function fieldNames(place: ChartPlace, typed: string, markup: Markup): CompletionItem[] {
  const items = new Map<string, CompletionItem>();
  for (const parent of parentsAt(place, typed)) {
    for (const [name, details] of fieldsOf(place, parent, markup)) {
      items.set(name, { ...item(place, typed, name, CompletionItemKind.Field), ...details });
    }
  }
  return [...items.values()];
}

type Details = Pick<CompletionItem, 'detail' | 'documentation'>;

function* fieldsOf(
  { chart }: ChartPlace,
  { chart: folder, path }: KnownField,
  markup: Markup,
): Generator<[string, Details]> {
  if (path[0] !== 'Values') {
    for (const [name, description] of Object.entries(OBJECTS[path.join('.')] ?? {})) {
      yield [name, { detail: description, documentation: markupContent(markup, [markup.text(description)]) }];
    }
    return;
  }
  const { analysis } = chart;
  const valuePath = analysis.layout.valuePath(folder, path.slice(1));
  for (const value of analysis.valueAt(valuePath)) {
    if (value.kind !== 'map') continue;
    for (const [name, entry] of value.entries) {
      // Keys of other forms are reached by index alone.
      if (/^[A-Za-z_]\w*$/.test(name)) yield [name, detailsOf(chart, entry, [...valuePath, name], markup)];
    }
  }
}

function detailsOf(chart: ChartState, value: GoValue, path: readonly string[], markup: Markup): Details {
  const [defined] = chart.analysis.definitionsOf(path);
  const shown = shownValue(value, path);
  const from = defined === undefined ? '' : markup.text(`From ${defined.file}`);
  return {
    detail: (shown.split('\n', 1)[0] ?? '').slice(0, MAX_DETAIL),
    documentation: markupContent(markup, [markup.block('yaml', shown), from]),
  };
}

/** What stands before the point: the text is read again with a name behind it. */
function parentsAt({ chart, file, text, offset }: ChartPlace, typed: string): KnownField[] {
  const start = offset - typed.length;
  const rest = text.slice(offset);
  const lineEnd = rest.indexOf('\n');
  const line = lineEnd === -1 ? rest : rest.slice(0, lineEnd);
  const close = line.indexOf('}}');
  const open = line.indexOf('{{');
  const isClosed = close !== -1 && (open === -1 || close < open);
  // What follows in an action that is not closed yet would only be in the way.
  const attempts = isClosed
    ? [rest.replace(/^\w+/, ''), rest.slice(close)]
    : [`}}${rest}`, ` }}${rest.slice(line.length)}`];
  for (const behind of attempts) {
    const tried = chart.analysis.with(file, `${text.slice(0, start)}${PLACEHOLDER}${behind}`);
    const found = tried
      .usesIn(file)
      .flatMap(({ fields }) => fields)
      .filter(({ range, field }) => holds(range, start) && field.path.at(-1) === PLACEHOLDER)
      .map(({ field }): KnownField => ({ ...field, path: field.path.slice(0, -1) }));
    if (found.length > 0) return found.filter(({ path }) => path.at(-1) !== ANY_ELEMENT || path.length > 1);
  }
  return [];
}

function item(place: ChartPlace, typed: string, label: string, kind: CompletionItemKind): CompletionItem {
  const { lines, offset } = place;
  const range = { start: lines.positionAt(offset - typed.length), end: lines.positionAt(offset) };
  return { label, kind, textEdit: { range, newText: label } };
}
