import { EXAMPLE_WORDS } from '../../detect/prose/alone.ts';
import type { RuleSettings } from '../../rules/settings.ts';
import {
  ARE_LONG_ARGUMENTS,
  celItems,
  celMatches,
  celTest,
  celText,
  IS_LONG_ENVIRONMENT,
  LONG_PODS,
  WORDS,
  wildcardPattern,
} from '../cel.ts';
import { type AdmissionCheck, resourceRule, WORKLOADS } from './check.ts';
import { ASCII, unlessAllowed } from './secrets.ts';

/*
 * Of all that identifies a person, what is certain by its shape alone: a Social Security number in groups with dashes, as `detect/prose/alone.ts` finds it in any text. Where what
 * stands around it may make it a part of more, it is let in.
 */

const NUMBER = '[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}';
const LINE = celText(`[^\\n]*${NUMBER}[^\\n]*`);
const ALONE = celText(`(?:^|[^\\w.+-])${NUMBER}(?:$|[^\\w .-]|[ ](?:$|[^0-9]))`);
/** Never assigned, void, or one digit repeated. */
const IS_NONE = celMatches(
  `m.find('${NUMBER}')`,
  `^(?:000|666)|-00-|-0000|^078-05-1120|^219-09-9999|${[...'1234578'].map((d) => `${d}{3}-${d}{2}-${d}{4}`).join('|')}`,
);
const holdsNumber = (text: string) =>
  `${text}.findAll(${LINE}).exists(l, !${celTest('l', EXAMPLE_WORDS)} && l.findAll(${ALONE}).exists(m, !${IS_NONE}))`;

/** As much of a ConfigMap as one expression may read. */
const MOST = 100_000;
const beyond = (long: string) =>
  `all but Social Security numbers in groups with dashes: what else identifies hangs on check digits, words and the record around it, which CEL cannot weigh; and ${long}`;

/** What people write; to ask about everything that is ever written would cost every event and lease a look. */
const WRITTEN = [
  ...WORKLOADS,
  resourceRule('', [
    'namespaces',
    'services',
    'serviceaccounts',
    'configmaps',
    'secrets',
    'persistentvolumeclaims',
  ]),
  resourceRule('networking.k8s.io', ['ingresses', 'networkpolicies']),
  resourceRule('gateway.networking.k8s.io', ['gateways', 'httproutes'], ['*']),
];

/** How long the values of a map are together; 0 where there is none. */
const sizeOf = (map: string) => `(has(${map}) ? ${map}.map(k, size(${map}[k])).sum() : 0)`;

export function phiChecks({ detection: { phi } }: RuleSettings): AdmissionCheck[] {
  if (phi.disabledKinds?.includes('ssn') || phi.severities.ssn === 'information') return [];
  const { allowedKeys = [] } = phi;
  // A key that is allowed may stand in the text, too: then all of it is let in.
  const names = allowedKeys.map((key) => wildcardPattern(key.toLowerCase().replace(/^.*\//, '')));
  const isWithin = (text: string) =>
    names.length === 0 ? 'false' : celMatches(`${text}.lowerAscii()`, names.join('|'));
  const noneIn = (map: string, holds: (text: string) => string) =>
    `${sizeOf(map)} > ${MOST} || !has(${map}) || !${map}.exists(k, ${holds(`${map}[k]`)})`;
  const unless = (keys: readonly string[], text: string, all = text) =>
    `(!${isWithin(all)} && ${unlessAllowed(keys, phi, holdsNumber(text))})`;
  return [
    {
      rule: 'phi-in-env',
      on: 'workloads',
      expression: `${IS_LONG_ENVIRONMENT} || !variables.containers.exists(c, ${celItems('c.env')}.exists(e, has(e.value) && ${unless(["'env'", 'e.name'], 'e.value')}))`,
      beyond: beyond(LONG_PODS),
    },
    {
      rule: 'phi-in-args',
      on: 'workloads',
      expression: `${ARE_LONG_ARGUMENTS} || !variables.containers.exists(c, ${WORDS}.exists(w, ${unless([], 'w', `${WORDS}.join(' ')`)}))`,
      beyond: beyond(LONG_PODS),
    },
    {
      rule: 'phi-in-configmap',
      on: [resourceRule('', ['configmaps'])],
      expression: noneIn('object.data', (text) => unless(["'data'", 'k'], text)),
      beyond: beyond(`ConfigMaps with more than ${MOST / 1000},000 characters`),
    },
    {
      rule: 'phi-in-secret',
      on: [resourceRule('', ['secrets'])],
      looksUp: true,
      expression: noneIn(
        'object.data',
        (text) =>
          `${celMatches(text, ASCII)} && [dyn(string(base64.decode(${text})))].exists(t, ${unless(["'data'", 'k'], 't')})`,
      ),
      also: [noneIn('object.stringData', (text) => unless(["'stringData'", 'k'], text))],
      beyond: beyond(
        `Secrets with more than ${MOST / 1000},000 characters, or with others than those of ASCII`,
      ),
    },
    {
      rule: 'phi-in-metadata',
      on: WRITTEN,
      expression: noneIn('object.metadata.annotations', (text) => unless(["'annotations'", 'k'], text)),
      also: [
        noneIn('object.metadata.labels', (text) => unless(["'labels'", 'k'], text)),
        ...['name', 'generateName', 'namespace'].map(
          (key) => `!has(object.metadata.${key}) || !${unless([`'${key}'`], `object.metadata.${key}`)}`,
        ),
      ],
      beyond: beyond(
        'hosts and paths, templates (their pods are refused), roles, custom resources but for Gateways and HTTPRoutes, and objects with annotations of more than 100,000 characters',
      ),
    },
  ];
}
