import { describe, expect, test } from 'vitest';
import { parseDeclarations, type TypeNode } from '../../../scripts/schemas/declarations.ts';

const string: TypeNode = { kind: 'primitive', name: 'string' };

/** The type of `"field"` in an interface that holds nothing else. */
function typeOf(source: string): TypeNode | undefined {
  const declared = parseDeclarations(`export interface A { "field": ${source}; }`).types.get('A')?.type;
  return declared?.kind === 'object' ? declared.members[0]?.type : undefined;
}

describe('types', () => {
  test.each<[string, TypeNode]>([
    ['string', string],
    [
      '"a" | 1',
      {
        kind: 'union',
        types: [
          { kind: 'literal', value: 'a' },
          { kind: 'literal', value: 1 },
        ],
      },
    ],
    ['Array<string>', { kind: 'array', items: string }],
    ['string[][]', { kind: 'array', items: { kind: 'array', items: string } }],
    ['{ [key: string]: string }', { kind: 'object', members: [], values: string }],
    ['Other', { kind: 'reference', name: 'Other' }],
    [
      'Array<{ [key: string]: Array<Other>; }>',
      {
        kind: 'array',
        items: {
          kind: 'object',
          members: [],
          values: { kind: 'array', items: { kind: 'reference', name: 'Other' } },
        },
      },
    ],
    [
      'A & (B | C)',
      {
        kind: 'intersection',
        types: [
          { kind: 'reference', name: 'A' },
          {
            kind: 'union',
            types: [
              { kind: 'reference', name: 'B' },
              { kind: 'reference', name: 'C' },
            ],
          },
        ],
      },
    ],
    ['A["field"]', { kind: 'primitive', name: 'any' }],
  ])('%s', (source, type) => {
    expect(typeOf(source)).toEqual(type);
  });
});

test('declarations, imports and renames', () => {
  const file = parseDeclarations(`
    import { A as B, C } from "./c.js";
    import type { D } from 'd';
    import * as everything from "e";
    /** The \\*first\\*.
     *
     * It\\'s here. */
    export interface First extends B, C<D> {
      /** With a "quote". */
      "one"?: string;
      plain: number;
      "two": { "three": B };
    }
    export declare class Second extends Model<First> implements First {
      'one'?: string;
      static readonly map: Array<{ "name": string; }>;
      static get(): { "name": string; }[];
      constructor(data?: First);
    }
    export type Third = "x";
    export type { First as Renamed, Second };
    export * from "./more.js";
    declare const value: { "not": "a type" };
  `);
  expect([...file.types.keys()]).toEqual(['First', 'Second', 'Third']);
  expect(file.types.get('First')).toMatchObject({
    keyword: 'interface',
    doc: "The *first*.\n\nIt's here.",
    extends: ['B', 'C'],
    type: {
      members: [
        { name: 'one', optional: true, doc: 'With a "quote".' },
        { name: 'plain', optional: false },
        { name: 'two', optional: false, doc: '' },
      ],
    },
  });
  expect(file.types.get('Second')).toMatchObject({ keyword: 'class', type: { members: [{ name: 'one' }] } });
  expect(Object.fromEntries(file.imports)).toEqual({
    B: { from: './c.js', name: 'A' },
    C: { from: './c.js', name: 'C' },
    D: { from: 'd', name: 'D' },
  });
  expect(file.renames.get('Renamed')).toBe('First');
});

test('anything else is an error, with its place', () => {
  expect(() => parseDeclarations('export interface A { "field": => string }')).toThrow('offset 30');
});
