import { HANDLERS } from '../../analysis/pod-security/handlers.ts';
import type { RuleSettings } from '../../rules/settings.ts';
import {
  anyOf,
  celItems,
  celItemsAt,
  celMatches,
  IS_LONG_ENVIRONMENT,
  LONG_PODS,
  wildcardPattern,
} from '../cel.ts';
import { isTable, rowsOf, settingsOf } from '../cel-phi-files.ts';
import { isNamedIdentifier, mayBeNamedIdentifier } from '../cel-phi-keys.ts';
import { type TextPlace, textConditions } from '../cel-phi-texts.ts';
import { type AdmissionCheck, resourceRule, WORKLOADS } from './check.ts';
import { flagsIn } from './credentials/text.ts';
import { ASCII, commands, unlessAllowed } from './secrets.ts';

/** As much of an object as one expression may read, as many names, and as many of them that may be those of persons. */
const MOST = 40_000;
const MOST_NAMES = 500;
const MOST_LOOKS = 50;
const MOST_SETTINGS = 6000;

const BEYOND =
  'what the record around it makes an identifier, names in sentences, lower case or with accents, rare notations of dates, and what stands in files other than tables with commas and lines of settings';
const LONG = (what: string) =>
  `; and ${what} with more than ${MOST / 1000},000 characters (${MOST_SETTINGS} for settings in files), ${MOST_NAMES} entries or ${MOST_LOOKS} that may be named so, which cost an API server too much to read`;

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
  resourceRule('networking.istio.io', ['virtualservices'], ['*']),
];

/** What the parts of a container are called that hold commands, as CEL. */
const COMMAND_FIELDS = ['command', 'args', 'path', ...HANDLERS.map((handler) => handler.at(-1))].map(
  (field) => `'${field}'`,
);

/** Where hosts and paths stand. */
const HOSTS = `object.kind == 'Ingress' ? ${celItemsAt('object.spec.rules')}.filter(r, has(r.host)).map(r, r.host) : object.kind == 'HTTPRoute' ? ${celItemsAt('object.spec.hostnames')} : []`;
const each = (lists: string, list: string, item: string) =>
  `${lists}.map(l, ${list}).map(i, i.map(j, ${item}).join('\\n'))`;
const PATHS = [
  `object.kind == 'Ingress' ? ${each(`${celItemsAt('object.spec.rules')}.filter(r, has(r.http))`, 'l.http.paths', "has(j.path) ? j.path : ''")}`,
  `object.kind == 'HTTPRoute' ? ${each(celItemsAt('object.spec.rules'), celItems('l.matches'), "has(j.path) && has(j.path.value) ? j.path.value : ''")}`,
  `object.kind == 'VirtualService' ? ${each(celItemsAt('object.spec.http'), celItems('l.match'), "has(j.uri) ? j.uri.map(u, j.uri[u]).join('\\n') : ''")} : []`,
].join(' : ');

/** How long the values of a map are together; 0 where there is none. */
const sizeOf = (map: string) => `(has(${map}) ? ${map}.map(k, size(${map}[k])).sum() : 0)`;

const decodedText = (map: string) => `dyn(string(base64.decode(${map}[k])))`;
const IS_LONG_ARGS = `variables.commands.map(t, size(t)).sum() > ${MOST}`;

export function phiChecks({ detection: { phi } }: RuleSettings): AdmissionCheck[] {
  const { allowedKeys = [], disabledKinds = [], severities } = phi;
  // Advice refuses nothing.
  const leftOut = [
    ...disabledKinds,
    ...Object.keys(severities).filter((kind) => severities[kind] === 'information'),
  ];
  // A key that is allowed may stand in the text, too: then all of it is let in.
  const names = allowedKeys.map((key) => wildcardPattern(key.toLowerCase().replace(/^.*\//, '')));
  const isWithin = (text: string) =>
    names.length === 0 ? 'false' : celMatches(`${text}.lowerAscii()`, names.join('|'));
  const unless = (keys: readonly string[], text: string, condition: string) =>
    condition === 'false' ? 'false' : `(!${isWithin(text)} && ${unlessAllowed(keys, phi, condition)})`;
  /** What may be wrong with a text, each by itself. */
  const wrongs = (place: TextPlace) =>
    textConditions(place, leftOut).map((condition) => unless(place.keys, place.text, condition));
  /** Whether in one of some lists of names, values and the names above both something is named and valued like an identifier. */
  const someNamed = (lists: string, section?: string) => {
    const above = section === undefined ? COMMAND_FIELDS : [`'${section}'`, 'n[2]'];
    const isNamed = unlessAllowed(
      above,
      phi,
      unlessAllowed(['n[0]'], phi, isNamedIdentifier('n[0]', 'n[1]', leftOut)),
    );
    return `[${lists}.map(l, l.filter(n, ${mayBeNamedIdentifier('n[0]', 'n[1]')}))].exists(a, a.map(l, size(l)).sum() <= ${MOST_LOOKS} && a.exists(l, l.exists(n, ${isNamed})))`;
  };
  const named = (name: string, text: string) =>
    `(${isWithin(text)} ? [] : [[dyn(${name}), dyn(${text}), dyn(${name})]])`;

  /** One for all that is wrong with one of the values of a map, as conditions that hold where none is. */
  const noneIn = (
    map: string,
    section: string,
    isMetadata?: true,
    decoded?: (condition: string) => string,
  ) => {
    const text = decoded === undefined ? `${map}[k]` : 't';
    const place = { text, keys: [`'${section}'`, 'k'], ...(isMetadata && { isMetadata }) };
    const none = (condition: string) =>
      `!has(${map}) || !${map}.exists(k, ${decoded === undefined ? condition : decoded(condition)})`;
    const isLong = `${sizeOf(map)} > ${MOST}`;
    const values = `${map}.map(k, ${decoded === undefined ? named('k', text) : `${decoded('true')} ? ${named('k', decodedText(map))} : []`})`;
    return [
      `!has(${map}) || size(${map}) > ${MOST_NAMES} || ${isLong} || !${someNamed(values, section)}`,
      ...wrongs(place).map((condition) => `${isLong} || ${none(condition)}`),
      ...(isMetadata
        ? []
        : [
            `${isLong} || ${none(unless([], text, `${isTable(text)} && ${someNamed(rowsOf(text, 'k'), section)}`))}`,
          ]),
      ...(isMetadata
        ? []
        : [
            `${sizeOf(map)} > ${MOST_SETTINGS} || ${none(unless([], text, someNamed(`[${settingsOf(text, 'k')}]`, section)))}`,
          ]),
    ];
  };
  /** The same of a short text. */
  const noneOf = (text: string, key: string) =>
    `!${anyOf('false', ...wrongs({ text, keys: [`'${key}'`], isMetadata: true }))}`;
  const encoded = (map: string) => (condition: string) =>
    `${celMatches(`${map}[k]`, ASCII)} && [${decodedText(map)}].exists(t, !${celMatches('t', NO_TEXT)} && ${condition})`;
  const check = ([expression = 'true', ...also]: readonly string[]) => ({ expression, also });

  const inEnv = (condition: string) =>
    `${IS_LONG_ENVIRONMENT} || !variables.containers.exists(c, ${celItems('c.env')}.exists(e, has(e.value) && ${condition}))`;
  const env = { text: 'e.value', keys: ["'env'", 'e.name'] };
  const metadata = ['name', 'generateName', 'namespace'].map(
    (key) => `!has(object.metadata.${key}) || ${noneOf(`object.metadata.${key}`, key)}`,
  );
  const routes = [
    ['hosts', 'host'],
    ['paths', 'path'],
  ].map(
    ([list, key = '']) =>
      `variables.${list}.map(t, size(t)).sum() > ${MOST / 10} || variables.${list}.all(t, ${noneOf('t', key)})`,
  );
  return [
    {
      rule: 'phi-in-env',
      on: 'workloads',
      ...check([
        `${IS_LONG_ENVIRONMENT} || !${someNamed(`variables.containers.map(c, ${celItems('c.env')}.filter(e, has(e.value) && !${isWithin('e.value')}).map(e, [dyn(e.name), dyn(e.value), dyn(e.name)]))`, 'env')}`,
        ...wrongs(env).map(inEnv),
      ]),
      beyond: `${BEYOND}; and ${LONG_PODS}`,
    },
    {
      rule: 'phi-in-args',
      on: 'workloads',
      variables: [commands],
      ...check([
        `${IS_LONG_ARGS} || !${someNamed(`variables.commands.map(t, ${isWithin('t')} ? [] : ${flagsIn('t')})`)}`,
        ...wrongs({ text: 't', keys: COMMAND_FIELDS }).map(
          (condition) => `${IS_LONG_ARGS} || !variables.commands.exists(t, ${condition})`,
        ),
      ]),
      beyond: `${BEYOND}${LONG('pods')}`,
    },
    {
      rule: 'phi-in-configmap',
      on: [resourceRule('', ['configmaps'])],
      ...check(noneIn('object.data', 'data')),
      beyond: `${BEYOND}${LONG('ConfigMaps')}`,
    },
    {
      rule: 'phi-in-configmap',
      part: 'binary',
      on: [resourceRule('', ['configmaps'])],
      looksUp: true,
      ...check(noneIn('object.binaryData', 'binaryData', undefined, encoded('object.binaryData'))),
    },
    {
      rule: 'phi-in-secret',
      on: [resourceRule('', ['secrets'])],
      looksUp: true,
      ...check([
        ...noneIn('object.data', 'data', undefined, encoded('object.data')),
        ...noneIn('object.stringData', 'stringData'),
      ]),
      beyond: `${BEYOND}${LONG('Secrets')}, or with others than those of ASCII`,
    },
    {
      rule: 'phi-in-metadata',
      on: WRITTEN,
      variables: [
        { name: 'hosts', expression: HOSTS },
        { name: 'paths', expression: PATHS },
      ],
      ...check([
        ...noneIn('object.metadata.annotations', 'annotations', true),
        ...noneIn('object.metadata.labels', 'labels', true),
        ...metadata,
        ...routes,
      ]),
      beyond: `${BEYOND}; templates (their pods are refused), roles, custom resources but for Gateways, HTTPRoutes and VirtualServices${LONG('objects')}`,
    },
  ];
}

/** Controls that no text has. */
const NO_TEXT = '[\\x00-\\x08\\x0c\\x0e-\\x1b\\x1d-\\x1f]';
