import { describe, expect, it } from 'vitest';
import { admissionChecks } from '../../server/src/export/checks.ts';
import { rules } from '../../server/src/rules/index.ts';
import { DEFAULT_RULE_SETTINGS } from '../../server/src/rules/settings.ts';
import { checkText } from '../support/check-text.ts';
import { unmark } from '../support/marked-text.ts';
import type { RuleCases } from '../support/rule-cases.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';
import { admits, isAskedAbout, isPlain, objectsIn } from './admission.ts';
import { BY_KYVERNO } from './remainder.ts';

/*
 * Rules and policies beside each other on what is one field or item away from the cases: there a policy must not err, nor refuse what its rule finds nothing in,
 * nor, where it says of no remainder, admit what the rule flags.
 */

const CHECKS = admissionChecks(DEFAULT_RULE_SETTINGS);
const schemas = await loadKubernetesSchemas();
const ofRule = (id: string) => rules.filter((rule) => rule.id === id);
const schemaRule = ofRule('kubernetes-schema');

/** Fields that the API server demands, so that no policy is asked about objects without them. */
const REQUIRED =
  /(?:^|\.)(?:spec|containers|os|name|type|seccompProfile|appArmorProfile|hostPath|path|key|secretKeyRef|provider|sysctls\.\d+)$/;
/** Cases about what the API server ignores or refuses, or writes in small letters. */
const OTHERWISE = new Set([
  'ingress-tls-host-uncovered: upper case',
  'volume-types: no source is an emptyDir; a hostPath is for another rule, an unknown key for the schema',
  'seccomp-profile: an empty context and an empty profile; flow style in JSON',
  'seccomp-unconfined: an annotation that a field overrules, one that confines, one for no container, one of the workload',
  'seccomp-unconfined: annotations that nothing obeys any more',
]);

type Json = Record<string, unknown>;

/** The object without each of its fields and items, and with each one empty, or the other way round. */
function* mutantsOf(object: Json): Generator<Json> {
  for (const path of pathsIn(object)) {
    if (/^(?:apiVersion|kind|metadata(?:\.(?:name|namespace))?)$/.test(path.join('.'))) continue;
    if (REQUIRED.test(path.join('.'))) continue;
    for (const change of [remove, empty]) {
      const copy = structuredClone(object);
      const holder = path.slice(0, -1).reduce((at, key) => at[key] as Json, copy);
      if (change(holder, path.at(-1) ?? '')) yield copy;
    }
  }
}

function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    [key],
    ...pathsIn(item).map((path) => [key, ...path]),
  ]);
}

function remove(holder: Json, key: string): boolean {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  return true;
}

function empty(holder: Json, key: string): boolean {
  const value = holder[key];
  if (typeof value === 'boolean') holder[key] = !value;
  else if (typeof value === 'string') holder[key] = '';
  else if (Array.isArray(value)) holder[key] = [];
  else if (typeof value === 'object') holder[key] = {};
  else return false;
  return true;
}

describe.each([...new Set(CHECKS.map(({ rule }) => rule))])('%s', async (id) => {
  const checks = CHECKS.filter(({ rule }) => rule === id);
  const isWhole = checks.every(({ beyond }) => beyond === undefined) && !(id in BY_KYVERNO);
  const { cases } = (await import(`../rules/${ofRule(id)[0]?.meta.safeguard}/${id}.cases.ts`)) as {
    cases: RuleCases;
  };

  it('and its policies agree', () => {
    const seen = new Set<string>();
    const wrong = [...cases.valid, ...cases.invalid]
      .filter((one) => isPlain(one) && !OTHERWISE.has(`${id}: ${one.name}`))
      .flatMap(({ name, code }) =>
        objectsIn(unmark(code).text)
          .filter((object) => checks.some((check) => isAskedAbout(object, check)))
          .flatMap((object) => [...mutantsOf(object as unknown as Json)])
          .flatMap((mutant) => {
            const text = JSON.stringify(mutant);
            if (seen.has(text)) return [];
            seen.add(text);
            if (checkText(text, { rules: schemaRule, schemas, isolated: true }).length > 0) return [];
            const isFlagged = checkText(text, { rules: ofRule(id), isolated: true }).length > 0;
            const object = mutant as unknown as Parameters<typeof admits>[1];
            const isRefused = checks.some((check) => isAskedAbout(object, check) && !admits(check, object));
            return isRefused === isFlagged || (isFlagged && !isWhole) ? [] : [`${name}: ${text}`];
          }),
      );
    expect(wrong).toEqual([]);
  });
});
