import type { WorkloadFact } from '../../analysis/facts.ts';
import type { Mesh } from '../../analysis/mesh/enrolment.ts';
import {
  hasDecidedEncryption,
  ISTIO_OPT_IN,
  isKeptOut,
  isSystemNamespace,
  meshOf,
  namespaceEnrolment,
} from '../../analysis/mesh/meshes.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { demandMutualTls, setMetadata } from '../mesh-fixes.ts';
import { isInPhiScope } from '../phi-scope.ts';
import { objectOf } from '../related-objects.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A namespace with PHI workloads whose traffic nothing in view encrypts: no policy of a mesh says what they demand, and the network does not
 * encrypt between nodes. Policies that say too little are what `mesh-mtls-not-strict` reports; pods that stay out of the mesh what
 * `mesh-injection-disabled` does.
 *
 * Source: https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/
 */
export const meshMtlsMissing = defineRule({
  id: 'mesh-mtls-missing',
  meta: {
    title: 'No strict mutual TLS between pods',
    safeguard: 'transmission-security',
    rationale:
      'Traffic between pods crosses nodes and switches in clear text unless something encrypts it. Strict mutual TLS of a mesh encrypts ePHI there, and every pod proves who it is.',
    remediation:
      'Put the namespace into a mesh and demand mutual TLS: a PeerAuthentication with mode STRICT (Istio), the inbound policy all-authenticated (Linkerd), Consul service mesh, or mutual authentication of Cilium.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-8(1)', 'IA-3'],
      urls: [
        'https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/',
        'https://linkerd.io/2/features/automatic-mtls/',
        'https://docs.cilium.io/en/stable/network/servicemesh/mutual-authentication/mutual-authentication/',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    phiOnly: true,
    requiredAsProposed: true,
    messages: {
      permissive:
        'Nothing demands mutual TLS in namespace "{name}", so {workload} still takes ePHI in clear text from clients outside of the mesh. {advice}.',
      noMesh:
        'Nothing in this workspace encrypts what the pods of namespace "{name}" send each other, so ePHI of {workload} crosses the network in clear text. Demand mutual TLS in a mesh, unless the programs encrypt by themselves.',
    },
  },
  resource: {
    kinds: ['Namespace'],
    check(namespace, { report, world, settings }) {
      const { group, name, root } = namespace;
      if (group !== '' || name === '' || isSystemNamespace(name) || !world.complete) return;
      const open = world
        .matching('workload', 'namespace', name)
        .find(
          (workload) =>
            isInPhiScope(workload, world, settings) &&
            !isKeptOut(workload, world) &&
            !hasDecidedEncryption(workload, world),
        );
      if (open === undefined) return;
      const at = root.at(['metadata', 'name']) ?? root;
      const data = { name, workload: describe(open) };
      const relatedObjects = [objectOf(open, 'It takes clear text.')];
      const mesh = meshOf(namespaceEnrolment(name, world), world);
      if (mesh === undefined) {
        report({
          at,
          messageId: 'noMesh',
          data,
          relatedObjects,
          fixes: [joinFix(namespace)],
          confidence: 'low',
        });
      } else {
        const fixes = mesh === 'cilium' ? [] : [demandFix(namespace, mesh)];
        report({
          at,
          messageId: 'permissive',
          data: { ...data, advice: ADVICE[mesh] },
          relatedObjects,
          fixes,
        });
      }
    },
  },
});

const ADVICE = {
  istio: 'Add a PeerAuthentication with mode STRICT',
  linkerd: 'Set the inbound policy all-authenticated',
  consul: 'Let its pods into the mesh',
  cilium: 'Require authentication in its network policies',
} satisfies Record<Mesh, string>;

function describe({ kind, name }: WorkloadFact): string {
  return `${kind} "${name}"`;
}

/** Clients outside of the mesh are refused from then on, so a person decides when. */
function demandFix(namespace: Resource, mesh: Mesh): Fix {
  const title =
    mesh === 'linkerd'
      ? 'Set the inbound policy all-authenticated'
      : 'Add a PeerAuthentication with mode STRICT';
  return { title, applicability: 'review', operations: [demandMutualTls(namespace, mesh)] };
}

function joinFix(namespace: Resource): Fix {
  return {
    title: 'Join an Istio mesh, with a PeerAuthentication of mode STRICT',
    applicability: 'review',
    operations: [setMetadata(namespace, ISTIO_OPT_IN), demandMutualTls(namespace, 'istio')],
  };
}
