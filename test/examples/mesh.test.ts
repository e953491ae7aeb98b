import { beforeAll, describe, expect, it } from 'vitest';
import { filesOf, findingsOf, schemaProblemsOf } from '../support/examples.ts';

/** What each file of examples/mesh was written to violate, and nothing else. */
const MESH: Readonly<Record<string, readonly string[]>> = {
  'manifests/namespaces.yaml': ['mesh-mtls-missing', 'mesh-injection-missing'],
  'manifests/control-plane.yaml': ['mesh-access-log-disabled', 'certificate-rotation'],
  'manifests/mesh.yaml': ['mesh-mtls-not-strict', 'mesh-tls-disabled', 'mesh-access-log-disabled'],
  'manifests/authorization.yaml': ['mesh-authorization-allow-all'],
  'manifests/gateway.yaml': ['istio-gateway-plaintext', 'certificate-automation-missing'],
  'manifests/certificates.yaml': ['certificate-rotation', 'certificate-weak-key'],
  'manifests/transcriber.yaml': ['mesh-injection-disabled'],
  'manifests/visit-notes.yaml': ['mesh-tls-disabled'],
  'manifests/recorder.yaml': ['mesh-authorization-missing'],
};

describe('examples/mesh', () => {
  let found: Map<string, Set<string>>;
  beforeAll(async () => {
    found = await findingsOf('examples/mesh');
  });

  it.each(Object.entries(MESH))('%s violates what it was written to violate', (file, wanted) => {
    expect([...(found.get(file) ?? [])]).toEqual(expect.arrayContaining([...wanted]));
  });

  it('is hardened otherwise', () => {
    expect([...found.keys()].sort()).toEqual(Object.keys(MESH).sort());
  });
});

describe('examples/mesh-compliant', () => {
  it('passes every rule', async () => {
    expect(await findingsOf('examples/mesh-compliant')).toEqual(new Map());
  });

  it('has the files of examples/mesh', () => {
    expect(filesOf('examples/mesh-compliant')).toEqual(filesOf('examples/mesh'));
  });
});

describe.each(['examples/mesh', 'examples/mesh-compliant'])('the manifests of %s', (folder) => {
  it('are what the API server would accept', async () => {
    expect(await schemaProblemsOf(folder)).toEqual([]);
  });
});
