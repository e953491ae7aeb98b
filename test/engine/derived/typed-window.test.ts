import { describe, expect, it } from 'vitest';
import { NO_PARAMETERS } from '../../../server/src/analysis/gitops/index.ts';
import { type Reading, type TypedWindow, windowIn } from '../../../server/src/engine/derived/typed-window.ts';
import { TypedWindows } from '../../../server/src/engine/derived/typed-windows.ts';
import { parseDocument } from '../../../server/src/syntax/parse.ts';
import { applyEdits } from '../../../server/src/syntax/ranges.ts';

const HEAD = 'kind: Other\n---\napiVersion: v1\nkind: App\nmetadata: { name: ehr }\nspec:\n';

function windowOn(
  spec: string,
  { reading = 'yaml' as Reading, values = {}, isGoTemplate = false } = {},
): TypedWindow | undefined {
  const parameters = { values, isGoTemplate };
  const typed = { kind: 'App', name: 'ehr', path: ['spec', 'values'], parameters };
  return windowIn('app.yaml', HEAD + spec, typed, reading);
}

const read = (window: TypedWindow | undefined) => parseDocument(window?.text ?? '').root?.toJS();

describe('a window on values inside of a manifest', () => {
  it.each([
    ['a map', '  values:\n    a: 1\n    b: [x] # why\n  other: 2\n'],
    ['a map behind a comment', '  values: # these\n    # first\n    a: 1\n\n    b: [x]\n'],
    ['a map at the end, without a line break', '  values:\n    a: 1\n    b: [x]'],
    ['a map in braces', '  values: { a: 1, b: [x] }\n  other: 2\n'],
    ['a map in braces over lines', '  values: {\n    a: 1,\n    b: [x] }\n'],
    ['a text', '  values: |\n    a: 1\n    b: [x]\n  other: 2\n'],
    ['a text that keeps its end', '  values: |+\n\n    a: 1\n    b: [x]\n\n  other: 2\n'],
    ['a text with an indentation of its own', '  values: |2-\n    a: 1\n    b: [x]\n'],
    ['lines that end as on Windows', '  values: |\r\n    a: 1\r\n    b: [x]\r\n  other: 2\r\n'],
  ])('has %s where the file has it', (_, spec) => {
    const window = windowOn(spec);
    const edits = [{ range: { start: 1, end: 2 }, newText: 'x' }];
    expect(window?.editsFor(edits)).toEqual(edits);
    expect(read(window)).toEqual({ a: 1, b: ['x'] });
    expect(window?.text).toHaveLength(HEAD.length + spec.length);
    const at = (HEAD + spec).indexOf('a: 1');
    expect(window?.text.slice(at, at + 4)).toBe('a: 1');
    expect(window?.placeOf({ start: at, end: at + 4 })).toEqual({ start: at, end: at + 4 });
  });

  it.each([
    ['a quoted text', '  values: "a: 1"\n', 'a: 1', '  values: "a: 2"\n'],
    ["a text in 'quotes'", "  values: 'a: 1'\n", 'a: 1', "  values: 'a: 2'\n"],
    ['a text with escapes', '  values: "\\x61: 1"\n', '\\x61: 1', '  values: "\\x61: 2"\n'],
    ['a folded text', '  values: >-\n    a:\n    1\n', 'a:', '  values: >-\n    a:\n    2\n'],
    [
      'a merged map',
      '  base: &one { a: 1 }\n  values:\n    <<: *one\n',
      '*one',
      '  base: &one { a: 1 }\n  values:\n    <<: *one\n    a: 2\n',
    ],
    [
      'an alias',
      '  base: &base { a: 1 }\n  values: *base\n',
      '{ a: 1 }',
      '  base: &base { a: 1 }\n  values:\n    a: 2\n',
    ],
    [
      'aliases in a map',
      '  base: &one 1\n  values: { a: *one }\n',
      '*one',
      '  base: &one 1\n  values: { a: 2 }\n',
    ],
  ])('has %s as it comes to', (_, spec, place, edited) => {
    const window = windowOn(spec);
    expect(read(window)).toEqual({ a: 1 });
    const text = window?.text ?? '';
    const { start, end } = window?.placeOf({ start: text.indexOf('a'), end: text.length }) ?? {
      start: 0,
      end: 0,
    };
    expect((HEAD + spec).slice(start, end)).toBe(place);
    const one = text.indexOf('1');
    const edits = window?.editsFor([{ range: { start: one, end: one + 1 }, newText: '2' }]);
    expect(edits && applyEdits(HEAD + spec, edits)).toBe(edited && HEAD + edited);
  });

  it('fills in what a template leaves open, and knows the lines', () => {
    const spec = '  values: |\n    env: {{env}}\n    a: 1\n';
    const window = windowOn(spec, { values: { env: 'production' } });
    expect(read(window)).toEqual({ env: 'production', a: 1 });
    const one = window?.text.indexOf('1') ?? 0;
    const typed = (HEAD + spec).indexOf('a: 1') + 3;
    expect(window?.editsFor([{ range: { start: one, end: one + 1 }, newText: '2' }])).toEqual([
      { range: { start: typed, end: typed + 1 }, newText: '2' },
    ]);
    const filled = window?.text.indexOf('production') ?? 0;
    expect(window?.editsFor([{ range: { start: filled, end: filled + 4 }, newText: 'x' }])).toBeUndefined();
    const at = window?.text.indexOf('1') ?? 0;
    const { start, end } = window?.placeOf({ start: at, end: at + 1 }) ?? { start: 0, end: 0 };
    expect((HEAD + spec).slice(start, end)).toBe('a: 1');
  });

  it('runs what is a Go template, and knows the lines as long as they stay', () => {
    const values = { env: 'prod', on: true };
    const spec = '  values: |\n    env: {{ .env | upper | quote }}\n    a: 1\n';
    const window = windowOn(spec, { values, isGoTemplate: true });
    expect(read(window)).toEqual({ env: 'PROD', a: 1 });
    const lines = '  values: |\n    {{- if .on }}\n    a: 1\n    {{- end }}\n';
    expect(read(windowOn(lines, { values, isGoTemplate: true }))).toEqual({ a: 1 });
    const broken = '  values: |\n    a: {{ .env | nope }}\n';
    expect(windowOn(broken, { values, isGoTemplate: true })?.text).toContain('{{');
  });

  it('shows a single value', () => {
    const window = windowOn('  values: "two words"\n', { reading: 'scalar' });
    expect(window?.single).toMatchObject({ path: ['values'], decoded: 'two words' });
    const { start, end } = window?.single?.range ?? { start: 0, end: 0 };
    expect(window?.text.slice(start, end)).toBe('"two words"');
  });

  it('shows nothing where there is nothing', () => {
    expect(windowOn('  other: 1\n')).toBeUndefined();
    expect(windowOn('')).toBeUndefined();
    const values = { kind: 'App', name: 'lab', path: ['spec', 'values'], parameters: NO_PARAMETERS };
    expect(windowIn('app.yaml', `${HEAD}  values: { a: 1 }\n`, values)).toBeUndefined();
  });

  it('is read from whatever stands there', () => {
    for (const spec of [
      '  values: 1\n',
      '  values: [a]\n',
      '  values:\n',
      '  values: |\n    a: [\n',
      '  values: {a: {',
    ])
      expect(() => windowOn(spec)).not.toThrow();
  });
});

describe('edits through windows', () => {
  const named = (name: string, path: readonly string[]) => ({
    name,
    files: ['app.yaml'],
    values: { kind: 'App', name: 'ehr', path, parameters: NO_PARAMETERS },
    reading: 'yaml' as const,
  });
  const text = `${HEAD}  one:\n    a: 1\n  two: |\n    b: 2\n  three: "c: 3"\n`;
  const windows = new TypedWindows(
    [named('one', ['spec', 'one']), named('two', ['spec', 'two']), named('three', ['spec', 'three'])],
    (file) => (file === 'app.yaml' ? text : undefined),
  );
  const edit = (found: string, newText: string) => {
    const start = text.indexOf(found);
    return { range: { start, end: start + found.length }, newText };
  };

  it('are edits of the file, also of several at once', () => {
    const [one, two] = [edit('a: 1', 'a: 1\n    longer: true'), edit('b: 2', 'b: 3')];
    const both = [
      { file: 'one', edits: [one] },
      { file: 'two', edits: [two] },
      { file: 'values.yaml', edits: [] },
    ];
    expect(windows.editsOnDisk(both)).toEqual([
      { file: 'app.yaml', edits: [one, two] },
      { file: 'values.yaml', edits: [] },
    ]);
  });

  it('are none where the file would then say something else', () => {
    expect(windows.editsOnDisk([{ file: 'two', edits: [edit('b: 2', 'b: 2\n  three: 4')] }])).toBeUndefined();
  });
});
