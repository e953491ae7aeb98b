import { describe, expect, it } from 'vitest';
import { renderCommand } from '../../server/src/helm/index.ts';
import { hasOracle, helmTemplate } from '../support/oracle.ts';
import { chartOf, errorOf, render } from './support.ts';

const OLD = 'http://json-schema.org/draft-07/schema#';
const OLDEST = 'http://json-schema.org/draft-04/schema#';
const chartWith = (schema: unknown, values: string) =>
  chartOf({ 'a.yaml': 'a: 1\n' }, `${values}\n`, {
    'values.schema.json': typeof schema === 'string' ? schema : JSON.stringify(schema),
  });

/** Each gives one complaint: those of several keys come in any order in Helm. */
const SAME_WORDS: readonly (readonly [schema: unknown, values: string])[] = [
  [{ properties: { a: { type: 'string' } } }, 'a: 1'],
  [{ properties: { a: { type: ['string', 'integer', 'null'] } } }, 'a: 1.5'],
  [{ required: ['x', 'y'] }, 'a: 1'],
  [{ additionalProperties: false, properties: { a: {} } }, 'a: 1\nb: 2'],
  [{ patternProperties: { '^x': { type: 'string' } }, additionalProperties: { type: 'null' } }, 'xy: 1\nz:'],
  [{ properties: { a: { enum: ['x', 1, null, true] } } }, 'a: z'],
  [{ properties: { a: { enum: [{ b: 1 }] } } }, 'a: z'],
  [{ properties: { a: { const: 5 } } }, 'a: z'],
  [{ properties: { a: { minimum: 3 } } }, 'a: 0.5'],
  [{ $schema: OLDEST, properties: { a: { minimum: 3, exclusiveMinimum: true } } }, 'a: 3'],
  [{ properties: { a: { multipleOf: 0.1 } } }, 'a: 0.35'],
  [{ properties: { a: { multipleOf: 0.1 } } }, 'a: 0.3'],
  [{ properties: { a: { minLength: 10 } } }, 'a: é'],
  [{ properties: { a: { pattern: '^[a-z]+$' } } }, 'a: it\'s A"B'],
  [{ properties: { a: { uniqueItems: true } } }, 'a: [1, {b: 1}, {b: 1.0}]'],
  [{ properties: { a: { items: { type: 'string' } } } }, 'a: [x, 1]'],
  [{ properties: { a: { contains: { type: 'string' } } } }, 'a: [1, 2]'],
  [{ properties: { a: { anyOf: [{ type: 'string' }, { minimum: 5 }] } } }, 'a: 1'],
  [{ properties: { a: { oneOf: [{ type: 'string' }, { type: 'boolean' }] } } }, 'a: 1'],
  [{ properties: { a: { oneOf: [{ minimum: 0 }, { maximum: 5 }] } } }, 'a: 1'],
  ['{"if": {"required": ["a"]}, "then": {"required": ["b"]}}', 'a: 1'],
  [{ $defs: { q: { type: 'string' } }, properties: { 'a/b': { $ref: '#/$defs/q' } } }, 'a/b: 1'],
  [{ properties: { a: { format: 'ipv4' } } }, 'a: x'],
  [{ dependentRequired: { a: ['b'] } }, 'a: 1'],
  [{ dependentSchemas: { a: { required: ['b'] } } }, 'a: 1'],
  [{ propertyNames: { maxLength: 1 } }, 'aa: 1'],
  [{ properties: { a: false } }, 'a: 1'],
  [{ $ref: '#/nope' }, 'a: 1'],
];

/** Here Helm adds reasons, writes numbers as English readers do, or groups what it says. */
const SAME_VERDICT: readonly (readonly [schema: unknown, values: string])[] = [
  [{ properties: { a: { maximum: 3 } } }, 'a: 123456.5'],
  [{ properties: { a: { anyOf: [{ type: 'string' }, { minimum: 5, multipleOf: 2 }] } } }, 'a: 1'],
  [{ allOf: [{ properties: { a: { not: { type: 'number' } } } }] }, 'a: 1'],
  [{ $schema: OLD, properties: { a: { items: [{}], additionalItems: false } } }, 'a: [x, 1, 2]'],
  [{ $schema: OLD, properties: { a: { format: 'ipv4' } } }, 'a: x'],
  [{ $schema: OLD, properties: { a: { format: 'date' } } }, 'a: 2024-02-30'],
  [{ $schema: OLD, properties: { a: { format: 'date' } } }, 'a: "2024-02-29"'],
  [{ $schema: OLDEST, properties: { a: { minimum: 3 } } }, 'a: 3'],
  [{ unevaluatedProperties: false, allOf: [{ properties: { a: {} } }] }, 'a: 1\nb: 2'],
  [{ required: ['constructor'] }, 'a: 1'],
  ['{', 'a: 1'],
  ['', 'a: 1'],
  ['[1]', 'a: 1'],
];

describe.runIf(hasOracle)('values.schema.json, compared with helm', () => {
  const complaints = async (cases: typeof SAME_WORDS) => {
    const both: { theirs: string; ours: string }[] = [];
    for (const [schema, values] of cases) {
      const files = chartWith(schema, values);
      const { exitCode, stderr } = await helmTemplate(files);
      const ours = renderCommand({ files });
      both.push({
        theirs: exitCode === 0 ? 'fits' : errorOf(stderr),
        ours: ours.exitCode === 0 ? 'fits' : ours.error.replace(/^Error: /, '').trim(),
      });
    }
    return both;
  };

  it('complains in the same words', async () => {
    const both = await complaints(SAME_WORDS);
    expect(both.map(({ ours }) => ours)).toEqual(both.map(({ theirs }) => theirs));
  }, 20_000);

  it('comes to the same verdict', async () => {
    const both = await complaints(SAME_VERDICT);
    expect(both.map(({ ours }) => ours === 'fits')).toEqual(both.map(({ theirs }) => theirs === 'fits'));
  }, 20_000);
});

describe('complaints of a schema', () => {
  const places = (schema: unknown, values: string) =>
    render(chartWith(schema, values)).errors.map(({ file, range }) =>
      file === 'values.yaml' ? values.slice(range?.start, range?.end) : file,
    );

  it('stand at the value, each at its own', () => {
    const schema = { properties: { a: { properties: { b: { type: 'string' }, c: { maximum: 3 } } } } };
    expect(places(schema, 'a: {b: 10, c: 20}')).toEqual(['10', '20']);
    expect(places({ properties: { a: { items: { type: 'null' } } } }, 'a: [~, x]')).toEqual(['x']);
    expect(places({ properties: { a: { required: ['z'] } } }, 'a: {b: 1}')).toEqual(['{b: 1}']);
  });

  it('do not fetch what stands elsewhere, and check the rest', () => {
    const schema = { properties: { a: { $ref: 'https://example.com/a.json' }, b: { type: 'string' } } };
    expect(places(schema, 'a: 1\nb: 2')).toEqual(['2']);
  });

  it('end with references that lead in circles', () => {
    expect(places({ $ref: '#' }, 'a: 1')).toEqual([]);
    const tree = { properties: { a: { $ref: '#' } }, required: ['b'] };
    expect(places(tree, 'a: {a: {b: 1}}')).toHaveLength(2);
  });
});
