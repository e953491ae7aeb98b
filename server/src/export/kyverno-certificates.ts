import { AUTOMATION, COPIES } from '../analysis/certificates/secrets.ts';
import { IN_HOME } from './kyverno-mesh-words.ts';
import { type KyvernoPolicy, type Lookup, refusal, some } from './kyverno-policy.ts';

const inJmesPath = ({ source }: RegExp) => source.replaceAll('\\/', '/');
const isCopied = ['spec.secretTemplate.annotations', 'metadata.annotations']
  .map((annotations) => some(`keys(${annotations} || \`{}\`)`, `regex_match('${inJmesPath(COPIES)}', @)`))
  .join(' || ');

/** What provides Secrets without anybody's hands, by where it writes their names. */
const PROVIDERS: readonly Lookup[] = [
  ['cert-manager.io/v1', 'certificates', 'spec.secretName'],
  ['external-secrets.io/v1', 'externalsecrets', 'spec.target.name || metadata.name'],
  ['external-secrets.io/v1beta1', 'externalsecrets', 'spec.target.name || metadata.name'],
  ...['vaultpkisecrets', 'vaultstaticsecrets', 'vaultdynamicsecrets'].map((plural) => [
    'secrets.hashicorp.com/v1beta1',
    plural,
    'spec.destination.name',
  ]),
  ['secrets-store.csi.x-k8s.io/v1', 'secretproviderclasses', 'spec.secretObjects[].secretName'],
].map(([version = '', plural = '', names = ''], index) => ({
  name: `provided${index}`,
  path: `/apis/${version}/${plural}`,
  take: `items[?${IN_HOME} || ${isCopied}].[${names}][][]`,
  isOptional: true,
}));
/** For every namespace that they choose. */
const OF_THE_CLUSTER: readonly Lookup[] = ['v1', 'v1beta1'].map((version) => ({
  name: `cluster${version}`,
  path: `/apis/external-secrets.io/${version}/clusterexternalsecrets`,
  take: 'items[].[spec.externalSecretSpec.target.name || spec.externalSecretName || metadata.name][]',
  isOptional: true,
}));
const LOOKUPS = [...PROVIDERS, ...OF_THE_CLUSTER];
// Kyverno takes a variable for one only where it begins with a name that it knows, or calls a function.
const PROVIDED = `not_null([${LOOKUPS.map(({ name }) => name).join(', ')}][])`;

/** An Ingress, or a Gateway of the Gateway API, with a certificate that nothing in the cluster renews. */
export const CERTIFICATE_BY_HAND: KyvernoPolicy = {
  rule: 'certificate-automation-missing',
  beyond: 'Gateways of Istio, whose Secret stands where their pods run, and Secrets of other namespaces',
  spec: (action, namespaces) => ({
    background: false,
    rules: [
      ['Ingress', 'request.object.spec.tls[].secretName'],
      [
        'gateway.networking.k8s.io/*/Gateway',
        "request.object.spec.listeners[?tls.mode != 'Passthrough'].tls.certificateRefs[] | [?(kind || 'Secret') == 'Secret' && (namespace || '{{ request.namespace }}') == '{{ request.namespace }}'].name",
      ],
    ].map(([kind = '', names = '']) =>
      refusal(action, namespaces, {
        name: kind === 'Ingress' ? 'ingress' : 'gateway',
        kinds: [kind],
        lookups: LOOKUPS,
        condition: [
          `!(${some('keys(request.object.metadata.annotations || `{}`)', `regex_match('${inJmesPath(AUTOMATION)}', @)`)})`,
          some(`(${names})`, `@ != '' && !contains(\`{{ ${PROVIDED} }}\`, @)`),
        ].join(' && '),
        message:
          'certificate-automation-missing: nothing in the cluster renews a certificate that this names. Let cert-manager issue it (45 CFR 164.312(e)(1)).',
      }),
    ),
  }),
};
