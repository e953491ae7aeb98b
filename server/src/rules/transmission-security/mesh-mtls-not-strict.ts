import { holderOf } from '../../analysis/mesh/enrolment.ts';
import { authenticatedPolicy, LINKERD_POLICY } from '../../analysis/mesh/linkerd.ts';
import { rootNamespaceOf } from '../../analysis/mesh/mesh-config.ts';
import {
  isPeerAuthentication,
  meshMtls,
  modeOf,
  namespaceMtls,
} from '../../analysis/mesh/peer-authentication.ts';
import type { World } from '../../analysis/world.ts';
import { type Resource, textsOf } from '../../kubernetes/resource.ts';
import { remove, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import { objectsOf } from '../related-objects.ts';
import { defineRule, type Fix, type RelatedObject, type RuleContext } from '../rule.ts';

/**
 * A setting of a mesh that lets clients in without mutual TLS. UNSET leaves the decision to the policy above, so it is a finding only where nothing
 * above is STRICT; Istio reads ports only in policies with a selector, outside of the root namespace.
 *
 * Source: https://istio.io/latest/docs/reference/config/security/peer_authentication/, https://linkerd.io/2/features/server-policy/,
 * https://developer.hashicorp.com/consul/docs/connect/config-entries/proxy-defaults#mutualtlsmode
 */
export const meshMtlsNotStrict = defineRule({
  id: 'mesh-mtls-not-strict',
  meta: {
    title: 'Mesh accepts traffic without mutual TLS',
    safeguard: 'transmission-security',
    rationale:
      'A mesh that also accepts clear text protects only the clients that happen to use it: any other pod sends and reads ePHI unencrypted and without proving who it is. Strict mutual TLS refuses such clients.',
    remediation:
      'Set the mode to STRICT (Istio), the inbound policy to all-authenticated (Linkerd) or the mode to strict (Consul), after every client has joined the mesh.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)', '164.312(d)'],
      nist: ['SC-8', 'SC-8(1)', 'IA-3'],
      urls: [
        'https://istio.io/latest/docs/reference/config/security/peer_authentication/',
        'https://linkerd.io/2/features/server-policy/',
        'https://developer.hashicorp.com/consul/docs/connect/config-entries/proxy-defaults#mutualtlsmode',
      ],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      permissive:
        'PeerAuthentication "{name}" is PERMISSIVE for {target}: clients may send ePHI in clear text and without an identity. Set STRICT.',
      disabled:
        'PeerAuthentication "{name}" turns mutual TLS off for {target}: ePHI crosses the network in clear text. Set STRICT.',
      unset:
        'PeerAuthentication "{name}" leaves the mode for {target} unset, and nothing above it is STRICT, so clear text is accepted. Set STRICT.',
      portIgnored:
        'PeerAuthentication "{name}" sets modes for ports without a workload selector outside of the root namespace, so Istio ignores them. Remove them, or select the workload.',
      linkerd:
        'The inbound policy "{policy}" lets clients in that prove no identity and may use clear text, so ePHI can be read and sent by anybody on the network. Set {wanted}.',
      consul:
        '{kind} "{name}" accepts traffic without mutual TLS ({field}): ePHI may cross the network in clear text. Set {wanted}.',
    },
  },
  resource: {
    check(resource, context) {
      if (isPeerAuthentication(resource)) return checkPeerAuthentication(resource, context);
      if (resource.group === 'consul.hashicorp.com') return checkConsul(resource, context);
      checkLinkerd(resource, context);
    },
  },
});

type Context = RuleContext<'permissive' | 'disabled' | 'unset' | 'portIgnored' | 'linkerd' | 'consul'>;

type Level = 'mesh' | 'namespace' | 'workload';

function checkPeerAuthentication(policy: Resource, { report, world }: Context): void {
  const { name, spec, root } = policy;
  const level = levelOf(policy, world);
  if (level === undefined) return;
  const ports = spec?.get('portLevelMtls');
  const problem = problemOf(spec?.get('mtls'));
  // A policy for ports alone leaves the rest to others on purpose.
  const isForPorts = level === 'workload' && ports !== undefined && !spec?.has(['mtls']);
  const isInherited = problem === 'unset' && (isForPorts || mayInheritStrict(policy, level, world));
  if (problem !== undefined && !isInherited) {
    const path = ['spec', 'mtls', 'mode'];
    const data = { name, target: targetOf(policy, level) };
    const relatedObjects = problem === 'unset' ? policiesAbove(policy, level, world) : [];
    const fixes = [strictFix([...root.path, ...path])];
    report({ ...placeOf(root, path), messageId: problem, data, relatedObjects, fixes });
  }
  if (level === 'workload') checkPorts(policy, ports, report);
  else checkIgnoredPorts(policy, report);
}

function checkIgnoredPorts({ name, spec }: Resource, report: Context['report']): void {
  const key = spec?.entries.find((entry) => entry.key === 'portLevelMtls');
  if (key === undefined || key.value.entries.length === 0) return;
  const operations = [remove(key.value.path)];
  const fixes: Fix[] = [{ title: 'Remove the ignored ports', applicability: 'safe', operations }];
  report({ at: { key }, messageId: 'portIgnored', data: { name }, severity: 'information', fixes });
}

function checkPorts({ name }: Resource, ports: Value | undefined, report: Context['report']): void {
  for (const { key, value } of ports?.entries ?? []) {
    const problem = problemOf(value);
    const mode = value.get('mode');
    if (problem === undefined || problem === 'unset' || mode === undefined) continue;
    const data = { name, target: `port ${key}` };
    report({ at: mode, messageId: problem, data, fixes: [strictFix(mode.path)] });
  }
}

/** Undefined for a policy that reaches nothing: one with a selector in the root namespace. */
function levelOf({ namespace, spec }: Resource, world: World): Level | undefined {
  const hasSelector = textsOf(spec?.at(['selector', 'matchLabels'])).size > 0;
  if (namespace === rootNamespaceOf(world)) return hasSelector ? undefined : 'mesh';
  return hasSelector ? 'workload' : 'namespace';
}

function targetOf({ namespace }: Resource, level: Level): string {
  if (level === 'mesh') return 'the mesh';
  if (level === 'workload') return 'the workloads that it selects';
  return namespace === undefined ? 'its namespace' : `namespace "${namespace}"`;
}

function problemOf(mtls: Value | undefined): 'permissive' | 'disabled' | 'unset' | undefined {
  switch (modeOf(mtls)) {
    case 'STRICT':
      return undefined;
    case 'PERMISSIVE':
      return 'permissive';
    case 'DISABLE':
      return 'disabled';
    default: {
      const mode = mtls?.get('mode');
      // Anything else is no mode, which the schema reports.
      return mode === undefined || mode.isNull || mode.text === 'UNSET' ? 'unset' : undefined;
    }
  }
}

/** Whether what stands above an UNSET policy is STRICT; or may be, where not everything is in view. */
function mayInheritStrict({ namespace }: Resource, level: Level, world: World): boolean {
  if (level === 'mesh') return false;
  const above = level === 'workload' ? namespaceMtls(namespace, world) : meshMtls(world);
  return above === 'STRICT' || (above === undefined && !world.complete);
}

/** The policies that an UNSET one leaves the decision to. */
function policiesAbove({ namespace }: Resource, level: Level, world: World): RelatedObject[] {
  if (level === 'mesh') return [];
  const above = [...(level === 'workload' ? [namespace] : []), rootNamespaceOf(world)];
  return objectsOf(
    above
      .flatMap((each) => world.matching('peer-authentication', 'namespace', each))
      .filter(({ selector }) => selector.size === 0)
      .map((each) => ({ ...each, kind: 'PeerAuthentication' })),
    'This policy above it is not STRICT.',
  );
}

function placeOf(root: Value, path: Path): { at: Value; missing?: Path } {
  const value = root.at(path);
  return value === undefined || value.isNull ? { at: root, missing: path } : { at: value };
}

/** Clients outside of the mesh are refused from then on, so a person decides. */
function strictFix(path: Path): Fix {
  return { title: 'Set STRICT', applicability: 'review', operations: [set(path, 'STRICT')] };
}

function checkLinkerd(resource: Resource, { report }: Context): void {
  const isServer = resource.group === 'policy.linkerd.io' && resource.kind === 'Server';
  const at = isServer
    ? resource.spec?.get('accessPolicy')
    : holderOf(resource)?.metadata?.at(['annotations', LINKERD_POLICY]);
  const policy = at?.text ?? '';
  const wanted = authenticatedPolicy(policy);
  if (at === undefined || wanted === undefined) return;
  report({
    at,
    messageId: 'linkerd',
    data: { policy, wanted },
    fixes: [{ title: `Set ${wanted}`, applicability: 'review', operations: [set(at.path, wanted)] }],
  });
}

function checkConsul({ kind, name, spec }: Resource, { report }: Context): void {
  const mode = spec?.get('mutualTLSMode');
  if ((kind === 'ProxyDefaults' || kind === 'ServiceDefaults') && mode?.text === 'permissive') {
    report({
      at: mode,
      messageId: 'consul',
      data: { kind, name, field: 'mutualTLSMode', wanted: 'strict' },
      fixes: [{ title: 'Set strict', applicability: 'review', operations: [set(mode.path, 'strict')] }],
    });
  }
  const allows = spec?.get('allowEnablingPermissiveMutualTLS');
  if (kind !== 'Mesh' || allows?.boolean !== true) return;
  report({
    at: allows,
    messageId: 'consul',
    data: { kind, name, field: 'allowEnablingPermissiveMutualTLS', wanted: 'false' },
    fixes: [{ title: 'Set false', applicability: 'review', operations: [set(allows.path, false)] }],
  });
}
