import { isInvalidImage, parseImageReference } from '../kubernetes/images.ts';
import { podOf } from '../kubernetes/pods.ts';
import type { Resource } from '../kubernetes/resource.ts';

/** Repositories of images that watch running containers, by the end of their path. */
const SENSOR_IMAGES =
  /(?:^|\/)(?:falco(?:-no-driver|-driver-loader(?:-legacy)?|-modern)?|tetragon|sysdig\/agent(?:-slim|-kmodule)?|kubearmor(?:-operator)?|tracee|falcon-sensor|neuvector\/(?:enforcer|allinone)|aquasec\/enforcer|enforcer|twistlock\/(?:private\/)?defender\S*|stackrox-\S*|collector-slim|lacework\/datacollector|datacollector|wazuh-agent|s1-agent|cortex-agent|deepfence_agent_ng|node-agent)$/;

/** Charts that install such a sensor. */
const SENSOR_CHARTS: ReadonlySet<string> = new Set([
  ...['falco', 'tetragon', 'sysdig-deploy', 'kubearmor', 'kubearmor-operator', 'tracee', 'falcon-sensor'],
  ...[
    'neuvector',
    'core',
    'enforcer',
    'stackrox-secured-cluster-services',
    'lacework-agent',
    'kubescape-operator',
  ],
]);

/** API groups whose objects configure such a sensor, so that one must be there. */
const SENSOR_GROUPS: ReadonlySet<string> = new Set([
  ...['security.kubearmor.com', 'operator.kubearmor.com', 'falco.org', 'instance.falcosecurity.dev'],
  ...['falcon.crowdstrike.com', 'operator.aquasec.com', 'platform.stackrox.io', 'tracee.aquasec.com'],
]);

/**
 * Whether a resource runs, installs or configures a sensor that watches containers at run time: Falco, Tetragon, Sysdig and their like, as a
 * workload, as a chart that Flux, Argo CD or k3s installs, or as an object that only such a sensor reads, rules of Falco in a ConfigMap among them.
 */
export function isRuntimeSensor(resource: Resource): boolean {
  const { group, kind, spec } = resource;
  if (SENSOR_GROUPS.has(group)) return true;
  if (group === 'cilium.io') return kind.startsWith('TracingPolicy');
  if (group === '' && kind === 'ConfigMap') return holdsFalcoRules(resource);
  const chart = [
    spec?.at(['chart', 'spec', 'chart']),
    spec?.get('chart'),
    spec?.at(['source', 'chart']),
    ...(spec?.get('sources')?.items ?? []).map((source) => source.get('chart')),
  ].find((name) => name?.string !== undefined)?.string;
  if (chart !== undefined && SENSOR_CHARTS.has(chart.slice(chart.lastIndexOf('/') + 1))) return true;
  return (podOf(resource)?.containers ?? []).some(({ image }) => isSensorImage(image?.string));
}

/** API groups whose objects are rules for a sensor and install none. */
const RULE_GROUPS: ReadonlySet<string> = new Set([
  ...['', 'cilium.io', 'falco.org', 'security.kubearmor.com', 'tracee.aquasec.com'],
]);

/** Whether what {@link isRuntimeSensor} knows only tells a sensor what to look for: a proof that somebody means to run one, and none that it runs. */
export function isSensorRule(resource: Resource): boolean {
  return RULE_GROUPS.has(resource.group) && podOf(resource) === undefined;
}

/** Nobody writes rules for Falco without running it. */
function holdsFalcoRules({ root }: Resource): boolean {
  return (root.get('data')?.entries ?? []).some(({ value }) => {
    const text = value.string ?? '';
    return FALCO_RULE.test(text) && FALCO_CONDITION.test(text);
  });
}

const FALCO_RULE = /^- rule: ?\S/m;
const FALCO_CONDITION = /^ {2}condition: ?\S/m;

function isSensorImage(text: string | undefined): boolean {
  const image = text === undefined ? undefined : parseImageReference(text);
  return image !== undefined && !isInvalidImage(image) && SENSOR_IMAGES.test(image.repository);
}
