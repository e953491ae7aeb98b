import type { Resource } from '../../kubernetes/resource.ts';
import type { PlainValue } from '../../syntax/edit/operations.ts';
import { type Entry, MapValue, type Value } from '../../syntax/values.ts';

/** One way to store objects. */
export interface Provider {
  /** `identity`, `aescbc`, `aesgcm`, `secretbox` or `kms`. */
  readonly type: string;
  /** The provider's list item. */
  readonly value: Value;
  readonly entry: Entry;
}

/** Resources and the ways to store them: the first one writes, all of them read. */
export interface ResourceEncryption {
  readonly value: Value;
  readonly resources: readonly string[];
  readonly providers: readonly Provider[];
}

/**
 * An EncryptionConfiguration of the API server.
 *
 * Source: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/
 */
export function resourceEncryptionsOf({ group, kind, root }: Resource): ResourceEncryption[] | undefined {
  if (group !== 'apiserver.config.k8s.io' || kind !== 'EncryptionConfiguration') return undefined;
  return (root.get('resources')?.items ?? []).map((value) => ({
    value,
    resources: (value.get('resources')?.items ?? []).map((item) => item.text ?? ''),
    providers: (value.get('providers')?.items ?? []).flatMap(providerOf),
  }));
}

function providerOf(value: Value): Provider[] {
  const entry = value instanceof MapValue ? value.entries[0] : undefined;
  return entry === undefined ? [] : [{ type: entry.key, value, entry }];
}

/** Whether an entry is about a core resource: by name, or by a wildcard for the core group or for everything. */
export function encryptsResource({ resources }: ResourceEncryption, resource: string): boolean {
  return resources.includes(resource) || resources.includes('*.') || resources.includes('*.*');
}

/** Core resources that can hold ePHI or the keys to it. */
export const SENSITIVE_RESOURCES: readonly string[] = ['secrets', 'configmaps'];

/** Which of the sensitive resources an entry decides: of several entries about one resource the first does. */
export function sensitiveResourcesOf(
  encryption: ResourceEncryption,
  all: readonly ResourceEncryption[],
): string[] {
  return SENSITIVE_RESOURCES.filter(
    (resource) => all.find((candidate) => encryptsResource(candidate, resource)) === encryption,
  );
}

/** A provider of the kind that keeps its key outside the cluster; the endpoint is where such plugins usually listen. */
export const KMS_PROVIDER: PlainValue = {
  kms: {
    apiVersion: 'v2',
    name: 'kms-plugin',
    endpoint: 'unix:///var/run/kms-plugin/socket.sock',
    timeout: '3s',
  },
};
