import type { Hover } from 'vscode-languageserver';
import { chartFolderOf } from '../../helm/language/chart-layout.ts';
import { functionHelp, KEYWORDS, OBJECTS } from '../../helm/language/function-help.ts';
import type { KnownField } from '../../helm/language/known.ts';
import type { ChartState } from '../../workspace/chart-findings.ts';
import { type Markup, markupContent } from '../markup.ts';
import { type ChartPlace, Locator, type Subject, subjectAt, valuePaths } from './place.ts';
import { definitionsOf, type PlacedRange, usesOf, usesOfValue } from './references.ts';
import { shownValue, writtenValue } from './shown-value.ts';

/** More places are only counted. */
const MAX_PLACES = 10;

/**
 * What stands at a place of a chart: values with where they come from, templates, functions, and what actions write.
 * @param withFunctions false when somebody else describes functions and keywords
 */
export function hoverChart(place: ChartPlace, markup: Markup, withFunctions = true): Hover | undefined {
  const subject = subjectAt(place);
  if (subject?.kind === 'word' && !withFunctions) return undefined;
  const about = subject && paragraphsOn(place, subject, markup);
  if (subject !== undefined && about !== undefined) {
    const range = new Locator(place.chart).range(place.file, subject.range);
    return { range, contents: markupContent(markup, about) };
  }
  return hoverAction(place, markup);
}

function paragraphsOn({ chart, file }: ChartPlace, subject: Subject, markup: Markup): string[] | undefined {
  switch (subject.kind) {
    case 'field':
      return onFields(chart, subject.fields, markup);
    case 'value': {
      const uses = usesOfValue(chart, subject.path);
      const title = markup.bold(`.Values.${subject.path.join('.')}`);
      if (uses.length === 0) return [title, markup.text('No template of this chart names it.')];
      return [title, `${markup.text('Used in')} ${placesOf(chart, uses, markup)}`];
    }
    case 'template': {
      const named = chart.analysis.namedTemplates.get(subject.name);
      const defined = definitionsOf(chart, subject);
      if (named === undefined)
        return [markup.bold(subject.name), markup.text('No file of this chart defines it.')];
      const comment = commentBefore(named.tree.text, named.tree.header.start);
      const uses = usesOf(chart, subject).filter((use) => use.file !== file).length;
      return [
        markup.bold(subject.name),
        markup.text(comment),
        `${markup.text('Defined in')} ${placesOf(chart, defined, markup)}${uses > 0 ? markup.text(`, used in other files ${uses} times`) : ''}`,
      ];
    }
    case 'file': {
      const isThere = chart.analysis.files.has(`${subject.use.chart}${subject.use.name}`);
      return [
        markup.bold(subject.use.name),
        markup.text(isThere ? 'A file of this chart.' : 'The chart has no such file.'),
      ];
    }
    case 'word': {
      const help = functionHelp(subject.word) ?? KEYWORDS.find(({ name }) => name === subject.word);
      return help && [markup.code(help.signature), markup.text(help.description)];
    }
  }
}

function onFields(chart: ChartState, fields: readonly KnownField[], markup: Markup): string[] | undefined {
  const [field] = fields;
  if (field === undefined) return undefined;
  const paths = valuePaths(chart, fields);
  if (paths.length === 0) {
    const description = OBJECTS[field.path.slice(0, -1).join('.')]?.[field.path.at(-1) ?? ''];
    return description === undefined
      ? undefined
      : [markup.bold(`.${field.path.join('.')}`), markup.text(description)];
  }
  return paths.flatMap((path) => onValue(chart, path, markup));
}

function onValue(chart: ChartState, path: readonly string[], markup: Markup): string[] {
  const title = markup.bold(`.Values${path.map((name) => `.${name}`).join('')}`);
  const [value] = chart.analysis.valueAt(path);
  const defined = chart.analysis.definitionsOf(path);
  if (value === undefined) return [title, markup.text('No values file says anything of it.')];
  const origins = defined.map(({ file, keyRange }) => ({ file, range: keyRange }));
  return [
    title,
    markup.block('yaml', shownValue(value, path)),
    path.length === 0 || origins.length === 0
      ? ''
      : `${markup.text('From')} ${placesOf(chart, origins, markup)}`,
  ];
}

/** Links to places; the first of them, and how many more there are. */
function placesOf(chart: ChartState, places: readonly PlacedRange[], markup: Markup): string {
  const locator = new Locator(chart);
  const links = places.slice(0, MAX_PLACES).map(({ file, range }) => {
    const { uri, range: at } = locator.location(file, range);
    const line = at.start.line + 1;
    return markup.place(`${file}:${line}`, `${uri}#L${line}`);
  });
  const more = places.length - links.length;
  return links.join(markup.text(', ')) + (more > 0 ? markup.text(` and ${more} more`) : '');
}

/** The comment that stands right before a `define`. */
function commentBefore(text: string, offset: number): string {
  const before = text.slice(0, offset).trimEnd();
  if (!/\*\/\s{0,9}-?\}\}$/.test(before)) return '';
  const start = before.lastIndexOf('/*');
  const end = before.lastIndexOf('*/');
  return start === -1 ? '' : before.slice(start + 2, end).trim();
}

/** What the action at a place writes, or is, when the chart is rendered with its own values. */
function hoverAction({ chart, file, offset, text }: ChartPlace, markup: Markup): Hover | undefined {
  if (chartFolderOf(file) === undefined) return undefined;
  const action = chart.analysis.rendered.observed.at(file, offset);
  const [first] = action?.values ?? [];
  if (action === undefined || first === undefined) return undefined;
  const isCondition = /^\{\{-?\s*(?:else\s+)?(?:if|with|range)\b/.test(
    text.slice(action.range.start, action.range.start + 40),
  );
  const shown = [
    ...new Set(action.values.map((value) => (isCondition ? shownValue(value, []) : writtenValue(value)))),
  ];
  const range = new Locator(chart).range(file, action.range);
  const title = isCondition
    ? 'With the chart’s own values this is'
    : 'With the chart’s own values this gives';
  return {
    range,
    contents: markupContent(markup, [
      markup.text(title),
      ...shown.map((value) => markup.block('yaml', value)),
    ]),
  };
}
