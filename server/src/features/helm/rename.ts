import {
  ErrorCodes,
  type Range,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { ValuesIndex } from '../../helm/language/values-index.ts';
import type { OffsetRange } from '../../syntax/ranges.ts';
import type { ChartState } from '../../workspace/chart-findings.ts';
import { type ChartPlace, Locator, type Subject, subjectAt, valuePaths } from './place.ts';
import { definitionsOf, keysOf, type PlacedRange, usesOf, usesOfValue } from './references.ts';

/** What templates can write behind a point. */
const FIELD_NAME = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;
/** Keys that need no quotes, and cannot be taken for something else than a text. */
const PLAIN_KEY = /^[A-Za-z_][\w.-]*$/;
const TEMPLATE_NAME = /^[^"\\\n]+$/;
const SPECIAL_WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** The name at a place that can be given another one; null elsewhere. */
export function prepareRename(place: ChartPlace): { range: Range; placeholder: string } | null {
  const subject = renamable(place);
  if (subject === undefined) return null;
  const range = nameIn(place.text, subject.range);
  return {
    range: new Locator(place.chart).range(place.file, range),
    placeholder: place.text.slice(range.start, range.end),
  };
}

/**
 * Gives a value another name in the values files, the templates, the schema and the conditions of dependencies; or a named template one.
 *
 * @returns the edits, or why the name cannot be used; null where nothing can be renamed
 */
export function rename(place: ChartPlace, newName: string): WorkspaceEdit | ResponseError<void> | null {
  const { chart } = place;
  const subject = renamable(place);
  if (subject === undefined) return null;
  const places =
    subject.kind === 'template'
      ? templatePlaces(chart, subject, newName)
      : valuePlaces(chart, subject, newName);
  if (places instanceof ResponseError) return places;
  const locator = new Locator(chart);
  const changes: Record<string, TextEdit[]> = {};
  for (const { file, range } of places) {
    const text = chart.analysis.textOf(file) ?? '';
    const edited = nameIn(text, range);
    const uri = chart.uriOf(file);
    changes[uri] ??= [];
    changes[uri].push({ range: locator.range(file, edited), newText: newName });
  }
  return { changes };
}

type RenamableSubject = Extract<Subject, { kind: 'field' | 'value' | 'template' }>;

function renamable(place: ChartPlace): RenamableSubject | undefined {
  const subject = subjectAt(place);
  if (subject === undefined || subject.kind === 'word' || subject.kind === 'file') return undefined;
  if (subject.kind === 'template') {
    return definitionsOf(place.chart, subject).length > 0 ? subject : undefined;
  }
  const paths = pathsOf(place.chart, subject);
  const [path] = paths;
  // In a helper that several values are given to, the name belongs to all of them.
  return path === undefined || path.length === 0 || path.at(-1) === '*' ? undefined : subject;
}

function pathsOf(chart: ChartState, subject: RenamableSubject): (readonly string[])[] {
  if (subject.kind === 'value') return [subject.path];
  return subject.kind === 'field' ? valuePaths(chart, subject.fields) : [];
}

function templatePlaces(
  chart: ChartState,
  subject: RenamableSubject,
  newName: string,
): PlacedRange[] | ResponseError<void> {
  if (!TEMPLATE_NAME.test(newName))
    return refusal('The name of a template has no quotes, backslashes or line breaks.');
  if (chart.analysis.namedTemplates.has(newName)) return refusal(`There is a template "${newName}" already.`);
  return [...definitionsOf(chart, subject), ...usesOf(chart, subject)];
}

function valuePlaces(
  chart: ChartState,
  subject: RenamableSubject,
  newName: string,
): PlacedRange[] | ResponseError<void> {
  const paths = closureOf(chart, pathsOf(chart, subject));
  const places = paths.flatMap((path) => [
    ...keysOf(chart, path),
    ...usesOfValue(chart, path),
    ...schemaPlaces(chart, path),
  ]);
  const unique = [...new Map(places.map((place) => [`${place.file}:${place.range.start}`, place])).values()];
  if (!PLAIN_KEY.test(newName) || SPECIAL_WORDS.test(newName)) {
    return refusal(
      'The name has to begin with a letter or an underscore, and must not read as another type.',
    );
  }
  if (!FIELD_NAME.test(newName) && unique.some(({ isText }) => isText !== true)) {
    return refusal('Templates write the name behind a point: it may hold letters, digits and underscores.');
  }
  for (const path of paths) {
    if (chart.analysis.definitionsOf([...path.slice(0, -1), newName]).length > 0) {
      return refusal(`There is a value "${newName}" beside it already.`);
    }
  }
  return unique;
}

/** A name in a helper that is given several values is the name of all of them. */
function closureOf(chart: ChartState, start: readonly (readonly string[])[]): (readonly string[])[] {
  const known = new Map(start.map((path) => [path.join('\0'), path]));
  const shared = new Map<string, Set<string>>();
  const paths = new Map<string, readonly string[]>();
  for (const file of chart.analysis.templateFiles) {
    for (const { fields } of chart.analysis.usesIn(file)) {
      for (const { range, field } of fields) {
        const [path] = valuePaths(chart, [field]);
        if (path === undefined) continue;
        const key = path.join('\0');
        const at = `${file}:${range.start}`;
        paths.set(key, path);
        shared.set(at, (shared.get(at) ?? new Set()).add(key));
      }
    }
  }
  for (let size = 0; size !== known.size; ) {
    size = known.size;
    for (const keys of shared.values()) {
      if (keys.size < 2 || ![...keys].some((key) => known.has(key))) continue;
      for (const key of keys) known.set(key, paths.get(key) ?? []);
    }
  }
  return [...known.values()];
}

/** The property of a value in the schemas of charts, and where it is required. */
function schemaPlaces({ analysis }: ChartState, path: readonly string[]): PlacedRange[] {
  return analysis.layout.charts.flatMap(({ chart, path: below }) => {
    const text = chart.schema && analysis.textOf(chart.schema.file);
    if (chart.schema === undefined || text === undefined) return [];
    if (!below.every((name, index) => path[index] === name)) return [];
    const own = path.slice(below.length);
    const name = own.at(-1);
    if (name === undefined) return [];
    const schema = new ValuesIndex(chart.schema.file, text);
    const parent = own
      .slice(0, -1)
      .flatMap((segment) => (segment === '*' ? ['items'] : ['properties', segment]));
    const properties = schema.at([...parent, 'properties', name]).map(({ keyRange }) => keyRange);
    const required = schema
      .at([...parent, 'required', '*'])
      .filter(({ value }) => value.kind === 'string' && value.text === name)
      .flatMap(({ value }) => value.trace[0]?.range ?? []);
    return [...properties, ...required].map((range) => ({
      file: chart.schema?.file ?? '',
      range,
      isText: true,
    }));
  });
}

/** The name without the quotes around it. */
function nameIn(text: string, { start, end }: OffsetRange): OffsetRange {
  const quote = text[start];
  const isQuoted = (quote === '"' || quote === "'") && text[end - 1] === quote && end - start > 1;
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}
