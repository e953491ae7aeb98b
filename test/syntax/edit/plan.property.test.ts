import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument as parseYaml } from 'yaml';
import {
  type DocumentOperation,
  insert,
  remove,
  rename,
  set,
} from '../../../server/src/syntax/edit/operations.ts';
import { isPossible, planOperation } from '../../../server/src/syntax/edit/plan.ts';
import { type ParsedDocument, parseDocument } from '../../../server/src/syntax/parse.ts';
import type { Path } from '../../../server/src/syntax/paths.ts';
import { applyEdits } from '../../../server/src/syntax/ranges.ts';
import type { Value } from '../../../server/src/syntax/values.ts';
import { yamlSamples } from '../../support/yaml-text.ts';

const RUNS = { numRuns: 800 };

function allValues(value: Value | undefined): Value[] {
  if (value === undefined) return [];
  return [
    value,
    ...value.entries.flatMap((entry) => allValues(entry.value)),
    ...value.items.flatMap(allValues),
  ];
}

/** The document as an independent reader sees it; the samples hold no scalar that YAML 1.1 and 1.2 read differently. */
function dataOf(text: string): unknown {
  const document = parseYaml(text, { merge: true, uniqueKeys: false });
  if (document.errors.length > 0) throw new Error(`not YAML: ${document.errors[0]?.message}`);
  return document.toJS();
}

function commentsOf(document: ParsedDocument): string[] {
  return document.comments.map(({ text }) => text).sort();
}

function editedText(document: ParsedDocument, operation: DocumentOperation): string | undefined {
  const plan = planOperation(document, operation);
  expect(isPossible(document, operation)).toBe(!('refused' in plan));
  return 'refused' in plan ? undefined : applyEdits(document.text, plan.edits);
}

/** Changes the data at a path; gives the data itself back. */
function withData(
  data: unknown,
  path: Path,
  change: (parent: Record<string | number, unknown>, key: string | number) => void,
): unknown {
  // Not structuredClone, which would keep what aliases share as one object.
  const copy: unknown = JSON.parse(JSON.stringify(data));
  const parent = path
    .slice(0, -1)
    .reduce((value: unknown, key) => (value as Record<string | number, unknown>)[key], copy);
  change(parent as Record<string | number, unknown>, path.at(-1) ?? '');
  return copy;
}

const samples = yamlSamples.filter(({ text }) => parseDocument(text).problems.length === 0);
const values = fc.constantFrom<unknown>('new', true, 7, { k: 'v' }, ['i'], {
  deep: { er: ['x', { y: 'z' }] },
});
describe('edits of any YAML text', () => {
  it('set gives the path the value, and nothing else changes', () => {
    let refused = 0;
    fc.assert(
      fc.property(samples, fc.nat(), values, ({ text, anchors }, pick, value) => {
        const document = parseDocument(text);
        const all = allValues(document.root).filter(({ parent }) => parent !== undefined);
        const path = all[pick % all.length]?.path ?? [];
        const after = editedText(document, set(path, value as never));
        if (after === undefined) {
          if (!anchors) throw new Error(`refused at ${JSON.stringify(path)}`);
          refused++;
          return;
        }
        expect(dataOf(after)).toEqual(
          withData(dataOf(text), path, (parent, key) => {
            parent[key] = value;
          }),
        );
        if (text.endsWith('\n')) expect(after.endsWith('\n')).toBe(true);
      }),
      RUNS,
    );
    expect(refused).toBeLessThan(RUNS.numRuns / 4);
  });

  it('a new key keeps every comment and all other data', () => {
    fc.assert(
      fc.property(samples, fc.nat(), values, ({ text, anchors }, pick, value) => {
        const document = parseDocument(text);
        const maps = allValues(document.root).filter(({ kind }) => kind === 'map');
        const path = [...(maps[pick % maps.length]?.path ?? []), 'fresh'];
        const after = editedText(document, set(path, value as never));
        if (after === undefined) {
          if (!anchors) throw new Error(`refused at ${JSON.stringify(path)}`);
          return;
        }
        expect(dataOf(after)).toEqual(
          withData(dataOf(text), path, (parent, key) => {
            parent[key] = value;
          }),
        );
        expect(commentsOf(parseDocument(after))).toEqual(commentsOf(document));
        if (text.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
      }),
      RUNS,
    );
  });

  it('remove takes the value and only its own comments', () => {
    fc.assert(
      fc.property(samples, fc.nat(), ({ text, anchors }, pick) => {
        const document = parseDocument(text);
        const all = allValues(document.root).filter(({ parent }) => parent !== undefined);
        const value = all[pick % all.length];
        const path = value?.path ?? [];
        const after = editedText(document, remove(path));
        if (after === undefined) {
          if (!anchors) throw new Error(`refused at ${JSON.stringify(path)}`);
          return;
        }
        expect(dataOf(after)).toEqual(
          withData(dataOf(text), path, (parent, key) => {
            if (Array.isArray(parent)) parent.splice(Number(key), 1);
            else delete parent[key];
          }),
        );
      }),
      RUNS,
    );
  });

  it('insert puts an item where it belongs and keeps every comment', () => {
    fc.assert(
      fc.property(samples, fc.nat(), fc.nat(), values, ({ text, anchors }, pick, position, value) => {
        const document = parseDocument(text);
        const lists = allValues(document.root).filter(({ kind }) => kind === 'list');
        const list = lists[pick % lists.length];
        if (list === undefined) return;
        const index = position % (list.items.length + 1);
        const after = editedText(document, insert(list.path, value as never, index));
        if (after === undefined) {
          if (!anchors) throw new Error(`refused at ${JSON.stringify(list.path)}`);
          return;
        }
        expect(dataOf(after)).toEqual(
          withData(dataOf(text), [...list.path, index], (parent) => {
            (parent as unknown as unknown[]).splice(index, 0, value);
          }),
        );
        expect(commentsOf(parseDocument(after))).toEqual(commentsOf(document));
      }),
      RUNS,
    );
  });

  it('rename changes the key alone', () => {
    fc.assert(
      fc.property(samples, fc.nat(), ({ text }, pick) => {
        const document = parseDocument(text);
        const keyed = allValues(document.root).filter(
          ({ parent, via }) => parent?.kind === 'map' && via === undefined,
        );
        const path = keyed[pick % keyed.length]?.path ?? [];
        const after = editedText(document, rename(path, 'renamed'));
        if (after === undefined) {
          expect(document.anchors.length).toBeGreaterThan(0);
          return;
        }
        expect(commentsOf(parseDocument(after))).toEqual(commentsOf(document));
        expect(dataOf(after)).toEqual(
          withData(dataOf(text), path, (parent, key) => {
            parent.renamed = parent[key];
            delete parent[key];
          }),
        );
      }),
      RUNS,
    );
  });
});
