import { describe, expect, it } from 'vitest';
import { admissionChecks } from '../../server/src/export/checks.ts';
import { rules } from '../../server/src/rules/index.ts';
import { DEFAULT_RULE_SETTINGS } from '../../server/src/rules/settings.ts';
import { checkText } from '../support/check-text.ts';
import { unmark } from '../support/marked-text.ts';
import type { RuleCases } from '../support/rule-cases.ts';
import { type ApiObject, admits, isAskedAbout, isPlain, objectsIn } from './admission.ts';
import { type Json, mutantsOf } from './mutants.ts';

/*
 * Policies that look others up, where the object that is asked about, or one that is looked up, is one field or item away from the cases: they must not err, nor
 * refuse what their rule finds nothing in.
 */

const CHECKS = admissionChecks(DEFAULT_RULE_SETTINGS).filter(({ looksUp }) => looksUp);

/** What the API server demands of an object: lists of a path, of whose items each has a key. */
const DEMANDED: readonly (readonly [kind: string, items: string, key: string])[] = [
  ['StorageClass', '', 'provisioner'],
  ['IngressClass', '', 'spec'],
  ['Certificate', 'spec.issuerRef', 'name'],
  ['Gateway', 'spec.listeners', 'protocol'],
  ['Gateway', 'spec.listeners', 'name'],
  ['HTTPRoute', 'spec.parentRefs', 'name'],
  ['HTTPRoute', 'spec.rules.filters', 'type'],
  ['IngressRoute', 'spec.routes.middlewares', 'name'],
  ['AuthorizationPolicy', 'spec.requiredAuthenticationRefs', 'name'],
  ['AuthorizationPolicy', 'spec.requiredAuthenticationRefs', 'kind'],
  ['NetworkAuthentication', 'spec.networks', 'cidr'],
  ['Ingress', 'spec.defaultBackend.service', 'name'],
  ['Ingress', 'spec.rules.http.paths', 'backend'],
  ['Ingress', 'spec.rules.http.paths.backend.service', 'name'],
];

const itemsAt = (value: unknown, [key, ...rest]: readonly string[]): unknown[] => {
  const here = Array.isArray(value) ? value : [value];
  if (key === undefined) return here;
  return here.flatMap((item) => {
    const below = (item as Json | undefined)?.[key];
    return below === undefined
      ? rest.length === 0 && key === 'issuerRef'
        ? [{}]
        : []
      : itemsAt(below, rest);
  });
};

const isWhole = (object: Json) =>
  DEMANDED.filter(([kind]) => kind === object.kind).every(([, path, key]) =>
    itemsAt(object, path === '' ? [] : path.split('.')).every((item) => key in (item as Json)),
  );

describe.each([...new Set(CHECKS.map(({ rule }) => rule))])('%s', async (id) => {
  const checks = CHECKS.filter(({ rule }) => rule === id);
  const known = rules.filter((rule) => rule.id === id);
  const { cases } = (await import(`../rules/${known[0]?.meta.safeguard}/${id}.cases.ts`)) as {
    cases: RuleCases;
  };

  it('refuses nothing that the rule lets pass', () => {
    const wrong = [...cases.valid, ...cases.invalid].filter(isPlain).flatMap(({ name, code }) => {
      const objects = objectsIn(unmark(code).text);
      if (!objects.some((object) => checks.some((check) => isAskedAbout(object, check)))) return [];
      return objects.flatMap((object, at) =>
        [...mutantsOf(object as unknown as Json)].filter(isWhole).flatMap((mutant) => {
          const present = objects.with(at, mutant as unknown as ApiObject);
          const isRefused = present.some((asked, place) =>
            checks.some(
              (check) => isAskedAbout(asked, check) && !admits(check, asked, present.toSpliced(place, 1)),
            ),
          );
          if (!isRefused) return [];
          const text = present.map((one) => JSON.stringify(one)).join('\n---\n');
          return checkText(text, { rules: known }).length > 0 ? [] : [`${name}: ${text}`];
        }),
      );
    });
    expect(wrong).toEqual([]);
  });
});
