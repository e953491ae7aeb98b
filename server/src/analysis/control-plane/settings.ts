import { freeName } from '../../kubernetes/free-names.ts';
import { GO_FALSE, GO_TRUE } from '../../kubernetes/go-booleans.ts';
import type { DocumentOperation } from '../../syntax/edit/operations.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';

export type Component = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd' | 'kubelet';

/** What makes a control plane from a shorter configuration. */
export type Installer = 'kubeadm' | 'k3s' | 'RKE2' | 'Talos' | 'kOps';

/** A command-line flag and the value that sets it. */
export interface Flag {
  /** Without the leading dashes. */
  readonly name: string;
  /** `true` for a flag that stands alone. */
  readonly value: string;
  readonly at: Value;
}

/** A flag as yes or no; undefined for what programs refuse, and for placeholders. */
export function booleanOf({ value }: Flag): boolean | undefined {
  if (GO_TRUE.test(value)) return true;
  return GO_FALSE.test(value) ? false : undefined;
}

/** A file of the host that a flag names and the component must be able to read (or a folder to write logs into). */
export interface HostFile {
  readonly name: string;
  readonly path: string;
  readonly type: 'File' | 'FileOrCreate' | 'DirectoryOrCreate';
  readonly readOnly: boolean;
}

/**
 * The settings of one control-plane component as a manifest gives them, whatever its form. Rules ask for flags and say what to set; the form
 * knows where that is written.
 */
export interface ComponentSettings {
  readonly component: Component;
  /** What the form is called in messages: `static pod`, `kubeadm ClusterConfiguration`. */
  readonly form: string;
  /**
   * `whole`: the command line is complete, so a flag that is not there is not set. An installer adds the flags of `INSTALLER_DEFAULTS` by
   * itself, and only what it leaves unset can be missing. `fields`: a file of settings with safe defaults, in which nothing is.
   */
  readonly completeness: 'whole' | 'fields' | Installer;
  flag(name: string): Flag | undefined;
  /** Where a flag that is missing would stand. */
  readonly home: { readonly at: Value; readonly missing: Path };
  set(name: string, value: string): DocumentOperation[];
  remove(name: string): DocumentOperation[];
  /** Makes a file of the host visible to the component. */
  mount(file: HostFile): DocumentOperation[];
}

/** Whether the component runs without a flag: it is not written, and nothing else sets it. */
export function lacks(settings: ComponentSettings, name: string): boolean {
  const { completeness, component } = settings;
  // Kubelets read a file of settings beside their flags.
  if (settings.flag(name) !== undefined || completeness === 'fields' || component === 'kubelet') return false;
  return completeness === 'whole' || !(INSTALLER_DEFAULTS[completeness][component]?.has(name) ?? false);
}

/**
 * Flags that kubeadm sets by itself.
 *
 * Source: kubernetes/kubernetes, cmd/kubeadm/app/phases/controlplane/manifests.go and phases/etcd/local.go.
 */
export const KUBEADM_DEFAULTS: Partial<Record<Component, ReadonlySet<string>>> = {
  'kube-apiserver': new Set([
    'advertise-address',
    'allow-privileged',
    'authorization-mode',
    'client-ca-file',
    'enable-admission-plugins',
    'enable-bootstrap-token-auth',
    'etcd-cafile',
    'etcd-certfile',
    'etcd-keyfile',
    'etcd-servers',
    'kubelet-client-certificate',
    'kubelet-client-key',
    'service-account-key-file',
    'service-account-signing-key-file',
    'tls-cert-file',
    'tls-private-key-file',
  ]),
  etcd: new Set([
    'cert-file',
    'client-cert-auth',
    'key-file',
    'listen-client-urls',
    'listen-peer-urls',
    'peer-cert-file',
    'peer-client-cert-auth',
    'peer-key-file',
    'peer-trusted-ca-file',
    'trusted-ca-file',
  ]),
};

/** What k3s and those who build upon it or do alike set beyond what kubeadm sets. */
const ALSO_CLOSED = new Set([
  ...(KUBEADM_DEFAULTS['kube-apiserver'] ?? []),
  'anonymous-auth',
  'kubelet-certificate-authority',
  'profiling',
]);

const ENCRYPTS = new Set([...ALSO_CLOSED, 'encryption-provider-config']);

/**
 * Flags that each installer sets by itself.
 *
 * Source: k3s-io/k3s, pkg/daemons/control/server.go (apiServer); rancher/rke2, pkg/podexecutor/staticpod.go (APIServer: the audit log only with
 * the profile `cis`) and https://docs.rke2.io/security/secrets_encryption; siderolabs/talos,
 * internal/app/machined/pkg/controllers/k8s/control_plane_static_pod.go (manageAPIServer); kubernetes/kops,
 * pkg/model/components/apiserver.go (BuildOptions).
 */
const INSTALLER_DEFAULTS: Record<Installer, Partial<Record<Component, ReadonlySet<string>>>> = {
  kubeadm: KUBEADM_DEFAULTS,
  k3s: { ...KUBEADM_DEFAULTS, 'kube-apiserver': ALSO_CLOSED },
  RKE2: { ...KUBEADM_DEFAULTS, 'kube-apiserver': ENCRYPTS },
  Talos: {
    ...KUBEADM_DEFAULTS,
    'kube-apiserver': new Set([
      ...ENCRYPTS,
      'audit-policy-file',
      'audit-log-path',
      'audit-log-maxage',
      'tls-min-version',
      'tls-cipher-suites',
    ]),
  },
  kOps: { ...KUBEADM_DEFAULTS, 'kube-apiserver': ALSO_CLOSED },
};

/** The value of a flag as a field has it. */
export function plainValueOf(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^\d+$/.test(value) ? Number(value) : value;
}

/**
 * Whether a file of the host is visible already: it is mounted, or a folder above it is, and may be written to where that is wanted.
 *
 * @param mounts with `mountPath` and `readOnly` (`readonly` in Talos), as containers and installers list them
 */
export function isMounted({ path, readOnly }: HostFile, mounts: readonly Value[]): boolean {
  return mounts.some((mount) => {
    const at = mount.get('mountPath')?.text?.replace(/\/+$/, '');
    const isFixed = (mount.get('readOnly') ?? mount.get('readonly'))?.boolean === true;
    return at !== undefined && (path === at || path.startsWith(`${at}/`)) && (readOnly || !isFixed);
  });
}

/** A name that no volume in a list has. */
export function freeVolumeName(wanted: string, volumes: readonly Value[]): string {
  return freeName(wanted, new Set(volumes.map((volume) => volume.get('name')?.text)));
}
