/**
 * The files that kubeadm reads.
 *
 * Source: https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/ and its predecessor
 */
import type { V1EnvVar, V1Taint } from '@kubernetes/client-node';

/** Settings of the whole cluster. */
export interface ClusterConfiguration extends ClusterSettings {
  apiVersion: 'kubeadm.k8s.io/v1beta4';
  kind: 'ClusterConfiguration';
  etcd?: { local?: LocalEtcd; external?: ExternalEtcd };
  apiServer?: ApiServer;
  controllerManager?: ControlPlaneComponent;
  scheduler?: ControlPlaneComponent;
  dns?: { imageRepository?: string; imageTag?: string; disabled?: boolean };
  proxy?: { disabled?: boolean };
  encryptionAlgorithm?: 'RSA-2048' | 'RSA-3072' | 'RSA-4096' | 'ECDSA-P256' | 'ECDSA-P384';
  certificateValidityPeriod?: string;
  caCertificateValidityPeriod?: string;
}

/** Settings of the whole cluster; flags of components are a map here. */
export interface ClusterConfigurationV1beta3 extends ClusterSettings {
  apiVersion: 'kubeadm.k8s.io/v1beta3';
  kind: 'ClusterConfiguration';
  etcd?: { local?: LocalEtcdV1beta3; external?: ExternalEtcd };
  apiServer?: ApiServerV1beta3;
  controllerManager?: ControlPlaneComponentV1beta3;
  scheduler?: ControlPlaneComponentV1beta3;
  dns?: { imageRepository?: string; imageTag?: string };
}

export interface ClusterSettings {
  networking?: { serviceSubnet?: string; podSubnet?: string; dnsDomain?: string };
  kubernetesVersion?: string;
  controlPlaneEndpoint?: string;
  certificatesDir?: string;
  imageRepository?: string;
  featureGates?: Record<string, boolean>;
  clusterName?: string;
}

export interface ControlPlaneComponent {
  /** Flags of the component, without dashes. */
  extraArgs?: Argument[];
  extraVolumes?: HostPathMount[];
  extraEnvs?: V1EnvVar[];
}

export interface ApiServer extends ControlPlaneComponent {
  certSANs?: string[];
}

export interface LocalEtcd extends LocalEtcdSettings {
  extraArgs?: Argument[];
  extraEnvs?: V1EnvVar[];
}

export interface ControlPlaneComponentV1beta3 {
  /** Flags of the component, without dashes. */
  extraArgs?: Record<string, string>;
  extraVolumes?: HostPathMount[];
}

export interface ApiServerV1beta3 extends ControlPlaneComponentV1beta3 {
  certSANs?: string[];
  timeoutForControlPlane?: string;
}

export interface LocalEtcdV1beta3 extends LocalEtcdSettings {
  extraArgs?: Record<string, string>;
}

export interface LocalEtcdSettings {
  imageRepository?: string;
  imageTag?: string;
  dataDir?: string;
  serverCertSANs?: string[];
  peerCertSANs?: string[];
}

export interface ExternalEtcd {
  endpoints: string[];
  httpEndpoints?: string[];
  caFile: string;
  certFile: string;
  keyFile: string;
}

export interface Argument {
  name: string;
  value: string;
}

export interface HostPathMount {
  name: string;
  hostPath: string;
  mountPath: string;
  readOnly?: boolean;
  pathType?: string;
}

/** What `kubeadm init` does on the first node. */
export interface InitConfiguration extends InitSettings {
  apiVersion: 'kubeadm.k8s.io/v1beta4';
  kind: 'InitConfiguration';
  nodeRegistration?: NodeRegistration;
  dryRun?: boolean;
  timeouts?: Timeouts;
}

export interface InitConfigurationV1beta3 extends InitSettings {
  apiVersion: 'kubeadm.k8s.io/v1beta3';
  kind: 'InitConfiguration';
  nodeRegistration?: NodeRegistrationV1beta3;
}

export interface InitSettings {
  bootstrapTokens?: BootstrapToken[];
  localAPIEndpoint?: ApiEndpoint;
  certificateKey?: string;
  skipPhases?: string[];
  patches?: { directory?: string };
}

/** What `kubeadm join` does on further nodes. */
export interface JoinConfiguration extends JoinSettings {
  apiVersion: 'kubeadm.k8s.io/v1beta4';
  kind: 'JoinConfiguration';
  nodeRegistration?: NodeRegistration;
  dryRun?: boolean;
  timeouts?: Timeouts;
}

export interface JoinConfigurationV1beta3 extends JoinSettings {
  apiVersion: 'kubeadm.k8s.io/v1beta3';
  kind: 'JoinConfiguration';
  nodeRegistration?: NodeRegistrationV1beta3;
}

export interface JoinSettings {
  caCertPath?: string;
  discovery?: Discovery;
  controlPlane?: { localAPIEndpoint?: ApiEndpoint; certificateKey?: string };
  skipPhases?: string[];
  patches?: { directory?: string };
}

export interface Discovery {
  bootstrapToken?: {
    token: string;
    apiServerEndpoint?: string;
    caCertHashes?: string[];
    /** Trusts whatever control plane answers. */
    unsafeSkipCAVerification?: boolean;
  };
  file?: { kubeConfigPath: string };
  tlsBootstrapToken?: string;
  timeout?: string;
}

export interface BootstrapToken {
  token: string;
  description?: string;
  ttl?: string;
  expires?: string;
  usages?: string[];
  groups?: string[];
}

export interface ApiEndpoint {
  advertiseAddress?: string;
  bindPort?: number;
}

export interface NodeRegistration extends NodeSettings {
  kubeletExtraArgs?: Argument[];
  imagePullSerial?: boolean;
}

export interface NodeRegistrationV1beta3 extends NodeSettings {
  kubeletExtraArgs?: Record<string, string>;
}

export interface NodeSettings {
  name?: string;
  criSocket?: string;
  taints?: V1Taint[];
  ignorePreflightErrors?: string[];
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
}

export interface Timeouts {
  controlPlaneComponentHealthCheck?: string;
  kubeletHealthCheck?: string;
  kubernetesAPICall?: string;
  etcdAPICall?: string;
  tlsBootstrap?: string;
  discovery?: string;
  upgradeManifests?: string;
}
