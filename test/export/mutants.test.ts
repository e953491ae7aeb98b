import { describe, expect, it } from 'vitest';
import { admissionChecks } from '../../server/src/export/checks.ts';
import { rules } from '../../server/src/rules/index.ts';
import { DEFAULT_RULE_SETTINGS } from '../../server/src/rules/settings.ts';
import { checkText } from '../support/check-text.ts';
import { unmark } from '../support/marked-text.ts';
import type { RuleCases } from '../support/rule-cases.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';
import { admits, isAskedAbout, isPlain, objectsIn } from './admission.ts';
import { type Json, mutantsOf } from './mutants.ts';
import { BY_KYVERNO } from './remainder.ts';

/*
 * Rules and policies beside each other on what is one field or item away from the cases: there a policy must not err, nor refuse what its rule finds nothing in,
 * nor, where it says of no remainder, admit what the rule flags.
 */

const CHECKS = admissionChecks(DEFAULT_RULE_SETTINGS).filter(({ reports }) => reports !== 'only');
const schemas = await loadKubernetesSchemas();
const ofRule = (id: string) => rules.filter((rule) => rule.id === id);
const schemaRule = ofRule('kubernetes-schema');

/** Cases about what the API server ignores or refuses, or writes in small letters. */
const OTHERWISE = new Set([
  'ingress-tls-host-uncovered: upper case',
  'volume-types: no source is an emptyDir; a hostPath is for another rule, an unknown key for the schema',
  'seccomp-profile: an empty context and an empty profile; flow style in JSON',
  'seccomp-unconfined: an annotation that a field overrules, one that confines, one for no container, one of the workload',
  'seccomp-unconfined: annotations that nothing obeys any more',
]);

/** About what a ServiceAccount brings, which a pod has by the time that a policy is asked. */
const FILLED_IN = 'image-pull-secret-missing';

describe.each([...new Set(CHECKS.map(({ rule }) => rule))].filter((id) => id !== FILLED_IN))(
  '%s',
  async (id) => {
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
  },
);
