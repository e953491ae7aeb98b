import type { WorkloadFact } from '../../../analysis/facts.ts';
import { authorizationsFor } from '../../../analysis/mesh/authorization.ts';
import { authenticatedPolicy } from '../../../analysis/mesh/linkerd.ts';
import { enrolmentFactsFor, isKeptOut } from '../../../analysis/mesh/meshes.ts';
import { effectiveMtls } from '../../../analysis/mesh/peer-authentication.ts';
import { GATEWAY_API } from '../../../analysis/tls/gateway-routes.ts';
import { isIngressNginxConfig } from '../../../analysis/tls/http-resources.ts';
import { controllerOf } from '../../../analysis/tls/ingress-controllers.ts';
import { hasTlsSection, isEncryptedWithoutSpec, isIngress } from '../../../analysis/tls/ingress-tls.ts';
import { type TlsSetting, tlsSettingsOf } from '../../../analysis/tls/settings.ts';
import { WEAK_POLICIES } from '../../../analysis/tls/settings-table.ts';
import { tlsVersionOf, versionsIn } from '../../../analysis/tls/versions.ts';
import type { World } from '../../../analysis/world.ts';
import type { Resource } from '../../../kubernetes/resource.ts';
import { headOf, nameOf, type Observation, type Observe, placeOf } from '../observation.ts';
import { isWorkloadWithPhi, mayHoldPhi } from '../scope.ts';

/** How data travels. */
export const observeTransmission: Observe = (resource, document) => [
  ...observeMutualTls(resource, document),
  ...observeEntrance(resource, document),
  ...observeVersions(resource, document),
];

const observeVersions: Observe = (resource, document) => {
  const { namespace } = resource;
  const said = tlsSettingsOf(resource).flatMap((setting): Observation[] => {
    const lowest = lowestVersion(setting);
    if (lowest === undefined) return [];
    const text = `${setting.product} speaks ${lowest} (${setting.setting}).`;
    const place = placeOf(document, setting.at);
    const settles = isIngressNginxConfig(resource) ? { settles: 'ingress-nginx' } : {};
    return [{ aspect: 'tls-version', namespace, shown: true, text, place, ...settles }];
  });
  const { world } = document;
  const isEntrance = entranceOf(resource, world) !== undefined && mayHoldPhi(resource, document);
  if (said.length > 0 || !isEntrance || world.usedAs === 'part') return said;
  const controller = isIngress(resource) ? controllerOf(resource, world) : undefined;
  const text = `${nameOf(resource)} leaves the versions of TLS to what serves it.`;
  const place = placeOf(document, headOf(resource));
  const waitsFor = controller === undefined ? {} : { waitsFor: controller };
  return [{ aspect: 'tls-version', namespace, shown: false, text, place, ...waitsFor }];
};

const observeMutualTls: Observe = (resource, document) => {
  if (!isWorkloadWithPhi(resource, document)) return [];
  const workload = document.facts.find(
    (fact): fact is WorkloadFact =>
      fact.type === 'workload' && fact.name === resource.name && fact.kind === resource.kind,
  );
  if (workload === undefined) return [];
  const demand = mutualTlsOf(workload, document.world);
  return [
    {
      aspect: 'mesh-mtls',
      namespace: resource.namespace,
      shown: demand !== undefined,
      text:
        demand === undefined
          ? `Nothing in view has ${nameOf(resource)} demand mutual TLS.`
          : `${nameOf(resource)} demands mutual TLS: ${demand}.`,
      place: placeOf(document, headOf(resource)),
    },
  ];
};

/** By what a workload demands mutual TLS of its clients, in words; undefined where nothing shows it. */
function mutualTlsOf(workload: WorkloadFact, world: World): string | undefined {
  const enrolments = enrolmentFactsFor(workload, world);
  const joined = enrolments.flatMap((fact) => fact.enrolments).find(({ isIn }) => isIn);
  if (authorizationsFor(workload, world).some(({ authenticates }) => authenticates))
    return 'Cilium has clients authenticate';
  if (joined === undefined || isKeptOut(workload, world)) return undefined;
  if (joined.mesh === 'istio')
    return effectiveMtls(workload, world).mode === 'STRICT'
      ? 'Istio, PeerAuthentication with mode STRICT'
      : undefined;
  if (joined.mesh === 'consul') return 'Consul, of which its pods are a part';
  const policies = enrolments.flatMap(({ linkerdPolicy }) => linkerdPolicy ?? []);
  const configured = world.facts('linkerd-config').flatMap(({ inboundPolicy }) => inboundPolicy ?? []);
  const policy = policies[0] ?? configured[0];
  return joined.mesh === 'linkerd' && policy !== undefined && authenticatedPolicy(policy) === undefined
    ? `Linkerd, inbound policy ${policy}`
    : undefined;
}

const observeEntrance: Observe = (resource, document) => {
  const encrypted = entranceOf(resource, document.world);
  if (encrypted === undefined || document.world.usedAs === 'part' || !mayHoldPhi(resource, document))
    return [];
  return [
    {
      aspect: 'entrances',
      namespace: resource.namespace,
      shown: encrypted,
      text: encrypted
        ? `${nameOf(resource)} serves HTTPS.`
        : `${nameOf(resource)} does not show that it serves HTTPS alone.`,
      place: placeOf(document, headOf(resource)),
    },
  ];
};

/** Whether an entrance says that it serves TLS; undefined for other resources. */
function entranceOf(resource: Resource, world: World): boolean | undefined {
  const { group, kind, spec } = resource;
  if (isIngress(resource)) return hasTlsSection(resource) || isEncryptedWithoutSpec(resource, world);
  if (kind !== 'Gateway') return undefined;
  if (group === GATEWAY_API) {
    // A waypoint is no entrance.
    if (spec?.get('gatewayClassName')?.text === 'istio-waypoint') return undefined;
    const protocols = (spec?.get('listeners')?.items ?? []).map((item) => item.get('protocol')?.text ?? '');
    return protocols.length > 0 && protocols.every((protocol) => /^(?:HTTPS|TLS)$/.test(protocol));
  }
  if (group !== 'networking.istio.io') return undefined;
  const servers = spec?.get('servers')?.items ?? [];
  return (
    servers.length > 0 &&
    servers.every(
      (server) =>
        server.at(['tls', 'httpsRedirect'])?.boolean === true ||
        /^(?:SIMPLE|MUTUAL|OPTIONAL_MUTUAL|ISTIO_MUTUAL|PASSTHROUGH|AUTO_PASSTHROUGH)$/.test(
          server.at(['tls', 'mode'])?.text ?? '',
        ),
    )
  );
}

/** What a setting lets TLS come down to, where that is 1.2 or later. */
function lowestVersion({ decides, text }: TlsSetting): string | undefined {
  switch (decides) {
    case 'minimum': {
      const version = tlsVersionOf(text);
      return version !== undefined && version >= 12 ? `TLS ${version / 10} or later` : undefined;
    }
    case 'versions':
      return tlsVersionOf(text.split(/[\s,]+/)[0] ?? '') !== undefined && versionsIn(text).weak.length === 0
        ? 'no version below TLS 1.2'
        : undefined;
    case 'policy':
      return STRONG_POLICY.test(text) && !WEAK_POLICIES.some(({ names }) => names.test(text))
        ? `what the policy ${text} allows, TLS 1.2 or later`
        : undefined;
    default:
      return undefined;
  }
}

/** Names of predefined policies that tell the version themselves. */
const STRONG_POLICY = /TLS-?1[-_.]?[23](?![-_.]?[01])|^ELBSecurityPolicy-FS-1-2|^AppGwSslPolicy2017/i;
