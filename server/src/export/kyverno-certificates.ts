import { AUTOMATION, COPIES } from '../analysis/certificates/secrets.ts';
import { type KyvernoPolicy, type Lookup, refusal, some } from './kyverno-policy.ts';

const inJmesPath = ({ source }: RegExp) => source.replaceAll('\\/', '/');
const isCopied = ['spec.secretTemplate.annotations', 'metadata.annotations']
  .map((annotations) => some(`keys(${annotations} || \`{}\`)`, `regex_match('${inJmesPath(COPIES)}', @)`))
  .join(' || ');

/** Secrets as `namespace/name`, with `*` for all namespaces, and with `?` once more for whoever does not say which. */
const inHomes = (names: string, home: string) =>
  `[?${names}].[join('/', [${home}, ${names}]), join('/', ['?', ${names}])][]`;

/** What provides Secrets without anybody's hands, by where it writes their names. */
const PROVIDERS: readonly Lookup[] = [
  ['cert-manager.io/v1', 'certificates', 'spec.secretName'],
  ...['v1', 'v1beta1'].map((version) => [
    `external-secrets.io/${version}`,
    'externalsecrets',
    '(spec.target.name || metadata.name)',
  ]),
  ...['vaultpkisecrets', 'vaultstaticsecrets', 'vaultdynamicsecrets'].map((plural) => [
    'secrets.hashicorp.com/v1beta1',
    plural,
    'spec.destination.name',
  ]),
].map(([version = '', plural = '', names = ''], index) => ({
  name: `provided${index}`,
  path: `/apis/${version}/${plural}`,
  take: `items${inHomes(names, `(${isCopied}) && '*' || metadata.namespace`)}`,
  isOptional: true,
}));
/** For every namespace that they choose; classes of stores, whose names stand in lists, count for all. */
const OF_ALL: readonly Lookup[] = [
  ...['v1', 'v1beta1'].map((version) => ({
    name: `cluster${version}`,
    path: `/apis/external-secrets.io/${version}/clusterexternalsecrets`,
    take: `items${inHomes('(spec.externalSecretSpec.target.name || spec.externalSecretName || metadata.name)', "'*'")}`,
    isOptional: true as const,
  })),
  {
    name: 'stores',
    path: '/apis/secrets-store.csi.x-k8s.io/v1/secretproviderclasses',
    take: `items[].spec.secretObjects[] | ${inHomes('secretName', "'*'")}`,
    isOptional: true,
  },
];
const LOOKUPS = [...PROVIDERS, ...OF_ALL];
// Kyverno takes a variable for one only where it begins with a name that it knows, or calls a function.
const PROVIDED = `\`{{ not_null([${LOOKUPS.map(({ name }) => name).join(', ')}][]) }}\``;
const isProvided = (home: string, name: string) => `contains(${PROVIDED}, join('/', [${home}, ${name}]))`;

const HERE = "'{{ request.namespace }}'";

/** By their kinds the Secrets with certificates that are presented: a list, the name, and the namespace of each. */
const PRESENTED: readonly (readonly [
  rule: string,
  kind: string,
  list: string,
  name: string,
  home: string,
])[] = [
  ['ingress', 'Ingress', 'spec.tls', 'secretName', HERE],
  [
    'gateway',
    'gateway.networking.k8s.io/*/Gateway',
    "spec.listeners[?tls.mode != 'Passthrough'].tls.certificateRefs[] | [?(kind || 'Secret') == 'Secret']",
    'name',
    `namespace || ${HERE}`,
  ],
  // The Secret stands where the gateway's pods run, which need not be the Gateway's namespace.
  ['istio', 'networking.istio.io/*/Gateway', 'spec.servers', 'tls.credentialName', "'?'"],
];

/** An Ingress or a Gateway with a certificate that nothing in the cluster renews. */
export const CERTIFICATE_BY_HAND: KyvernoPolicy = {
  rule: 'certificate-automation-missing',
  spec: (action, namespaces) => ({
    background: true,
    rules: PRESENTED.map(([rule, kind, list, name, home]) =>
      refusal(action, namespaces, {
        name: rule,
        kinds: [kind],
        lookups: LOOKUPS,
        condition: [
          `!(${some('keys(request.object.metadata.annotations || `{}`)', `regex_match('${inJmesPath(AUTOMATION)}', @)`)})`,
          some(
            `(request.object.${list})`,
            `(${name} || '') != '' && !${isProvided(home, name)} && !${isProvided("'*'", name)}`,
          ),
        ].join(' && '),
        message:
          'certificate-automation-missing: nothing in the cluster renews a certificate that this names. Let cert-manager issue it (45 CFR 164.312(e)(1)).',
      }),
    ),
  }),
};
