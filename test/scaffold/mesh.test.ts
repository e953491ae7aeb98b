import { describe, expect, it } from 'vitest';
import { scaffold } from '../../server/src/scaffold/files.ts';
import { readAnswers, type TypedAnswers } from '../../server/src/scaffold/read-answers.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';

/** The text of a file of the service, by its name. */
function filesFor(typed: TypedAnswers): (name: string) => string {
  const read = readAnswers({
    name: 'records-api',
    namespace: 'phi-records',
    image: 'registry.clinic.example/records/api:1.0.0',
    port: '8443',
    callers: ['portal'],
    ...typed,
  });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const files = scaffold(read.answers);
  return (name) => files.find(({ path }) => path === name || path === `service/${name}`)?.text ?? '';
}

interface AppliedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly sources?: unknown; readonly parentRefs?: unknown };
}

function objectsIn(text: string): AppliedObject[] {
  return splitDocuments(text).map(
    ({ document }) => parseDocument(document.text).root?.toJS() as AppliedObject,
  );
}

const HOST = 'records.clinic.example';

describe.each(['istio', 'consul'])('the Gateway of %s, which speaks the mesh’s TLS alone', (mesh) => {
  const fileOf = filesFor({ mesh, host: HOST, entry: 'gateway' });

  it('meets plain HTTP in the pod, where the proxy ends TLS', () => {
    expect(fileOf('gateway.yaml')).not.toContain('BackendTLSPolicy');
    expect(fileOf('service.yaml')).toContain('- name: http\n      port: 8443\n      targetPort: http\n');
    expect(fileOf('deployment.yaml')).toContain('- name: http\n              containerPort: 8443\n');
    for (const text of [fileOf('deployment.yaml'), fileOf('service.yaml')])
      expect(text).not.toContain('https');
    expect(fileOf('README.md')).toContain('- Serve HTTP');
    expect(fileOf('README.md')).not.toContain('`internal-ca`');
  });

  it('needs no certificate of the program’s, but that by which it knows its database', () => {
    expect(fileOf('deployment.yaml')).not.toContain('TLS_');
    expect(fileOf('deployment.yaml')).not.toContain('-internal-tls');
    const withDatabase = filesFor({ mesh, host: HOST, entry: 'gateway', database: true })('deployment.yaml');
    expect(withDatabase).toContain(
      'secretName: records-api-db-internal-tls\n            defaultMode: 0440\n            items:\n              - key: ca.crt\n                path: ca.crt\n',
    );
    expect(withDatabase).toContain('value: /run/certificate/ca.crt');
  });

  it.each(['none', 'nginx', 'traefik'])('stays as it was for the way in by %s', (entry) => {
    const other = filesFor(entry === 'none' ? { mesh } : { mesh, host: HOST, entry });
    expect(other('service.yaml')).toContain('targetPort: https\n');
    expect(other('deployment.yaml')).toContain('secretName: records-api-internal-tls');
  });
});

it('has callers of Istio refuse clear text, also to a pod without a proxy', () => {
  const [, rule] = objectsIn(filesFor({ mesh: 'istio', host: HOST })('mesh.yaml'));
  expect(rule).toMatchObject({
    kind: 'DestinationRule',
    spec: {
      host: 'records-api.phi-records.svc.cluster.local',
      trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } },
    },
  });
});

describe('a controller in a mesh calls the Service, where the mesh begins its TLS', () => {
  it.each([
    ['istio', true],
    ['linkerd', true],
    ['consul', true],
    ['cilium', false],
    ['none', false],
  ])('%s: %s', (mesh, isThere) => {
    const nginx = filesFor({ mesh, host: HOST, entry: 'nginx' });
    const traefik = filesFor({ mesh, host: HOST, entry: 'traefik' });
    expect(nginx('ingress.yaml').includes('service-upstream: "true"')).toBe(isThere);
    expect(traefik('service.yaml').includes('service.nativelb: "true"')).toBe(isThere);
    for (const fileOf of [nginx, traefik])
      expect(fileOf('README.md').includes('those pods in the mesh')).toBe(isThere);
  });
});

describe('Consul', () => {
  const fileOf = filesFor({ mesh: 'consul', host: HOST, entry: 'gateway', database: true });

  it.each(['deployment.yaml', 'stateful-set.yaml'])(
    'finds the token that it demands in %s, and one port',
    (name) => {
      expect(fileOf(name)).toContain('automountServiceAccountToken: false\n');
      expect(fileOf(name)).toContain(
        '- name: consul-login\n              mountPath: /var/run/secrets/kubernetes.io/serviceaccount\n              readOnly: true\n',
      );
      expect(fileOf(name)).toContain('- serviceAccountToken:\n                  path: token\n');
      expect(fileOf(name)).toMatch(/connect-service-port: (?:http|tls-postgres)\n/);
    },
  );

  it('reaches the database by the address of its Service', () => {
    expect(fileOf('service.yaml')).not.toContain('clusterIP: None');
    expect(filesFor({ mesh: 'istio', database: true })('service.yaml')).toContain('clusterIP: None');
  });

  it('routes HTTP to a service of HTTP, from a Gateway of another name than the service', () => {
    const [defaults, intentions] = objectsIn(fileOf('mesh.yaml'));
    expect(defaults).toMatchObject({ kind: 'ServiceDefaults', spec: { protocol: 'http' } });
    expect(intentions?.spec.sources).toContainEqual({ name: 'records-api-gateway', action: 'allow' });
    const [gateway, route] = objectsIn(fileOf('gateway.yaml'));
    expect(gateway?.metadata.name).toBe('records-api-gateway');
    expect(route?.spec.parentRefs).toEqual([{ name: 'records-api-gateway', namespace: 'ingress' }]);
    expect(fileOf('deployment.yaml')).toContain('value: "127.0.0.1:8443"');
  });
});

describe('the README names what the cluster has to bring', () => {
  it.each([
    ['cilium', 'authentication.mutual.spire.enabled'],
    ['consul', 'global.acls.manageSystemACLs'],
    ['istio', 'the trust domain `cluster.local`'],
    ['linkerd', 'their ServiceAccount has that name too, and they are in the mesh'],
    ['none', 'callers by the label `app.kubernetes.io/name`'],
    ['none', 'NodeLocal DNSCache'],
  ])('%s: %s', (mesh, text) => {
    expect(filesFor({ mesh })('README.md')).toContain(text);
  });
});

it('warns in the README of ingress-nginx, which is retired, and of nothing else', () => {
  const warning = '\n\n> **Warning:** ingress-nginx was retired in March 2026';
  expect(filesFor({ host: HOST, entry: 'nginx' })('README.md')).toContain(warning);
  for (const typed of [{ entry: 'nginx' }, { host: HOST, entry: 'traefik' }, { host: HOST }])
    expect(filesFor(typed)('README.md')).not.toContain('Warning');
});
