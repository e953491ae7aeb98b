import { isName } from '../../analysis/vendors/associates.ts';
import { SETS_A_HOST, TYPE_ADDRESS } from '../../analysis/vendors/usages.ts';
import { VENDORS } from '../../analysis/vendors/vendors.ts';
import type { BusinessAssociate, RuleSettings } from '../../rules/settings.ts';
import {
  ARE_LONG_ARGUMENTS,
  celItems,
  celItemsAt,
  celList,
  celMatches,
  celTest,
  celText,
  hasPath,
  IS_LONG_ENVIRONMENT,
  LONG_PODS,
  WORDS,
  wildcardPattern,
} from '../cel.ts';
import { type AdmissionCheck, resourceRule, type Variable } from './check.ts';

/*
 * The vendors that an object uses, as `analysis/vendors/usages.ts` finds them. Each usage is a text of two lines: the vendor, and the host, registry or key by which the
 * list of associates may name it.
 */

/** Longer variables may be longer than what the rule reads, which counts otherwise. */
const LONGEST = 1000;
/** As much of a ConfigMap as one expression may read. */
const MOST = 50_000;
/** Each is compared with the list, and with the others. */
const MOST_USAGES = 40;

/** Vendors by what tells of them: `.` before domains, `#` before log sinks. */
const VENDOR_BY_KEY: Variable = {
  name: 'vendors',
  expression: `{${VENDORS.flatMap(
    ({ name, domains, provisioners = [], annotations = [], providerId = [], logSinks = [] }) =>
      [
        ...domains.map((domain) => `.${domain}`),
        ...logSinks.map((key) => `#${key}`),
        ...provisioners.concat(annotations, providerId),
      ].map((key) => `${celText(key)}: ${celText(name)}`),
  ).join(', ')}}`,
};
/** The domain of a host in small letters: its last two words or three. */
const domainsOf = (host: string) =>
  `[${[2, 3].map((count) => `('.' + ${host}).find('([.][^.]+){${count}}$')`).join(', ')}].filter(d, d in variables.vendors)`;
const isVendor = (host: string) => `(size(${domainsOf(host)}) > 0)`;
const asUsage = (key: string, by: string) => `variables.vendors[${key}] + '\\n' + ${by}`;
const byHosts = (hosts: string) =>
  `${hosts}.filter(h, h != ${celText(TYPE_ADDRESS)} && ${isVendor('h')}).map(h, ${asUsage(`${domainsOf('h')}[0]`, 'h')})`;
const byKey = (key: string) => `[${key}].filter(k, k in variables.vendors).map(k, ${asUsage('k', 'k')})`;
/** By how texts begin: annotations, the machines behind nodes. */
function byPrefix(texts: string, prefixes: readonly string[]): string {
  const prefix = celText(`^(?:${prefixes.map((text) => wildcardPattern(text)).join('|')})`);
  return `${texts}.filter(k, k.matches(${prefix})).map(k, ${asUsage(`k.find(${prefix})`, 'k')})`;
}
const byAnnotations = (map: string) =>
  byPrefix(
    map,
    VENDORS.flatMap(({ annotations = [] }) => annotations),
  );
const OWN_ANNOTATIONS = byAnnotations(
  '(has(object.metadata.annotations) ? object.metadata.annotations : {})',
);

const inSmallLetters = (word: string) => `${word}.find('^.*[^.]').lowerAscii()`;
/** The hosts that texts of settings tell a program to connect to, line by line, as words between commas. */
const hostsInLines = (texts: string) =>
  `${texts}.map(t, t.split('\\n').filter(l, l.contains('.') && !${celMatches('l', '^\\s*(?:#|;|//)')}).map(l, [l.findAll('[A-Za-z0-9-]*[.][A-Za-z0-9.-]*').filter(w, !w.endsWith('..') && [${inSmallLetters('w')}].exists(h, ${isVendor('h')}))].filter(f, size(f) > 0 && (l.trim() == f[0] || l.contains('://') || ${celTest('l.substring(0, l.indexOf(f[0]))', SETS_A_HOST)})).map(f, f.join(',')).join(',')).join(',')).join(',')`;
/** Hosts in variables: those of URLs, and of a text that is a host or a list of them. */
const HOSTS_IN_ENVIRONMENT = `variables.containers.map(c, ${celItems('c.env')}.filter(e, has(e.value) && e.value.contains('.') && size(e.value) <= ${LONGEST}).map(e, e.value.contains('://') ? e.value.findAll(${celText('://[^\\s/"\'?#;|]*')}).map(a, a.substring(a.contains('@') ? a.lastIndexOf('@') + 1 : 3)).join(',') : e.value).join(',')).join(',').split(',').map(h, h.trim()).filter(h, ${celMatches('h', '^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$')}).map(h, h.find('^[^:]+').lowerAscii())`;
const hosts = (texts: string) =>
  `${hostsInLines(texts)}.split(',').filter(w, w != '').map(w, ${inSmallLetters('w')})`;

const COMPONENT = '[a-z0-9]([a-z0-9._-]*[a-z0-9])?';
/** With a registry, and well-formed. */
const IMAGE = `^[A-Za-z0-9.-]+(/${COMPONENT})+(:\\w[\\w.-]{0,127})?(@[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,})?$`;
const REGISTRIES = `variables.containers.filter(c, has(c.image) && size(c.image) < 256 && ${celMatches('c.image', IMAGE)}).map(c, c.image.find('^[^/]+').lowerAscii())`;

const ON_WORKLOADS = [
  byHosts(`(${IS_LONG_ENVIRONMENT} ? [] : ${HOSTS_IN_ENVIRONMENT})`),
  byHosts(`(${ARE_LONG_ARGUMENTS} ? [] : ${hosts(`variables.containers.map(c, ${WORDS}.join('\\n'))`)})`),
  byHosts(REGISTRIES),
  byAnnotations('variables.podAnnotations'),
  OWN_ANNOTATIONS,
].join(' + ');

const DATA = celItemsAt('object.data').replace('[]', '{}');
const ifKind = (kind: string, path: string, usages: string) =>
  `(object.kind == '${kind}' && ${hasPath(path)} ? ${usages} : [])`;
const ON_OTHERS = [
  `(object.kind in ${celList(['ConfigMap', 'Node', 'PersistentVolume', 'StorageClass'])} ? [] : ${OWN_ANNOTATIONS})`,
  ifKind(
    'ConfigMap',
    'object.data',
    `(${DATA}.map(k, size(object.data[k])).sum() > ${MOST} ? [] : ${byHosts(hosts(`${DATA}.map(k, object.data[k])`))})`,
  ),
  ifKind('StorageClass', 'object.provisioner', byKey('object.provisioner')),
  ifKind('PersistentVolume', 'object.spec.csi.driver', byKey('object.spec.csi.driver')),
  ifKind('Service', 'object.spec.externalName', byHosts(`[${inSmallLetters('object.spec.externalName')}]`)),
  ifKind(
    'Node',
    'object.spec.providerID',
    byPrefix(
      '[object.spec.providerID]',
      VENDORS.flatMap(({ providerId = [] }) => providerId),
    ),
  ),
  `(object.kind.endsWith('Output') && has(object.spec) ? object.spec.filter(k, '#' + k in variables.vendors).map(k, ${asUsage("'#' + k", 'k')}) : [])`,
].join(' + ');
const OTHERS = [
  resourceRule('', ['configmaps', 'nodes', 'persistentvolumes', 'services', 'serviceaccounts']),
  resourceRule('storage.k8s.io', ['storageclasses']),
  resourceRule('networking.k8s.io', ['ingresses']),
  {
    apiGroups: ['gateway.networking.k8s.io', 'networking.istio.io'],
    apiVersions: ['*'],
    resources: ['gateways'],
  },
  {
    apiGroups: ['logging.banzaicloud.io', 'fluentbit.fluent.io', 'fluentd.fluent.io'],
    apiVersions: ['*'],
    resources: ['outputs', 'clusteroutputs'],
  },
];

/** What an entry of the list is about, as a pattern of usages: see `associateOf`. */
function usagePattern({ name, hosts: domains = [], registries = [], ids = [] }: BusinessAssociate): string {
  const vendors = VENDORS.filter((vendor) => isName(name, vendor));
  return [
    ...vendors.map((vendor) => `${wildcardPattern(vendor.name)}\\n.*`),
    ...[...domains, ...registries].map((domain) => `.*\\n(?:.*[.])?${wildcardPattern(domain.toLowerCase())}`),
    ...ids.map((id) => `.*\\n${id.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}.*`),
  ].join('|');
}

/** Whether the first entry that is about a usage `u` satisfies something; where none is, whether the rule tells of that. */
function verdict(
  associates: readonly BusinessAssociate[],
  isTold: (associate: BusinessAssociate | undefined) => boolean,
): string {
  return associates.reduceRight(
    (others, associate) => {
      const pattern = usagePattern(associate);
      const own = String(isTold(associate));
      return pattern === '' || own === others
        ? others
        : `(${celMatches('u', `^(?:${pattern})$`)} ? ${own} : ${others})`;
    },
    String(isTold(undefined)),
  );
}

/**
 * @param today `YYYY-MM-DD`: the cluster refuses what has ended by then
 */
export function associateChecks(
  { businessAssociates: associates }: RuleSettings,
  today: string,
): AdmissionCheck[] {
  if (associates === undefined) return [];
  return [
    { rule: 'baa-undocumented', isTold: (one?: BusinessAssociate) => one === undefined },
    {
      rule: 'baa-expired',
      isTold: (one?: BusinessAssociate) =>
        one !== undefined && (one.baa?.evidence === undefined || (one.baa.expires ?? today) < today),
    },
  ].flatMap(({ rule, isTold }): AdmissionCheck[] => {
    const told = verdict(associates, isTold);
    const [all, them] = ['variables.usages', 'variables.told'];
    // A vendor of which one host is listed may be meant by the others, too.
    const expression = `size(${all}) > ${MOST_USAGES} || ${them}.all(t, ${all}.exists(u, !(u in ${them}) && u.startsWith(t.split('\\n')[0] + '\\n')))`;
    const variables = (usages: string) => [
      VENDOR_BY_KEY,
      { name: 'usages', expression: usages },
      { name: 'told', expression: `size(${all}) > ${MOST_USAGES} ? [] : ${all}.filter(u, ${told})` },
    ];
    const beyond = `variables of more than ${LONGEST} characters, vendors of which the list names one of several hosts or keys in an object, ConfigMaps with more than ${MOST / 1000},000 characters, objects that name vendors more than ${MOST_USAGES} times, and ${LONG_PODS}${rule === 'baa-expired' ? '; and agreements that end after the export' : ''}`;
    if (told === 'false') return [];
    return [
      { rule, on: 'workloads', variables: variables(ON_WORKLOADS), expression, beyond, isAdvice: false },
      { rule, part: 'objects', on: OTHERS, variables: variables(ON_OTHERS), expression, isAdvice: false },
    ];
  });
}
