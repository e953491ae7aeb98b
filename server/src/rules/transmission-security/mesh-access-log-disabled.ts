import {
  isLoggedByTelemetry,
  isTelemetry,
  logsAccess,
  offersLogProvider,
  seesServer,
} from '../../analysis/mesh/access-logs.ts';
import { enrolmentsOf, holderOf, meshAnnotationsOf } from '../../analysis/mesh/enrolment.ts';
import { LINKERD_ACCESS_LOG } from '../../analysis/mesh/linkerd.ts';
import { installsControlPlane, type MeshConfig, meshConfigOf } from '../../analysis/mesh/mesh-config.ts';
import { isSystemNamespace, namespaceEnrolment } from '../../analysis/mesh/meshes.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { type DocumentOperation, replaceText, set } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import { sourceRangeOf } from '../../syntax/scalar-offsets.ts';
import { MapValue } from '../../syntax/values.ts';
import { defineRule, type Fix, type Place, type RuleContext } from '../rule.ts';

/**
 * A mesh that does not log who reached what: a Telemetry that turns access logs off; a MeshConfig that names neither a file nor a provider, where
 * no Telemetry of the mesh turns logs on; Consul's proxy defaults and Linkerd's annotations without access logs. Istio's ProxyConfig has no setting
 * for the file, so it decides nothing here.
 *
 * Source: `analysis/mesh/access-logs.ts` names the pages.
 */
export const meshAccessLogDisabled = defineRule({
  id: 'mesh-access-log-disabled',
  meta: {
    title: 'Mesh keeps no access log',
    safeguard: 'transmission-security',
    rationale:
      'The proxies of a mesh see every request to ePHI with the identity of its caller, and are the one place that records all of them. Without their log nobody can tell after an incident who reached what.',
    remediation:
      'Turn access logs on, in JSON, and send them to where logs are kept: accessLogFile or a Telemetry (Istio), accessLogs.enabled (Consul), config.linkerd.io/access-log (Linkerd).',
    references: {
      hipaa: ['164.312(b)', '164.308(a)(1)(ii)(D)'],
      nist: ['AU-2', 'AU-3', 'AU-12'],
      urls: [
        'https://istio.io/latest/docs/tasks/observability/logs/access-log/',
        'https://developer.hashicorp.com/consul/docs/connect/config-entries/proxy-defaults#accesslogs',
        'https://linkerd.io/2/features/access-logging/',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      telemetry:
        'Telemetry "{name}" turns access logs off, so nothing records who reached ePHI there. Turn them on.',
      istio:
        '{subject} sets neither accessLogFile nor a provider for access logs, so the mesh does not record who reached ePHI. Set accessLogFile, in JSON.',
      consul:
        'ProxyDefaults "{name}" does not turn access logs on, so the mesh does not record who reached ePHI. Set accessLogs.enabled.',
      linkerd:
        '{kind} "{name}" joins Linkerd without access logs, so nothing records who reached its ePHI. Set config.linkerd.io/access-log: json.',
    },
  },
  resource: {
    check(resource, context) {
      if (isTelemetry(resource)) checkTelemetry(resource, context);
      else if (resource.group === 'consul.hashicorp.com') checkConsul(resource, context);
      else {
        checkMeshConfig(resource, context);
        checkLinkerd(resource, context);
      }
    },
  },
});

type Context = RuleContext<'telemetry' | 'istio' | 'consul' | 'linkerd'>;

function checkTelemetry({ name, spec }: Resource, { report }: Context): void {
  for (const entry of spec?.get('accessLogging')?.items ?? []) {
    const disabled = entry.get('disabled');
    if (disabled?.boolean !== true || !seesServer(entry)) continue;
    report({
      at: disabled,
      messageId: 'telemetry',
      data: { name },
      fixes: [safe('Turn access logs on', [set(disabled.path, false)])],
    });
  }
}

function checkMeshConfig(resource: Resource, { report, world }: Context): void {
  const config = meshConfigOf(resource);
  if (config === undefined || !installsControlPlane(resource) || logsAccess(resource, config)) return;
  if (isLoggedByTelemetry(world)) return;
  // A Telemetry that is not in view may use the provider.
  if (offersLogProvider(config) && (!world.complete || usesProviders(world))) return;
  const operations = logOperations(config);
  report({
    ...placeOf(resource, config),
    messageId: 'istio',
    data: { subject: subjectOf(resource) },
    fixes:
      operations.length === 0 ? [] : [safe('Write access logs to the standard output, in JSON', operations)],
  });
}

/** Files for `istioctl` often leave the name out. */
function subjectOf({ kind, name }: Resource): string {
  return name === '' ? kind : `${kind} "${name}"`;
}

function usesProviders(world: World): boolean {
  return world.facts('telemetry').some((telemetry) => telemetry.logsAccess);
}

const FILE = '/dev/stdout';

function placeOf(
  { root, document }: Resource,
  { value, embedded, path }: MeshConfig,
): { at: Place; missing?: string[] } {
  const file = value?.get('accessLogFile');
  if (embedded !== undefined) {
    const place = file === undefined || file.isNull ? value?.entries[0]?.keyValue : file;
    if (place === undefined) return { at: embedded };
    return { at: { range: sourceRangeOf(embedded, document.text, place.range), within: embedded } };
  }
  if (file !== undefined && !file.isNull) return { at: file };
  return { at: root, missing: [...path.slice(root.path.length), 'accessLogFile'].map(String) };
}

function logOperations({ value, embedded, path }: MeshConfig): DocumentOperation[] {
  if (embedded === undefined) {
    return [set([...path, 'accessLogFile'], FILE), set([...path, 'accessLogEncoding'], 'JSON')];
  }
  // Lines cannot be put into a map in braces.
  return value instanceof MapValue && value.style === 'block' ? embeddedOperations(value, path) : [];
}

/** The settings written into the text of a configuration: what stands there is replaced, the rest comes first. */
function embeddedOperations(value: MapValue, path: Path): DocumentOperation[] {
  const wanted = [
    { key: 'accessLogFile', text: FILE, at: value.get('accessLogFile') },
    { key: 'accessLogEncoding', text: 'JSON', at: value.get('accessLogEncoding') },
  ];
  const added = wanted.filter(({ at }) => at === undefined);
  const replaced = wanted
    .flatMap(({ at, text }) =>
      at === undefined ? [] : [{ range: at.range, text: at.isNull ? ` ${text}` : text }],
    )
    // From behind, so that the ranges before stay right.
    .sort((one, other) => other.range.start - one.range.start);
  const [first] = value.entries;
  const lines = added.map(({ key, text }) => `${key}: ${text}\n`).join('');
  return [
    ...replaced.map(({ range, text }) => replaceText(path, range, text)),
    ...(lines === '' || first === undefined
      ? []
      : [replaceText(path, first.keyValue.range, lines + first.key)]),
  ];
}

function checkConsul({ kind, name, root, spec }: Resource, { report }: Context): void {
  if (kind !== 'ProxyDefaults') return;
  const enabled = spec?.at(['accessLogs', 'enabled']);
  if (enabled?.boolean === true) return;
  const path = ['spec', 'accessLogs', 'enabled'];
  report({
    ...(enabled === undefined ? { at: root, missing: path } : { at: enabled }),
    messageId: 'consul',
    data: { name },
    fixes: [safe('Turn access logs on', [set([...root.path, ...path], true)])],
  });
}

function checkLinkerd(resource: Resource, { report, world }: Context): void {
  const holder = holderOf(resource);
  const { kind, name, namespace, root } = resource;
  if (holder === undefined || isSystemNamespace(kind === 'Namespace' ? name : (namespace ?? ''))) return;
  if (!enrolmentsOf(resource).some(({ mesh, isIn }) => mesh === 'linkerd' && isIn)) return;
  const said = meshAnnotationsOf(resource).get(LINKERD_ACCESS_LOG);
  if ((said ?? '') !== '' || (said === undefined && isLoggedElsewhere(resource, world))) return;
  const path = [...holder.path, 'annotations', LINKERD_ACCESS_LOG];
  const missing = path.slice(root.path.length);
  report({
    ...(said === undefined ? { at: root, missing } : { at: root.at(missing) ?? root }),
    messageId: 'linkerd',
    data: { kind, name },
    fixes: [{ title: 'Log access in JSON', applicability: 'review', operations: [set(path, 'json')] }],
  });
}

/** Whether the Namespace or the control plane logs; or may, where not everything is in view. A pod whose Namespace is in the mesh is left to that. */
function isLoggedElsewhere({ kind, namespace }: Resource, world: World): boolean {
  if (world.facts('linkerd-config').some(({ accessLog }) => (accessLog ?? '') !== '')) return true;
  if (kind === 'Namespace') return false;
  const above = namespaceEnrolment(namespace, world);
  const isLeftToNamespace = above.some(
    ({ enrolments, linkerdAccessLog }) =>
      linkerdAccessLog !== undefined || enrolments.some(({ mesh, isIn }) => mesh === 'linkerd' && isIn),
  );
  return isLeftToNamespace || !world.complete;
}

function safe(title: string, operations: readonly DocumentOperation[]): Fix {
  return { title, applicability: 'safe', operations };
}
