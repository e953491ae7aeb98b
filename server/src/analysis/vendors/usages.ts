import { commandLineOf } from '../../kubernetes/command-line.ts';
import { isInvalidImage, parseImageReference } from '../../kubernetes/images.ts';
import { podOf } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { hostsIn, splitHost } from '../network/hosts.ts';
import {
  type Vendor,
  vendorOfAnnotation,
  vendorOfHost,
  vendorOfLogSink,
  vendorOfNode,
  vendorOfProvisioner,
} from './vendors.ts';

/** What a resource has to do with a vendor. */
export interface VendorUsage {
  readonly vendor: Vendor;
  readonly how: 'sends' | 'stores' | 'pulls' | 'runs';
  /** Host, registry, provisioner or annotation, as a list of associates may name it. */
  readonly by: string;
  readonly at: Value;
}

/** The vendors that a resource uses, each once, at the first place that says so. */
export function vendorUsagesOf(resource: Resource): VendorUsage[] {
  const byVendor = new Map<Vendor, VendorUsage>();
  for (const usage of usagesIn(resource)) {
    if (!byVendor.has(usage.vendor)) byVendor.set(usage.vendor, usage);
  }
  return [...byVendor.values()];
}

function* usagesIn(resource: Resource): Generator<VendorUsage> {
  yield* usagesOfPod(resource);
  yield* usagesOfAnnotations(resource);
  switch (`${resource.group}/${resource.kind}`) {
    case '/ConfigMap':
      for (const { value } of resource.root.get('data')?.entries ?? []) yield* usagesOfText(value);
      break;
    case 'storage.k8s.io/StorageClass':
      yield* usage(resource.root.get('provisioner'), 'stores', vendorOfProvisioner);
      break;
    case '/PersistentVolume':
      yield* usage(resource.spec?.at(['csi', 'driver']), 'stores', vendorOfProvisioner);
      break;
    case '/Service':
      yield* usage(resource.spec?.get('externalName'), 'sends', vendorOfHost);
      break;
    case '/Node':
      yield* usage(resource.spec?.get('providerID'), 'runs', vendorOfNode);
      break;
    case 'logging.banzaicloud.io/Output':
    case 'logging.banzaicloud.io/ClusterOutput':
    case 'fluentbit.fluent.io/Output':
    case 'fluentbit.fluent.io/ClusterOutput':
    case 'fluentd.fluent.io/Output':
    case 'fluentd.fluent.io/ClusterOutput':
      for (const { key, value } of resource.spec?.entries ?? []) {
        const vendor = vendorOfLogSink(key);
        if (vendor !== undefined) yield { vendor, how: 'sends', by: key, at: value };
      }
  }
}

function* usage(
  at: Value | undefined,
  how: VendorUsage['how'],
  vendorOf: (text: string) => Vendor | undefined,
): Generator<VendorUsage> {
  const vendor = at?.text === undefined ? undefined : vendorOf(at.text);
  if (at?.text !== undefined && vendor !== undefined) yield { vendor, how, by: at.text, at };
}

function* usagesOfPod(workload: Resource): Generator<VendorUsage> {
  for (const container of podOf(workload)?.containers ?? []) {
    for (const item of container.value.get('env')?.items ?? []) {
      const value = item.get('value');
      if (value !== undefined)
        yield* usagesOfHosts(value, hostsIn(value.text ?? '', item.get('name')?.text ?? ''));
    }
    for (const word of commandLineOf(container)) yield* usagesOfText(word);
    yield* usagesOfImage(container.image);
  }
}

function* usagesOfImage(image: Value | undefined): Generator<VendorUsage> {
  const reference = image?.text === undefined ? undefined : parseImageReference(image.text);
  if (image === undefined || reference === undefined || isInvalidImage(reference)) return;
  const { registry = '' } = reference;
  const vendor = vendorOfHost(registry);
  if (vendor !== undefined) yield { vendor, how: 'pulls', by: registry, at: image };
}

/** Kinds whose annotations speak to a cloud. */
const ANNOTATED: ReadonlySet<string> = new Set(['Service', 'Ingress', 'ServiceAccount', 'Gateway']);

function* usagesOfAnnotations(resource: Resource): Generator<VendorUsage> {
  const pod = podOf(resource);
  const maps = [
    pod?.metadata?.get('annotations'),
    pod !== undefined || ANNOTATED.has(resource.kind) ? resource.metadata?.get('annotations') : undefined,
  ];
  for (const { key, value } of maps.flatMap((map) => map?.entries ?? [])) {
    const vendor = vendorOfAnnotation(key);
    if (vendor !== undefined) yield { vendor, how: 'runs', by: key, at: value };
  }
}

/** Longer texts are data, not settings. */
const MAX_TEXT = 100_000;

/** Words before a host that make it one to connect to. */
export const SETS_A_HOST = /host|addr|endpoint|url|uri|server|site|broker|region/i;

/**
 * Hosts that a text of settings tells a program to connect to, such as the configuration of a log agent: those of URLs, and those that stand behind a word for a host.
 * Comments and lists of names (known hosts, addresses of types) say nothing of that kind.
 */
function* usagesOfText(at: Value): Generator<VendorUsage> {
  const text = at.text ?? '';
  if (text.length > MAX_TEXT || !text.includes('.')) return;
  for (const line of text.split('\n')) {
    if (!line.includes('.') || /^\s*(?:#|;|\/\/)/.test(line)) continue;
    const words = line.split(/[^A-Za-z0-9.-]+/);
    const first = words.findIndex((word) => word.includes('.') && vendorOfHost(word) !== undefined);
    const isAlone = first !== -1 && line.trim() === words[first];
    if (
      first !== -1 &&
      (isAlone || line.includes('://') || words.slice(0, first).some((word) => SETS_A_HOST.test(word)))
    )
      yield* usagesOfHosts(at, words.slice(first));
  }
}

/** Names the type of a message, not a host: https://protobuf.dev/programming-guides/proto3/#any */
export const TYPE_ADDRESS = 'type.googleapis.com';

function* usagesOfHosts(at: Value, calls: readonly string[]): Generator<VendorUsage> {
  for (const call of calls) {
    const { host } = splitHost(call);
    const vendor = host === TYPE_ADDRESS ? undefined : vendorOfHost(host);
    if (vendor !== undefined) yield { vendor, how: 'sends', by: host.toLowerCase(), at };
  }
}
