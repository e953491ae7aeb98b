import type { Location } from 'vscode-languageserver';
import type { OffsetRange } from '../../syntax/ranges.ts';
import type { ChartState } from '../../workspace/chart-findings.ts';
import { type ChartPlace, definedNames, Locator, type Subject, subjectAt, valuePaths } from './place.ts';

/** A place in a file of a chart. */
export interface PlacedRange {
  readonly file: string;
  readonly range: OffsetRange;
  /** Whether it stands in quotes, where any text may stand. */
  readonly isText?: boolean;
}

/** Where it is defined what stands at a place. */
export function definitionsAt(place: ChartPlace): Location[] {
  const subject = subjectAt(place);
  return subject === undefined ? [] : locations(place.chart, definitionsOf(place.chart, subject));
}

export function definitionsOf(chart: ChartState, subject: Subject): PlacedRange[] {
  switch (subject.kind) {
    case 'field':
      return valuePaths(chart, subject.fields).flatMap((path) => keysOf(chart, path));
    case 'value':
      return keysOf(chart, subject.path);
    case 'template':
      return definesOf(chart, subject.name);
    case 'file': {
      const file = `${subject.use.chart}${subject.use.name}`;
      return chart.analysis.files.has(file) ? [{ file, range: { start: 0, end: 0 } }] : [];
    }
    case 'word':
      return [];
  }
}

/** Everything that names what stands at a place. */
export function referencesAt(place: ChartPlace, withDefinitions: boolean): Location[] {
  const { chart } = place;
  const subject = subjectAt(place);
  if (subject === undefined) return [];
  const uses = usesOf(chart, subject);
  return locations(chart, withDefinitions ? [...definitionsOf(chart, subject), ...uses] : uses);
}

export function usesOf(chart: ChartState, subject: Subject): PlacedRange[] {
  switch (subject.kind) {
    case 'field':
      return valuePaths(chart, subject.fields).flatMap((path) => usesOfValue(chart, path));
    case 'value':
      return usesOfValue(chart, subject.path);
    case 'template':
      return everyUse(chart, ({ templates }) => templates.filter(({ name }) => name === subject.name));
    case 'file':
      return everyUse(chart, ({ files }) =>
        files.filter(({ name, chart: folder }) => name === subject.use.name && folder === subject.use.chart),
      );
    case 'word':
      return [];
  }
}

/** Where templates name a value, and conditions of dependencies. */
export function usesOfValue(chart: ChartState, path: readonly string[]): PlacedRange[] {
  const key = path.join('\0');
  const inTemplates = everyUse(chart, ({ fields }) =>
    fields.filter(({ field }) => {
      if (field.path[0] !== 'Values') return false;
      return chart.analysis.layout.valuePath(field.chart, field.path.slice(1)).join('\0') === key;
    }),
  );
  return [...inTemplates, ...conditionsOn(chart, path)];
}

type EveryUse = ReturnType<ChartState['analysis']['usesIn']>[number];

function everyUse(
  { analysis }: ChartState,
  select: (uses: EveryUse) => readonly { readonly range: OffsetRange; readonly isText?: boolean }[],
): PlacedRange[] {
  const found = new Map<string, PlacedRange>();
  for (const file of analysis.templateFiles) {
    for (const uses of analysis.usesIn(file)) {
      for (const { range, isText = false } of select(uses))
        found.set(`${file}:${range.start}`, { file, range, isText });
    }
  }
  return [...found.values()];
}

const CONDITION = /^[ \t-]*condition:[ \t]*["']?([^"'\s#]+)/gm;

/** `condition: sub.enabled,global.sub` of dependencies. */
function conditionsOn({ analysis }: ChartState, path: readonly string[]): PlacedRange[] {
  const found: PlacedRange[] = [];
  for (const { chart, path: below } of analysis.layout.charts) {
    const { file } = chart.metadata;
    for (const match of (analysis.textOf(file) ?? '').matchAll(CONDITION)) {
      const list = match[1] ?? '';
      let start = match.index + match[0].length - list.length;
      for (const condition of list.split(',')) {
        const range = rangeInCondition(condition, start, below, path);
        if (range !== undefined) found.push({ file, range, isText: true });
        start += condition.length + 1;
      }
    }
  }
  return found;
}

function rangeInCondition(
  condition: string,
  start: number,
  below: readonly string[],
  path: readonly string[],
): OffsetRange | undefined {
  const names = condition.split('.');
  const whole = names[0] === 'global' ? names : [...below, ...names];
  const own = path.length - (whole.length - names.length);
  if (own < 1 || !path.every((name, index) => whole[index] === name)) return undefined;
  const before = names.slice(0, own - 1).reduce((sum, name) => sum + name.length + 1, 0);
  return { start: start + before, end: start + before + (names[own - 1]?.length ?? 0) };
}

/** The keys of values files that say something of a path. */
export function keysOf({ analysis }: ChartState, path: readonly string[]): PlacedRange[] {
  if (path.length === 0) return [];
  return analysis.definitionsOf(path).map(({ file, keyRange }) => ({ file, range: keyRange, isText: true }));
}

function definesOf(chart: ChartState, name: string): PlacedRange[] {
  return chart.analysis.templateFiles.flatMap((file) =>
    definedNames({ chart, file })
      .filter((defined) => defined.name === name)
      .map(({ range }) => ({ file, range, isText: true })),
  );
}

export function locations(chart: ChartState, places: readonly PlacedRange[]): Location[] {
  const locator = new Locator(chart);
  return places.map(({ file, range }) => locator.location(file, range));
}
