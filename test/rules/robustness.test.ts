import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worldOf } from '../../server/src/analysis/world.ts';
import { fixAll } from '../../server/src/engine/fix-all.ts';
import { rules } from '../../server/src/rules/index.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { checkerFor, checkText } from '../support/check-text.ts';
import { unmark } from '../support/marked-text.ts';
import type { RuleCases } from '../support/rule-cases.ts';

/** Every manifest of every rule's table, as data. */
const manifests: readonly unknown[] = (
  await Promise.all(
    rules.map(async ({ id, meta }) => {
      const file = join(import.meta.dirname, meta.safeguard, `${id}.cases.ts`);
      if (!existsSync(file)) return [];
      const { cases } = (await import(file)) as { cases: RuleCases };
      return [...cases.valid, ...cases.invalid].flatMap(({ code }) =>
        splitDocuments(unmark(code).text).map(({ document }) => parseDocument(document.text).root?.toJS()),
      );
    }),
  )
)
  .flat()
  .filter((manifest) => typeof manifest === 'object' && manifest !== null);

/** What stands where something else belongs. */
const WRONG = [
  null,
  true,
  0,
  -1.5,
  '',
  'text',
  '{{ .Values.a }}',
  'true',
  [],
  [null],
  ['text', 1, {}],
  [[[]]],
  {},
  { a: null },
  { name: { name: [] } },
  '\u0000\ud800',
];

type Step = readonly [place: number, wrong: number];

/** Replaces some of the values in a manifest, at any depth, leaving what says its kind. */
function misshape(manifest: unknown, steps: readonly Step[]): unknown {
  const copy = JSON.parse(JSON.stringify(manifest)) as Record<string, unknown>;
  for (const [place, wrong] of steps) {
    const places = placesIn(copy).filter(({ key }) => key !== 'kind' && key !== 'apiVersion');
    const found = places[place % places.length];
    if (found !== undefined) found.holder[found.key] = structuredClone(WRONG[wrong % WRONG.length]);
  }
  return copy;
}

function placesIn(holder: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof holder !== 'object' || holder === null) return [];
  const record = holder as Record<string, unknown>;
  return Object.keys(record).flatMap((key) => [{ holder: record, key }, ...placesIn(record[key])]);
}

const misshapen = fc
  .record({
    manifest: fc.nat(manifests.length - 1),
    neighbour: fc.nat(manifests.length - 1),
    steps: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 5 }),
  })
  .map(({ manifest, neighbour, steps }) =>
    [misshape(manifests[manifest], steps), manifests[neighbour]]
      .map((data) => JSON.stringify(data, undefined, 2))
      .join('\n---\n'),
  );

describe('manifests of a wrong shape', () => {
  it('make no rule fail', () => {
    fc.assert(
      fc.property(misshapen, (text) => {
        // The checker of the tests throws when a rule fails.
        for (const { finding } of checkText(text, { rules }))
          expect(finding.message).not.toMatch(/undefined|NaN|\[object/);
      }),
      { numRuns: 600 },
    );
  });

  it('make no fix fail', () => {
    fc.assert(
      fc.property(misshapen, (text) => {
        const fixed = fixAll(text, {
          checker: checkerFor({ rules }),
          worldOf: (facts) => worldOf(facts, true),
          level: 'all',
        });
        for (const { document } of splitDocuments(fixed.text))
          expect(parseDocument(document.text).problems).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});
