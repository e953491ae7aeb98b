import type { Value } from '../syntax/values.ts';

/** A file of a node that configures a control plane and is no object of the API: what stands for its kind. */
export interface HostConfiguration {
  readonly apiVersion: string;
  /** `K3sServer` and `K3sAgent` also where nothing tells k3s from RKE2, whose files are alike. */
  readonly kind: 'K3sServer' | 'RKE2Server' | 'K3sAgent' | 'TalosMachine';
}

/** Flags of `k3s server` and `rke2 server` that no other file has at its root. */
const SERVER_FLAGS =
  /^(?:kube-apiserver-arg|kube-controller-manager-arg|kube-scheduler-arg|etcd-arg|write-kubeconfig-mode|cluster-init|tls-san|secrets-encryption|datastore-endpoint|etcd-snapshot-schedule-cron|audit-policy-file|pod-security-admission-config-file|disable-cloud-controller|flannel-backend|cluster-cidr|service-cidr)\+?$/;
const KUBELET_FLAG = /^kubelet-arg\+?$/;
const ONLY_RKE2 =
  /^(?:cni|profile|audit-policy-file|pod-security-admission-config-file|ingress-controller|kube-apiserver-image)\+?$/;
const ONLY_K3S =
  /^(?:secrets-encryption|cluster-init|flannel-backend|datastore-endpoint|docker|disable-network-policy|https-listen-port)\+?$/;

/**
 * Recognises the configuration files of k3s and RKE2 (`/etc/rancher/k3s/config.yaml`), and machine configurations of Talos Linux, by
 * their shape alone: for servers at least the arguments of the API server, or two flags that only they have; for agents the server that they join and
 * arguments of the kubelet; and nothing but flags.
 *
 * Source: https://docs.k3s.io/installation/configuration#configuration-file, https://docs.rke2.io/reference/server_config,
 * https://docs.siderolabs.com/talos (v1alpha1 configuration reference)
 */
export function hostConfigurationOf(root: Value): HostConfiguration | undefined {
  if (root.kind !== 'map' || root.has(['kind']) || root.has(['apiVersion'])) return undefined;
  const isTalos =
    root.get('version')?.text === 'v1alpha1' &&
    root.get('machine')?.kind === 'map' &&
    root.get('cluster')?.kind === 'map';
  if (isTalos) return { apiVersion: 'talos.dev/v1alpha1', kind: 'TalosMachine' };
  const keys = root.entries.map(({ key }) => key);
  const server = keys.filter((key) => SERVER_FLAGS.test(key));
  if (!keys.every((key) => /^[a-z][a-z0-9-]*\+?$/.test(key))) return undefined;
  const isServer = server.length >= 2 || server.some((key) => key.startsWith('kube-apiserver-arg'));
  // An agent names the server that it joins.
  const isAgent =
    /^https:/.test(root.get('server')?.text ?? '') && keys.some((key) => KUBELET_FLAG.test(key));
  if (!isServer) return isAgent ? { apiVersion: 'k3s.io/v1', kind: 'K3sAgent' } : undefined;
  const isRke2 = keys.some((key) => ONLY_RKE2.test(key)) && !keys.some((key) => ONLY_K3S.test(key));
  return isRke2
    ? { apiVersion: 'rke2.io/v1', kind: 'RKE2Server' }
    : { apiVersion: 'k3s.io/v1', kind: 'K3sServer' };
}

/** Whether a server's file is surely one of k3s: by its own flags, its add-ons or its folders. */
export function isSurelyK3s(root: Value): boolean {
  const addOns = root.get('disable');
  return (
    root.entries.some(({ key }) => ONLY_K3S.test(key)) ||
    [addOns, ...(addOns?.items ?? [])].some((name) =>
      /^(?:traefik|servicelb|local-storage)$/.test(name?.text ?? ''),
    ) ||
    root.entries.some(({ value }) => value.items.some((item) => item.text?.includes('/k3s/') === true))
  );
}

const MAY_BE_NODE =
  /^(?:kube-(?:apiserver|controller-manager|scheduler)-arg|kubelet-arg|etcd-arg|write-kubeconfig-mode|cluster-init|tls-san|secrets-encryption|datastore-endpoint|etcd-snapshot-schedule-cron|audit-policy-file|pod-security-admission-config-file)\+?[ \t]*:/m;

/** A cheap test on the text alone. */
export function looksLikeHostConfiguration(text: string): boolean {
  return MAY_BE_NODE.test(text) || (/^machine:/m.test(text) && /^cluster:/m.test(text));
}
