import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type World, worldOf } from '../../server/src/analysis/world.ts';
import { Checker } from '../../server/src/engine/checker.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import type { Inspection } from '../../server/src/engine/inspection.ts';
import { rules } from '../../server/src/rules/index.ts';
import { DocumentText, splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { ScalarValue, type Value } from '../../server/src/syntax/values.ts';
import { TODAY } from '../support/check-text.ts';
import { unmark } from '../support/marked-text.ts';
import type { RuleCases } from '../support/rule-cases.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';

/** Every manifest of every rule's table. */
const manifests: readonly string[] = (
  await Promise.all(
    rules.map(async ({ id, meta }) => {
      const file = join(import.meta.dirname, meta.safeguard, `${id}.cases.ts`);
      if (!existsSync(file)) return [];
      const { cases } = (await import(file)) as { cases: RuleCases };
      return [...cases.valid, ...cases.invalid].flatMap(({ code }) =>
        splitDocuments(unmark(code).text).map(({ document }) => document.text),
      );
    }),
  )
).flat();

const schemas = await loadKubernetesSchemas();

/** What somebody may type for a value. */
const TYPED = [
  ...['true', 'false', '0', '1', '8080', '""', 'null', '~', 'latest', 'http://portal.example.com', '*'],
  ...['"quoted: text"', "'x'", 'nginx:1.27', '10.0.0.0/8', '0.0.0.0/0', 'jane.doe@example.com', 'Always'],
  ...['AKIAIOSFODNN7EXAMPLE', '512Mi', 'root', 'system:masters', '# gone', '[1, 2]', '{a: b}', 'a: b'],
  ...['|\n  several\n  lines', '123-45-6789', '--tls-min-version=VersionTLS10', 'kube-system'],
];

type Edit = readonly [place: number, typed: number];

function scalarsIn(value: Value): ScalarValue[] {
  if (value instanceof ScalarValue) return [value];
  return [...value.items, ...value.entries.map((entry) => entry.value)].flatMap(scalarsIn);
}

/** A manifest with another value somewhere: one of those that people type, or one that stands elsewhere in it. */
function edited(text: string, [place, typed]: Edit): string {
  const { root } = parseDocument(text);
  const scalars = root === undefined ? [] : scalarsIn(root);
  const at = scalars[place % Math.max(scalars.length, 1)];
  if (at === undefined) return text;
  const other = scalars[typed % scalars.length]?.range ?? at.range;
  const words = typed % 3 === 0 ? text.slice(other.start, other.end) : TYPED[typed % TYPED.length];
  return `${text.slice(0, at.range.start)}${words}${text.slice(at.range.end)}`;
}

function newChecker(): Checker {
  const onCrash = (rule: string, error: unknown) => {
    throw new Error(rule, { cause: error });
  };
  const severities = Object.fromEntries(rules.map(({ id, meta }) => [id, meta.severity]));
  const configuration = { ...DEFAULT_CONFIGURATION, rules: severities };
  return new Checker({ rules, schemas, configuration, today: TODAY, onCrash });
}

function told(checker: Checker, inspection: Inspection, world: World): unknown {
  const findings = checker.findings(inspection, world, []);
  const plain = findings.map(({ allowance, ...finding }) => ({ ...finding, hash: allowance?.hash() }));
  return { facts: inspection.facts, findings: plain };
}

const edits = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 2, maxLength: 4 });

describe('a manifest whose values are edited', () => {
  const checker = newChecker();
  const empty = worldOf([], true);
  let takenOver = 0;

  function follow(text: string, steps: readonly Edit[]): void {
    let current = text;
    let last = checker.inspectAgain(new DocumentText(current), undefined);
    for (const step of steps) {
      checker.findings(last, empty, []);
      current = edited(current, step);
      const again = checker.inspectAgain(new DocumentText(current), last);
      if (again.watched?.isTakenOver === true) takenOver++;
      const fresh = checker.inspect(new DocumentText(current));
      expect(told(checker, again, empty), current).toEqual(told(checker, fresh, empty));
      last = again;
    }
  }

  it('is found to be what it is when it is read for the first time', { timeout: 120_000 }, () => {
    const [sample] = fc.sample(
      fc.array(edits, { minLength: manifests.length, maxLength: manifests.length }),
      {
        numRuns: 1,
        seed: 20261122,
      },
    );
    for (const [index, text] of manifests.entries()) follow(text, sample?.[index] ?? []);
    // Else nothing has been tested.
    expect(takenOver).toBeGreaterThan(manifests.length / 2);
  });
});
