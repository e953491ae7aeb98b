import { BYPASS_ROWS, type BypassRow, HARMLESS } from '../../analysis/mesh/bypass.ts';
import { API_SERVER, SERVICE_SUFFIX } from '../../analysis/mesh/destination-rules.ts';
import { ENROLMENT_ROWS } from '../../analysis/mesh/enrolment.ts';
import { LINKERD_ACCESS_LOG, LINKERD_POLICY, UNAUTHENTICATED_POLICIES } from '../../analysis/mesh/linkerd.ts';
import { SYSTEM_NAMESPACE } from '../../analysis/mesh/meshes.ts';
import { anyOf, celIsSet, celItems, celItemsAt, celList, celMatches, celText, hasPath } from '../cel.ts';
import { type AdmissionCheck, resourceRule, type Variable } from './check.ts';

const ANY_VERSION = ['*'];
export const of = (group: string, ...resources: string[]) => resourceRule(group, resources, ANY_VERSION);
const consul = (...resources: string[]) => of('consul.hashicorp.com', ...resources);
const NAMESPACES = resourceRule('', ['namespaces']);

/** Istio's own root namespace: another one is told by other objects. */
const IS_ROOT = "object.metadata.namespace == 'istio-system'";
export const selectsSome = (policy: string) =>
  `(${hasPath(`${policy}.spec.selector`)} && ${celIsSet(`${policy}.spec.selector.matchLabels`)})`;
const HAS_SELECTOR = selectsSome('object');
const PORTS = 'object.spec.portLevelMtls';
const isWeak = (mode: string) => `${mode} in ['PERMISSIVE', 'DISABLE']`;
export const MODE: Variable = {
  name: 'mode',
  expression: `${hasPath('object.spec.mtls.mode')} ? object.spec.mtls.mode : 'UNSET'`,
};

const UNAUTHENTICATED = celList(UNAUTHENTICATED_POLICIES.keys());
/** What meshes read on a Namespace; on pods it is `variables.podAnnotations`. */
const ANNOTATIONS: Variable = {
  name: 'annotations',
  expression: 'has(object.metadata.annotations) ? object.metadata.annotations : {}',
};
const OF_PODS = 'variables.podAnnotations';
const OF_NAMESPACE = 'variables.annotations';
const says = (annotations: string, key: string, condition: (value: string) => string) =>
  `(${celText(key)} in ${annotations} && ${condition(`${annotations}[${celText(key)}]`)})`;
const letsEverybodyIn = (annotations: string) =>
  says(annotations, LINKERD_POLICY, (policy) => `${policy} in ${UNAUTHENTICATED}`);
const isOfKind = (kind: string, path: string, condition: string) =>
  `(object.kind == '${kind}' && ${hasPath(path)} && ${path}${condition})`;

/** Where a rule for clients may name a Service of the mesh, whatever other objects say. */
const IS_MESH_HOST = `(has(object.spec.host) && object.spec.host != '' && !${celMatches('object.spec.host', API_SERVER.source)} && ${anyOf(
  "!object.spec.host.contains('.')",
  "object.spec.host == '*.local'",
  celMatches('object.spec.host', SERVICE_SUFFIX.source),
  "(size(object.spec.host.split('.')) == 2 && object.spec.host.endsWith('.' + object.metadata.namespace))",
)})`;
/** Past the identities of the mesh. */
export const isOff = (settings: string) =>
  `(${hasPath(`${settings}.tls.mode`)} && ${settings}.tls.mode in ['DISABLE', 'SIMPLE'])`;
const isUnsafe = (settings: string) =>
  anyOf(
    `(${hasPath(`${settings}.tls.insecureSkipVerify`)} && ${settings}.tls.insecureSkipVerify)`,
    `(${isOff(settings)} && ${IS_MESH_HOST})`,
  );
export const TRAFFIC_POLICIES = `([object.spec] + ${celItems('object.spec.subsets')}).filter(h, has(h.trafficPolicy)).map(h, h.trafficPolicy)`;

const keysOf = (isMeant: (row: BypassRow) => boolean) =>
  celList(BYPASS_ROWS.filter(isMeant).map(({ key }) => key));
/** Whether some annotation of these has an item such as counts, or lists nothing at all. */
function leadsPast(annotations: string): string {
  const items = `${annotations}[k].split(',').map(i, i.trim())`;
  const listed = (['ports', 'addresses', 'interfaces'] as const).map((what) => {
    const harmless = HARMLESS[what];
    const counts = harmless === undefined ? '' : ` && !${celMatches('i', harmless.source)}`;
    return `${keysOf((row) => row.of === what && row.lists === undefined)}.exists(k, k in ${annotations} && ${items}.exists(i, i != ''${counts}))`;
  });
  const through = `${keysOf((row) => row.lists !== undefined)}.exists(k, k in ${annotations} && ${items}.all(i, i == ''))`;
  return anyOf(...listed, through);
}

const INJECTION = ENROLMENT_ROWS.filter(({ mesh }) => mesh === 'linkerd');
/** In Linkerd, outside of the control planes, and told to log nothing. */
const isSilent = (annotations: string, namespace: string) =>
  [
    `!${celMatches(namespace, SYSTEM_NAMESPACE.source)}`,
    says(annotations, LINKERD_ACCESS_LOG, (format) => `${format} == ''`),
    ...INJECTION.map(({ key, ins = [] }) => says(annotations, key, (value) => `${value} in ${celList(ins)}`)),
  ].join(' && ');

export const MESH_TRAFFIC_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'mesh-mtls-not-strict',
    on: [of('security.istio.io', 'peerauthentications')],
    variables: [MODE],
    expression: `(${IS_ROOT} && ${HAS_SELECTOR}) || (!(${isWeak('variables.mode')}) && !(${IS_ROOT} && variables.mode == 'UNSET') && !(${HAS_SELECTOR} && ${celItemsAt(PORTS).replace('[]', '{}')}.exists(k, 'mode' in ${PORTS}[k] && ${isWeak(`${PORTS}[k].mode`)})))`,
    beyond:
      'modes that are left unset below the mesh, where other objects tell what stands above them: Kyverno reports them',
  },
  {
    rule: 'mesh-mtls-not-strict',
    part: 'ignored-ports',
    on: [of('security.istio.io', 'peerauthentications')],
    expression: `${HAS_SELECTOR} || !(has(object.spec) && ${celIsSet(PORTS)})`,
    isAdvice: true,
  },
  {
    rule: 'mesh-mtls-not-strict',
    part: 'others',
    on: [
      NAMESPACES,
      of('policy.linkerd.io', 'servers'),
      consul('meshes', 'proxydefaults', 'servicedefaults'),
    ],
    variables: [ANNOTATIONS],
    expression: `!${anyOf(
      `(object.kind == 'Namespace' && ${letsEverybodyIn(OF_NAMESPACE)})`,
      isOfKind('Server', 'object.spec.accessPolicy', ` in ${UNAUTHENTICATED}`),
      isOfKind('Mesh', 'object.spec.allowEnablingPermissiveMutualTLS', ''),
      ...['ProxyDefaults', 'ServiceDefaults'].map((kind) =>
        isOfKind(kind, 'object.spec.mutualTLSMode', " == 'permissive'"),
      ),
    )}`,
  },
  {
    rule: 'mesh-mtls-not-strict',
    part: 'pods',
    on: 'workloads',
    expression: `!${letsEverybodyIn(OF_PODS)}`,
  },
  {
    rule: 'mesh-tls-disabled',
    on: [of('networking.istio.io', 'destinationrules')],
    expression: `!has(object.spec) || !${TRAFFIC_POLICIES}.exists(p, ${isUnsafe('p')} || ${celItems('p.portLevelSettings')}.exists(s, ${isUnsafe('s')}))`,
    beyond:
      'hosts of which other objects tell whether they are in the mesh (ServiceEntries, and namespaces): Kyverno reports them',
  },
  {
    rule: 'mesh-tls-disabled',
    part: 'namespaces',
    on: [NAMESPACES],
    variables: [ANNOTATIONS],
    expression: `!${leadsPast(OF_NAMESPACE)}`,
  },
  {
    rule: 'mesh-tls-disabled',
    part: 'pods',
    on: 'workloads',
    expression: `!${leadsPast(OF_PODS)}`,
  },
  {
    rule: 'mesh-access-log-disabled',
    on: [of('telemetry.istio.io', 'telemetries')],
    expression: `!${celItemsAt('object.spec.accessLogging')}.exists(l, has(l.disabled) && l.disabled && !(has(l.match) && has(l.match.mode) && l.match.mode == 'CLIENT'))`,
    beyond:
      'installations of Istio that name no log, since a Telemetry that comes later may turn it on: Kyverno reports them',
  },
  {
    rule: 'mesh-access-log-disabled',
    part: 'others',
    on: [NAMESPACES, consul('proxydefaults')],
    variables: [ANNOTATIONS],
    expression: `object.kind == 'Namespace' ? !(${isSilent(OF_NAMESPACE, 'object.metadata.name')}) : ${hasPath('object.spec.accessLogs.enabled')} && object.spec.accessLogs.enabled`,
  },
  {
    rule: 'mesh-access-log-disabled',
    part: 'pods',
    on: 'workloads',
    expression: `!(${isSilent(OF_PODS, 'object.metadata.namespace')})`,
  },
];
