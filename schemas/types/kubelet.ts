/**
 * The file that the kubelet of each node reads at its start.
 *
 * Source: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
 */
import type { V1Taint } from '@kubernetes/client-node';

export interface KubeletConfiguration {
  apiVersion: 'kubelet.config.k8s.io/v1beta1';
  kind: 'KubeletConfiguration';

  // Its server
  enableServer?: boolean;
  address?: string;
  port?: number;
  /** A port without authentication; 0 closes it. */
  readOnlyPort?: number;
  tlsCertFile?: string;
  tlsPrivateKeyFile?: string;
  tlsCipherSuites?: string[];
  tlsCurvePreferences?: number[];
  tlsMinVersion?: 'VersionTLS10' | 'VersionTLS11' | 'VersionTLS12' | 'VersionTLS13';
  /** Renews the client certificate before it expires. */
  rotateCertificates?: boolean;
  /** Asks the cluster for the serving certificate instead of signing its own. */
  serverTLSBootstrap?: boolean;
  authentication?: KubeletAuthentication;
  authorization?: KubeletAuthorization;
  /** Closes idle `exec`, `attach` and `port-forward` streams after that time; 0 never does. Default 4h. */
  streamingConnectionIdleTimeout?: string;
  enableDebuggingHandlers?: boolean;
  enableContentionProfiling?: boolean;
  enableProfilingHandler?: boolean;
  enableDebugFlagsHandler?: boolean;
  enableSystemLogHandler?: boolean;
  enableSystemLogQuery?: boolean;
  healthzPort?: number;
  healthzBindAddress?: string;

  // Where it learns of pods
  staticPodPath?: string;
  staticPodURL?: string;
  staticPodURLHeader?: Record<string, string[]>;
  podLogsDir?: string;
  syncFrequency?: string;
  fileCheckFrequency?: string;
  httpCheckFrequency?: string;
  contentType?: string;
  kubeAPIQPS?: number;
  kubeAPIBurst?: number;
  configMapAndSecretChangeDetectionStrategy?: 'Get' | 'Cache' | 'Watch';

  // The node
  clusterDomain?: string;
  clusterDNS?: string[];
  nodeStatusUpdateFrequency?: string;
  nodeStatusReportFrequency?: string;
  nodeLeaseDurationSeconds?: number;
  nodeStatusMaxImages?: number;
  registerNode?: boolean;
  registerWithTaints?: V1Taint[];
  providerID?: string;
  podCIDR?: string;
  maxPods?: number;
  podsPerCore?: number;
  podPidsLimit?: number;
  maxOpenFiles?: number;
  resolvConf?: string;
  runOnce?: boolean;
  hairpinMode?: 'promiscuous-bridge' | 'hairpin-veth' | 'none';
  oomScoreAdj?: number;
  volumePluginDir?: string;
  enableControllerAttachDetach?: boolean;
  localStorageCapacityIsolation?: boolean;
  makeIPTablesUtilChains?: boolean;
  iptablesMasqueradeBit?: number;
  iptablesDropBit?: number;
  featureGates?: Record<string, boolean>;
  userNamespaces?: { idsPerPod?: number };

  // Protection of the node
  /** Fails rather than change kernel settings that differ from what the kubelet wants. */
  protectKernelDefaults?: boolean;
  /** Gives every container the seccomp profile of the runtime unless it names another. */
  seccompDefault?: boolean;
  allowedUnsafeSysctls?: string[];
  defaultPodSysctls?: Record<string, string>;
  /** Does not start on a node with swap. */
  failSwapOn?: boolean;
  memorySwap?: MemorySwapConfiguration;
  failCgroupV1?: boolean;

  // Images and containers
  containerRuntimeEndpoint?: string;
  imageServiceEndpoint?: string;
  registryPullQPS?: number;
  registryBurst?: number;
  serializeImagePulls?: boolean;
  maxParallelImagePulls?: number;
  imagePullCredentialsVerificationPolicy?:
    | 'NeverVerify'
    | 'NeverVerifyPreloadedImages'
    | 'NeverVerifyAllowlistedImages'
    | 'AlwaysVerify';
  preloadedImagesVerificationAllowlist?: string[];
  imageMinimumGCAge?: string;
  imageMaximumGCAge?: string;
  imageGCHighThresholdPercent?: number;
  imageGCLowThresholdPercent?: number;
  runtimeRequestTimeout?: string;
  containerLogMaxSize?: string;
  containerLogMaxFiles?: number;
  containerLogMaxWorkers?: number;
  containerLogMonitorInterval?: string;
  crashLoopBackOff?: { maxContainerRestartPeriod?: string };

  // Resources
  cgroupDriver?: 'cgroupfs' | 'systemd';
  cgroupRoot?: string;
  cgroupsPerQOS?: boolean;
  kubeletCgroups?: string;
  systemCgroups?: string;
  cpuCFSQuota?: boolean;
  cpuCFSQuotaPeriod?: string;
  cpuManagerPolicy?: string;
  cpuManagerPolicyOptions?: Record<string, string>;
  cpuManagerReconcilePeriod?: string;
  memoryManagerPolicy?: string;
  memoryThrottlingFactor?: number;
  memoryReservationPolicy?: string;
  topologyManagerPolicy?: string;
  topologyManagerPolicyOptions?: Record<string, string>;
  topologyManagerScope?: 'container' | 'pod';
  qosReserved?: Record<string, string>;
  systemReserved?: Record<string, string>;
  systemReservedCgroup?: string;
  kubeReserved?: Record<string, string>;
  kubeReservedCgroup?: string;
  reservedSystemCPUs?: string;
  reservedMemory?: { numaNode: number; limits: Record<string, string | number> }[];
  enforceNodeAllocatable?: string[];
  evictionHard?: Record<string, string>;
  evictionSoft?: Record<string, string>;
  evictionSoftGracePeriod?: Record<string, string>;
  evictionMinimumReclaim?: Record<string, string>;
  evictionPressureTransitionPeriod?: string;
  evictionMaxPodGracePeriod?: number;
  mergeDefaultEvictionSettings?: boolean;
  singleProcessOOMKill?: boolean;
  kernelMemcgNotification?: boolean;
  volumeStatsAggPeriod?: string;

  // Shutdown, logs and traces
  shutdownGracePeriod?: string;
  shutdownGracePeriodCriticalPods?: string;
  shutdownGracePeriodByPodPriority?: { priority: number; shutdownGracePeriodSeconds: number }[];
  eventRecordQPS?: number;
  eventBurst?: number;
  showHiddenMetricsForVersion?: string;
  logging?: object;
  tracing?: { endpoint?: string; samplingRatePerMillion?: number };
}

export interface KubeletAuthentication {
  x509?: { clientCAFile?: string };
  webhook?: { enabled?: boolean; cacheTTL?: string };
  /** Requests without credentials. */
  anonymous?: { enabled?: boolean };
}

export interface KubeletAuthorization {
  /** `Webhook` asks the API server whether a request may pass. */
  mode?: 'AlwaysAllow' | 'Webhook';
  webhook?: { cacheAuthorizedTTL?: string; cacheUnauthorizedTTL?: string };
}

export interface MemorySwapConfiguration {
  /** `NoSwap` keeps containers out of swap. */
  swapBehavior?: 'NoSwap' | 'LimitedSwap';
}
