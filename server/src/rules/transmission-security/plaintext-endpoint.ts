import { type HostPlace, serviceOf } from '../../analysis/endpoints/hosts.ts';
import { meshProtects } from '../../analysis/endpoints/mesh.ts';
import { type PlainEndpoint, plainEndpointsOf } from '../../analysis/endpoints/plaintext.ts';
import { rootNamespaceOf } from '../../analysis/mesh/mesh-config.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { replaceText, set } from '../../syntax/edit/operations.ts';
import { sourceRangeOf } from '../../syntax/scalar-offsets.ts';
import { objectsOf } from '../related-objects.ts';
import { defineRule, type Fix, type Place, type RelatedObject } from '../rule.ts';

/**
 * A program that is told to connect in clear text: by the scheme of a URL, by a parameter of a connection string, or by a setting beside it.
 * Connections inside the pod or the node, links for people, and names that look like URLs are none.
 *
 * Source: 45 CFR 164.312(e)(1), (e)(2)(ii). The protocols are those of `analysis/endpoints/schemes.ts` and `plaintext.ts`.
 */
export const plaintextEndpoint = defineRule({
  id: 'plaintext-endpoint',
  meta: {
    title: 'Connection in clear text',
    safeguard: 'transmission-security',
    rationale:
      'Everyone on the way can read and change what travels in clear text: other pods, nodes, routers, whoever taps a cable. Encryption in transit is also what makes an intercepted message no breach of PHI.',
    remediation:
      'Connect by the protocol over TLS (`https`, `rediss`, `amqps`, `sslmode=verify-full`), or let a service mesh with STRICT mutual TLS carry the connection. Have the other side offer TLS first.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-8(1)'],
      urls: [
        'https://www.iana.org/assignments/uri-schemes/uri-schemes.xhtml',
        'https://www.postgresql.org/docs/current/libpq-ssl.html',
        'https://kafka.apache.org/documentation/#listener_configuration',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    requiredAsProposed: true,
    messages: {
      scheme:
        '{words} connects to {host} {where} by {protocol} in clear text: ePHI can be read and changed on the way. Use its form over TLS.',
      parameter:
        '{words} switches TLS off for {protocol} ({parameter}): ePHI can be read and changed on the way. Switch it on and verify the other side.',
      mesh: '{words} connects to {host} by {protocol} in clear text; mutual TLS of the mesh, which its namespace demands, encrypts it on the way. Keep the mesh strict, or use TLS here too.',
    },
  },
  resource: {
    check(resource, { report, world }) {
      for (const endpoint of plainEndpointsOf(resource)) {
        const { host, words, protocol, parameter, place } = endpoint;
        const inMesh = host !== undefined && place === 'cluster' && meshProtects(host, resource, world);
        report({
          at: placeOf(endpoint, resource.document.text),
          messageId: inMesh ? 'mesh' : parameter === undefined ? 'scheme' : 'parameter',
          data: { words, host: host ?? '', where: WHERE[place], protocol, parameter: parameter ?? '' },
          ...(inMesh && { severity: 'information', relatedObjects: strictPolicies(host, resource, world) }),
          fixes: inMesh ? [] : fixesFor(endpoint),
        });
      }
    },
  },
});

const WHERE: Record<HostPlace, string> = {
  local: 'in the pod',
  cluster: 'in the cluster',
  private: 'in the private network',
  public: 'outside the cluster',
  unknown: '',
};

/** What demands mutual TLS where a host is, or in the whole mesh. */
function strictPolicies(host: string, { namespace }: Resource, world: World): RelatedObject[] {
  const places = [serviceOf(host)?.namespace ?? namespace, rootNamespaceOf(world)];
  return objectsOf(
    world
      .matching('peer-authentication', 'mode', 'STRICT')
      .filter((policy) => places.includes(policy.namespace))
      .map((policy) => ({ ...policy, kind: 'PeerAuthentication' })),
    'This policy demands mutual TLS.',
  );
}

function placeOf({ scalar, part }: PlainEndpoint, text: string): Place {
  if (scalar.via !== undefined) return scalar;
  return { range: sourceRangeOf(scalar, text, part), within: scalar };
}

/** The other side may not offer TLS yet, so a person decides. */
function fixesFor({ scalar, changes, parameter }: PlainEndpoint): Fix[] {
  if (changes.length === 0 || scalar.via !== undefined) return [];
  const title = parameter === undefined ? 'Connect over TLS' : 'Switch TLS on';
  const [only] = changes;
  const isWhole = only !== undefined && only.part.start === 0 && only.part.end === scalar.decoded.length;
  const operations = isWhole
    ? [set(scalar.path, only.newText)]
    : changes.map((change) => replaceText(scalar.path, change.part, change.newText));
  return [{ title, applicability: 'review', operations }];
}
