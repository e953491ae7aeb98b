import { LOG_PROVIDERS } from '../../analysis/mesh/access-logs.ts';
import { API_SERVER } from '../../analysis/mesh/destination-rules.ts';
import { DEFAULT_ROOT_NAMESPACE, OF_ISTIO, WITHOUT_CONTROL_PLANE } from '../../analysis/mesh/mesh-config.ts';
import { anyOf, celItems, celItemsAt, celList, celMatches, celText, hasPath } from '../cel.ts';
import { celCoverEverything } from '../cel-cidr.ts';
import { celAll, celAllIfKnown, celGet } from '../cel-lookup.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';
import { isOff, MODE, of, selectsSome, TRAFFIC_POLICIES } from './mesh-traffic.ts';

const LINKERD = 'policy.linkerd.io';
const REFERENCES = 'object.spec.requiredAuthenticationRefs';
const home = '(has(r.namespace) ? r.namespace : object.metadata.namespace)';
const network = celGet(`${LINKERD}/v1alpha1`, 'networkauthentications', home, 'r.name');
const TAKES_EVERYBODY = `[${network}].exists(n, n != null && ${hasPath('n.spec.networks')} && ${celCoverEverything('n.spec.networks.map(x, x.cidr)')})`;

/** Istio's MeshConfig, as fields of `c`, or as a text of which settings are told by their words; where that may say that access is logged, it does. */
const CONFIG = 'c';
const TEXT = 'variables.text';
const said = (key: string, value: string) => celMatches(TEXT, `${key}["']?\\s*:[ \\t]*["']?${value}`);
const LOGS = anyOf(
  `(has(${CONFIG}.accessLogFile) ? ${CONFIG}.accessLogFile != '' : ${hasPath('object.spec.profile')} && object.spec.profile == 'demo')`,
  `size(${celItemsAt(`${CONFIG}.defaultProviders.accessLogging`)}) > 0`,
  `(has(${CONFIG}.enableEnvoyAccessLogService) && ${CONFIG}.enableEnvoyAccessLogService)`,
  said('accessLogFile', `[^\\s"'#]`),
  said('enableEnvoyAccessLogService', 'true'),
  `${TEXT}.contains('accessLogging')`,
);
const OFFERS_PROVIDER = anyOf(
  celMatches(TEXT, LOG_PROVIDERS.join('|')),
  `${celItems(`${CONFIG}.extensionProviders`)}.exists(p, p.exists(k, k in ${celList(LOG_PROVIDERS)}))`,
);
const ROOT = celText(DEFAULT_ROOT_NAMESPACE);
const rootIn = (text: string) =>
  `${text}.find(${celText(`rootNamespace["']?\\s*:[ \\t]*["']?[a-z0-9-]+`)}).find('[a-z0-9-]+$')`;
const ROOTS = `[dyn(${ROOT}), dyn(has(${CONFIG}.rootNamespace) ? ${CONFIG}.rootNamespace : ${rootIn(TEXT)})]`;
const INSTALLS: Readonly<Record<string, string>> = {
  ConfigMap: `${TEXT} != ''`,
  IstioOperator: `!(${hasPath('object.spec.profile')} && object.spec.profile in ${celList(WITHOUT_CONTROL_PLANE)}) && !(${hasPath('object.spec.components.pilot.enabled')} && !object.spec.components.pilot.enabled)`,
  Istio: 'true',
};
/** Turns logs on for what workloads of some, or of the whole mesh, serve. */
const LOGGED = `has(t.spec) && ${celItems('t.spec.accessLogging')}.exists(l, !(${hasPath('l.match.mode')} && l.match.mode == 'CLIENT') && !(has(l.disabled) && l.disabled)) && (${OFFERS_PROVIDER} || (!${anyOf('has(t.spec.selector)', 'has(t.spec.targetRefs)', 'has(t.spec.targetRef)')} && t.metadata.namespace in ${ROOTS}))`;

/** A PeerAuthentication `p` that is strict for all of its namespace, or, in the root namespace, for the mesh. */
const IS_STRICT = `!${selectsSome('p')} && ${hasPath('p.spec.mtls.mode')} && p.spec.mtls.mode == 'STRICT'`;
/** Control planes stand in their root namespace, more often than not. */
const CONTROL_PLANES = `([dyn(${ROOT}), dyn(object.metadata.namespace)] + variables.strict.map(p, dyn(p.metadata.namespace)))`;
const NAMES_HOST = `${celItemsAt('e.spec.hosts')}.exists(h, h == object.spec.host)`;
const IS_INSIDE = `(has(e.spec.location) && e.spec.location == 'MESH_INTERNAL')`;

/** What other objects say of the policies of Linkerd and of Istio, and of its installations. */
export const MESH_LOOKUP_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'mesh-authorization-allow-all',
    part: 'networks',
    on: [resourceRule(LINKERD, ['authorizationpolicies'], ['*'])],
    looksUp: true,
    reports: 'too',
    expression: `!(${hasPath('object.spec.targetRef.kind')} && object.spec.targetRef.kind in ['Server', 'Namespace'] && has(${REFERENCES}) && size(${REFERENCES}) > 0 && ${REFERENCES}.all(r, r.kind == 'NetworkAuthentication' && ${TAKES_EVERYBODY}))`,
  },
  {
    rule: 'mesh-mtls-not-strict',
    part: 'unset',
    on: [of('security.istio.io', 'peerauthentications')],
    looksUp: true,
    reports: 'only',
    variables: [
      MODE,
      {
        name: 'strict',
        expression: `${celAll('security.istio.io/v1beta1', 'peerauthentications')}.filter(p, ${IS_STRICT})`,
      },
      {
        name: 'roots',
        expression: `[dyn(${ROOT})] + ${CONTROL_PLANES}.map(n, ${celGet('v1', 'configmaps', 'n', "'istio'")}).filter(c, c != null && ${hasPath('c.data.mesh')}).map(c, dyn(${rootIn('c.data.mesh')}))`,
      },
    ],
    expression: `object.metadata.namespace in variables.roots || variables.mode != 'UNSET' || (${selectsSome('object')} && has(object.spec.portLevelMtls) && !has(object.spec.mtls)) || variables.strict.exists(p, p.metadata.namespace in variables.roots || (${selectsSome('object')} && p.metadata.namespace == object.metadata.namespace))`,
  },
  {
    rule: 'mesh-tls-disabled',
    part: 'hosts',
    on: [of('networking.istio.io', 'destinationrules')],
    looksUp: true,
    reports: 'only',
    variables: [
      {
        name: 'entries',
        expression: `${hasPath('object.spec.host')} ? ${celAllIfKnown('networking.istio.io', 'v1beta1', 'serviceentries')}.filter(e, ${NAMES_HOST}) : []`,
      },
    ],
    expression: `!${hasPath('object.spec.host')} || ${celMatches('object.spec.host', API_SERVER.source)} || !${TRAFFIC_POLICIES}.exists(p, ${isOff('p')} || ${celItems('p.portLevelSettings')}.exists(s, ${isOff('s')})) || (size(variables.entries) > 0 ? !variables.entries.all(e, ${IS_INSIDE}) : !${celMatches('object.spec.host', '^[^.]+[.][^.]+$')} || ${celGet('v1', 'namespaces', "''", "object.spec.host.substring(object.spec.host.indexOf('.') + 1)")} == null)`,
  },
  {
    rule: 'mesh-access-log-disabled',
    part: 'installations',
    on: [
      resourceRule('', ['configmaps']),
      resourceRule('install.istio.io', ['istiooperators'], ['*']),
      resourceRule('sailoperator.io', ['istios'], ['*']),
    ],
    looksUp: true,
    reports: 'only',
    variables: [
      {
        name: 'text',
        expression: `object.kind == 'ConfigMap' && ${celMatches('object.metadata.name', OF_ISTIO.source)} && ${hasPath('object.data.mesh')} ? object.data.mesh : ''`,
      },
      {
        name: 'config',
        expression: `${['object.spec.meshConfig', 'object.spec.values.meshConfig'].map((path) => `${hasPath(path)} ? dyn(${path}) : `).join('')}dyn({})`,
      },
    ],
    expression: `!(${Object.entries(INSTALLS)
      .map(([kind, installs]) => `object.kind == '${kind}' && ${installs}`)
      .join(
        ' || ',
      )}) || [variables.config].exists(c, ${LOGS} || ${celAllIfKnown('telemetry.istio.io', 'v1', 'telemetries')}.exists(t, ${LOGGED}))`,
  },
];
