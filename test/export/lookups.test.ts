/** Policies of Kyverno that look other objects up: what the rules' tables do not try. */

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import type { AdmissionCheck } from '../../server/src/export/checks/check.ts';
import { admissionChecks } from '../../server/src/export/checks.ts';
import { clusterPolicies } from '../../server/src/export/policies.ts';
import { rules } from '../../server/src/rules/index.ts';
import { DEFAULT_RULE_SETTINGS } from '../../server/src/rules/settings.ts';
import { TODAY } from '../support/check-text.ts';
import { type ApiObject, admits, isAskedAbout } from './admission.ts';

const LOOKUPS = admissionChecks(DEFAULT_RULE_SETTINGS).filter(({ looksUp }) => looksUp);
const CHECKS = LOOKUPS.filter(({ reports }) => reports !== 'only');

/** Whether a policy that looks others up lets an object in beside others. */
function letsIn(rule: string, object: string, ...others: string[]): boolean {
  return accepts(CHECKS, rule, object, others);
}

/** Whether Kyverno has nothing to report of an object that is there beside others. */
function leavesAlone(rule: string, object: string, ...others: string[]): boolean {
  return accepts(
    LOOKUPS.filter(({ reports }) => reports === 'only'),
    rule,
    object,
    others,
  );
}

function accepts(checks: readonly AdmissionCheck[], rule: string, object: string, others: string[]): boolean {
  const asked = parse(object) as ApiObject;
  const present = others.map((other) => parse(other) as ApiObject);
  const mine = checks.filter((check) => check.rule === rule && isAskedAbout(asked, check));
  return mine.every((check) => admits(check, asked, present));
}

describe('routes of the Gateway API', () => {
  const route = (parent: string, more = '', labels = '{}') =>
    `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: a, namespace: phi, labels: ${labels} }, spec: { parentRefs: [{ ${parent} }], rules: [{ ${more} }] } }`;
  const gateway =
    '{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: edge, namespace: web }, spec: { listeners: [{ name: http, port: 80, protocol: HTTP }, { name: https, port: 443, protocol: HTTPS }] } }';
  const redirect = 'filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }]';

  it.each([
    [true, route('name: edge, namespace: web, sectionName: https')],
    [true, route('name: edge, namespace: web', redirect)],
    [true, route('name: edge')],
    [true, route('name: edge, namespace: web, kind: Service')],
    [true, route('name: edge, namespace: web', '', '{ acme.cert-manager.io/http01-solver: "true" }')],
    [true, route('name: no/name, namespace: web')],
    [false, route('name: edge, namespace: web')],
    [false, route('name: edge, namespace: web, port: 80')],
  ])('%s, whichever comes first: %s', (isAdmitted, object) => {
    expect(letsIn('gateway-plaintext-listener', object, gateway)).toBe(isAdmitted);
    expect(letsIn('gateway-plaintext-listener', gateway, object)).toBe(isAdmitted);
    expect(letsIn('gateway-plaintext-listener', object)).toBe(true);
  });
});

describe('listeners for HTTP', () => {
  const gateway =
    '{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: edge, namespace: web }, spec: { listeners: [{ name: http, port: 80, protocol: HTTP }, { name: more, port: 8080, protocol: HTTP }] } }';
  const redirect = (parent: string) =>
    `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: a, namespace: web }, spec: { parentRefs: [{ name: edge, ${parent} }], rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }] } }`;

  it.each([
    [false, []],
    [true, [redirect('kind: Gateway')]],
    [false, [redirect('sectionName: http')]],
    [true, [redirect('sectionName: http'), redirect('port: 8080')]],
    [false, [redirect('namespace: other')]],
  ])('are left alone: %s, with routes %s', (isQuiet, routes) => {
    expect(leavesAlone('gateway-plaintext-listener', gateway, ...routes)).toBe(isQuiet);
    expect(letsIn('gateway-plaintext-listener', gateway, ...routes)).toBe(true);
  });
});

describe('node ports for HTTP', () => {
  const service =
    '{ apiVersion: v1, kind: Service, metadata: { name: portal, namespace: phi }, spec: { type: NodePort, ports: [{ port: 8080 }] } }';
  const ingress = (more: string, name = 'portal', namespace = 'phi') =>
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: a, namespace: ${namespace} }, spec: { ${more} rules: [{ host: a.example }, { http: { paths: [{ backend: { service: { name: ${name} } } }] } }] } }`;

  it.each([
    [true, ingress('')],
    [true, ingress('ingressClassName: alb, ')],
    [true, ingress('ingressClassName: internal, ')],
    [false, ingress('ingressClassName: nginx-internal, ')],
    [false, ingress('', 'other')],
    [false, ingress('', 'portal', 'other')],
  ])('are left alone: %s, with %s', (isQuiet, other) => {
    expect(leavesAlone('service-plaintext-exposure', service, other)).toBe(isQuiet);
  });
});

describe('certificates that vouch for themselves', () => {
  const certificate = (more = '') =>
    `{ apiVersion: cert-manager.io/v1, kind: Certificate, metadata: { name: hook, namespace: phi }, spec: { issuerRef: { name: self }${more} } }`;
  const issuer = (spec = 'selfSigned: {}') =>
    `{ apiVersion: cert-manager.io/v1, kind: Issuer, metadata: { name: self, namespace: phi }, spec: { ${spec} } }`;
  const trusting = (apiVersion: string, kind: string, path = 'phi/hook') =>
    `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a, annotations: { cert-manager.io/inject-ca-from: ${path} } } }`;

  it.each([
    [false, certificate(), [issuer()]],
    [true, certificate(), []],
    [true, certificate(', isCA: true'), [issuer()]],
    [true, certificate(), [issuer('ca: { secretName: ca }')]],
    [true, certificate(), [issuer(), trusting('apiregistration.k8s.io/v1', 'APIService')]],
    [
      true,
      certificate(),
      [issuer(), trusting('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration')],
    ],
    [
      false,
      certificate(),
      [issuer(), trusting('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'web/hook')],
    ],
  ])('are left alone: %s: %s beside %s', (isQuiet, asked, others) => {
    expect(leavesAlone('certificate-weak-key', asked, ...others)).toBe(isQuiet);
  });
});

describe('access logs of Istio', () => {
  const config = (mesh: string) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: 'istio-system' },
      data: { mesh },
    });
  const telemetry = (namespace: string, spec: string) =>
    `{ apiVersion: telemetry.istio.io/v1, kind: Telemetry, metadata: { name: a, namespace: ${namespace} }, spec: { ${spec} } }`;
  const on = 'accessLogging: [{ providers: [{ name: envoy }] }]';
  const provider = 'extensionProviders: [{ name: otel, envoyOtelAls: { service: otel } }]';

  it.each([
    [false, 'a: b', []],
    [false, '{ "accessLogFile": "" }', []],
    [true, '{ "accessLogFile": "/dev/stdout" }', []],
    [true, 'enableEnvoyAccessLogService: true', []],
    [true, 'a: b', [telemetry('istio-system', on)]],
    [false, 'a: b', [telemetry('istio-system', `selector: { matchLabels: { a: b } }, ${on}`)]],
    [
      false,
      'a: b',
      [telemetry('istio-system', 'accessLogging: [{ match: { mode: CLIENT } }, { disabled: true }]')],
    ],
    [false, 'a: b', [telemetry('web', on)]],
    [true, 'rootNamespace: "web"', [telemetry('web', on)]],
    [false, provider, []],
    [true, provider, [telemetry('web', on)]],
  ])('are left alone: %s: %s with %s', (isQuiet, mesh, others) => {
    expect(leavesAlone('mesh-access-log-disabled', config(mesh), ...others)).toBe(isQuiet);
  });
});

describe('modes of mutual TLS that are left unset', () => {
  const peers = (namespace: string, mode: string, more = '') =>
    `{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: a, namespace: ${namespace} }, spec: { ${more} mtls: { mode: ${mode} } } }`;
  const selector = 'selector: { matchLabels: { app: a } },';
  const config =
    '{ apiVersion: v1, kind: ConfigMap, metadata: { name: istio, namespace: istio-system }, data: { mesh: "rootNamespace: web" } }';
  const unset = peers('phi', 'UNSET');

  it.each([
    [false, unset, []],
    [false, unset, [peers('web', 'STRICT')]],
    [true, unset, [peers('web', 'STRICT'), config]],
    [true, unset, [peers('istio-system', 'STRICT')]],
    [false, unset, [peers('istio-system', 'STRICT', selector)]],
    [false, unset, [peers('istio-system', 'PERMISSIVE')]],
    [true, peers('phi', 'UNSET', selector), [peers('phi', 'STRICT')]],
    [true, peers('istio-system', 'UNSET'), []],
  ])('are left alone: %s: %s below %s', (isQuiet, asked, others) => {
    expect(leavesAlone('mesh-mtls-not-strict', asked, ...others)).toBe(isQuiet);
  });
});

describe('hosts of the mesh', () => {
  const rule = (host: string) =>
    `{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: a, namespace: phi }, spec: { host: ${host}, trafficPolicy: { tls: { mode: DISABLE } } } }`;
  const entry = (host: string, location: string) =>
    `{ apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: a, namespace: phi }, spec: { hosts: [${host}]${location} } }`;
  const home = '{ apiVersion: v1, kind: Namespace, metadata: { name: web } }';

  it.each([
    [false, 'records.web', [home]],
    [true, 'records.other', [home]],
    [true, 'records.web', [home, entry('records.web', '')]],
    [true, 'kubernetes.default', ['{ apiVersion: v1, kind: Namespace, metadata: { name: default } }']],
    [true, 'records.example.com', [entry('records.example.com', '')]],
    [false, 'records.example.com', [entry('records.example.com', ', location: MESH_INTERNAL')]],
  ])('are left alone: %s: %s beside %s', (isQuiet, host, others) => {
    expect(leavesAlone('mesh-tls-disabled', rule(host), ...others)).toBe(isQuiet);
  });
});

describe('groups of an AWS load balancer', () => {
  const ingress = (group: string, annotations = '', namespace = 'phi') =>
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: a, namespace: ${namespace}, annotations: { alb.ingress.kubernetes.io/group.name: ${group}${annotations} } }, spec: { tls: [{ hosts: [a.example] }] } }`;

  it.each([
    [false, []],
    [true, [ingress('a', ', alb.ingress.kubernetes.io/ssl-redirect: "443"', 'web')]],
    [false, [ingress('a', ', alb.ingress.kubernetes.io/ssl-redirect: "false"')]],
    [false, [ingress('b', ', alb.ingress.kubernetes.io/ssl-redirect: "443"')]],
  ])('are left alone: %s, beside %s', (isQuiet, others) => {
    expect(leavesAlone('ingress-http-allowed', ingress('a'), ...others)).toBe(isQuiet);
  });
});

describe('issuers of certificates', () => {
  const certificate = (issuer: string) =>
    `{ apiVersion: cert-manager.io/v1, kind: Certificate, metadata: { name: a, namespace: phi }, spec: { duration: 4320h, issuerRef: { ${issuer} } } }`;
  const vault =
    '{ apiVersion: cert-manager.io/v1, kind: Issuer, metadata: { name: vault, namespace: phi }, spec: { vault: { server: x } } }';

  it.each([
    [false, 'name: vault'],
    [false, 'name: vault, kind: Issuer, group: cert-manager.io'],
    [true, 'name: vault, kind: ClusterIssuer'],
    [true, 'name: vault, kind: Issuer, group: awspca.cert-manager.io'],
    [true, 'name: other'],
  ])('%s: %s', (isAdmitted, issuer) => {
    expect(letsIn('certificate-rotation', certificate(issuer), vault)).toBe(isAdmitted);
  });
});

describe('binary data', () => {
  const configMap = (...bytes: (string | number[])[]) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'phi' },
      binaryData: Object.fromEntries(
        bytes.map((data, at) => [`${at}`, Buffer.from(data as string).toString('base64')]),
      ),
    });
  const credential = 'DB_PASSWORD=S3cure-Horse!';

  it('is read where it is text, however long, and is no error where it is none', () => {
    for (const end of ['', '\n', '\r\n']) {
      expect(letsIn('secret-in-configmap', configMap(credential + end))).toBe(false);
      expect(letsIn('secret-in-configmap', configMap([0xff, 0xfe, 0x80], credential + end))).toBe(false);
    }
    for (let byte = 0; byte < 256; byte++)
      for (const before of [[], [65], [65, 66]])
        expect(letsIn('secret-in-configmap', configMap([...before, byte]))).toBe(true);
  });
});

describe('middlewares of Traefik', () => {
  const ingress = (middlewares: string) =>
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: a, namespace: phi, annotations: { traefik.ingress.kubernetes.io/router.middlewares: "${middlewares}" } }, spec: { rules: [{ host: a.example }] } }`;
  const middleware = (name: string, spec: string, namespace = 'phi') =>
    `{ apiVersion: traefik.io/v1alpha1, kind: Middleware, metadata: { name: ${name}, namespace: ${namespace} }, spec: { ${spec} } }`;
  const squeeze = middleware('squeeze', 'compress: {}');
  const upgrade = middleware('upgrade', 'redirectRegex: { regex: ".*", replacement: "https://x" }');

  it.each([
    [false, 'phi-squeeze@kubernetescrd'],
    [true, 'phi-squeeze@kubernetescrd, phi-upgrade@kubernetescrd'],
    [true, 'phi-squeeze@kubernetescrd,phi-later@kubernetescrd'],
    [true, 'web-squeeze@kubernetescrd'],
    [false, 'phi-squeeze@kubernetescrd, web-front-squeeze@kubernetescrd'],
    [true, 'phi-@kubernetescrd'],
  ])('%s: %s', (isAdmitted, middlewares) => {
    const elsewhere = middleware('squeeze', 'compress: {}', 'web-front');
    expect(letsIn('ingress-without-tls', ingress(middlewares), squeeze, upgrade, elsewhere)).toBe(isAdmitted);
  });
});

describe('claims', () => {
  const plain =
    '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: plain, annotations: { storageclass.kubernetes.io/is-default-class: "true" } }, provisioner: nfs.csi.k8s.io }';
  const encrypted =
    '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: encrypted, annotations: { storageclass.kubernetes.io/is-default-class: "true" } }, provisioner: pd.csi.storage.gke.io }';
  const set = (spec: string) =>
    `{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: a, namespace: phi }, spec: { volumeClaimTemplates: [{ spec: { ${spec} } }], template: { spec: { containers: [{ name: a }] } } } }`;

  it('get the default class where there is one alone', () => {
    expect(letsIn('volume-unencrypted', set(''), plain)).toBe(false);
    expect(letsIn('volume-unencrypted', set(''), plain, encrypted)).toBe(true);
    expect(letsIn('volume-unencrypted', set('storageClassName: ""'), plain)).toBe(true);
    expect(letsIn('volume-unencrypted', set(''))).toBe(true);
  });

  it('that are of an operator may hold anything', () => {
    const kafka = (storage: string) =>
      `{ apiVersion: kafka.strimzi.io/v1beta2, kind: Kafka, metadata: { name: a, namespace: phi }, spec: { kafka: { storage: ${storage} } } }`;
    for (const odd of ['[]', '3', '{ storageClass: [1] }', '{ volumeClaimTemplate: 5 }', '{ class: plain }'])
      expect(letsIn('volume-unencrypted', kafka(odd), plain)).toBe(true);
    expect(letsIn('volume-unencrypted', kafka('{ type: persistent-claim, class: plain }'), plain)).toBe(
      false,
    );
  });
});

describe('networks that Linkerd asks for', () => {
  const policy = (...names: string[]) =>
    `{ apiVersion: policy.linkerd.io/v1alpha1, kind: AuthorizationPolicy, metadata: { name: a, namespace: phi }, spec: { targetRef: { kind: Server, name: a }, requiredAuthenticationRefs: [${names.map((name) => `{ kind: NetworkAuthentication, name: ${name} }`).join(', ')}] } }`;
  const networks = (name: string, cidr: string) =>
    `{ apiVersion: policy.linkerd.io/v1alpha1, kind: NetworkAuthentication, metadata: { name: ${name}, namespace: phi }, spec: { networks: [{ cidr: ${cidr} }] } }`;
  const all = networks('all', '0.0.0.0/0');
  const own = networks('own', '10.0.0.0/8');

  it.each([
    [false, ['all']],
    [true, ['own']],
    [true, ['all', 'own']],
    [true, ['later']],
  ])('%s: %s', (isAdmitted, names) => {
    expect(letsIn('mesh-authorization-allow-all', policy(...names), all, own)).toBe(isAdmitted);
  });
});

describe('the role of Kyverno', () => {
  const policies = clusterPolicies(rules, {
    action: 'deny',
    configuration: DEFAULT_CONFIGURATION,
    today: TODAY,
  }) as unknown as {
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly rules?: readonly {
      readonly apiGroups: readonly string[];
      readonly resources: readonly string[];
      readonly verbs: readonly string[];
    }[];
  }[];

  it('is to read what the policies ask for, and to change nothing', () => {
    const [role] = policies.filter(({ kind }) => kind === 'ClusterRole');
    const granted = (role?.rules ?? []).flatMap(({ apiGroups: [group], resources }) =>
      resources.map((resource) => `${group}/${resource}`),
    );
    for (const asked of [
      'storage.k8s.io/storageclasses',
      'networking.k8s.io/ingressclasses',
      'traefik.io/middlewares',
      'cert-manager.io/clusterissuers',
      'gateway.networking.k8s.io/httproutes',
      '/serviceaccounts',
      'rbac.authorization.k8s.io/clusterrolebindings',
    ])
      expect(granted).toContain(asked);
    expect(new Set(role?.rules?.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list']));
    expect(granted).not.toContain('/secrets');
  });

  it('lets it watch what it reports, and nothing that holds credentials', () => {
    const [, role] = policies.filter(({ kind }) => kind === 'ClusterRole');
    const granted = (role?.rules ?? []).flatMap(({ apiGroups: [group], resources }) =>
      resources.map((resource) => `${group}/${resource}`),
    );
    expect(granted).toEqual(
      expect.arrayContaining([
        '/services',
        'networking.k8s.io/ingresses',
        'networking.istio.io/gateways',
        'cert-manager.io/issuers',
        'rbac.authorization.k8s.io/rolebindings',
        'rbac.authorization.k8s.io/clusterroles',
      ]),
    );
    expect(new Set(role?.rules?.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch']));
    expect(granted).not.toContain('/secrets');
  });
});
