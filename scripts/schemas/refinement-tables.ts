/**
 * What the Kubernetes API accepts in fields that its published types only call a string or a number. Keys are
 * `Type.field`, without the API version.
 *
 * Source: the constants and `+enum` types of k8s.io/api, and the validation of the API server
 * (https://kubernetes.io/docs/reference/kubernetes-api/).
 */

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];
const VOLUME_MODES = ['Filesystem', 'Block'];
const SELECTOR_OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const TERMINATION_MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const PROFILE_TYPES = ['RuntimeDefault', 'Localhost', 'Unconfined'];
const NODE_INCLUSION_POLICIES = ['Honor', 'Ignore'];
const FAILURE_POLICIES = ['Fail', 'Ignore'];
const MATCH_POLICIES = ['Exact', 'Equivalent'];
const REINVOCATION_POLICIES = ['Never', 'IfNeeded'];
const SIDE_EFFECTS = ['None', 'NoneOnDryRun'];
const METRIC_SOURCES = ['Resource', 'ContainerResource', 'Pods', 'Object', 'External'];
const RETENTION_POLICIES = ['Retain', 'Delete'];
const QUOTA_SCOPES = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
];

export const ENUMS: Readonly<Record<string, readonly string[]>> = {
  // Pods
  'PodSpec.restartPolicy': ['Always', 'OnFailure', 'Never'],
  'PodSpec.dnsPolicy': ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  'PodSpec.preemptionPolicy': ['PreemptLowerPriority', 'Never'],
  'PodOS.name': ['linux', 'windows'],
  'Container.imagePullPolicy': PULL_POLICIES,
  'Container.terminationMessagePolicy': TERMINATION_MESSAGE_POLICIES,
  'Container.restartPolicy': ['Always', 'OnFailure', 'Never'],
  'EphemeralContainer.imagePullPolicy': PULL_POLICIES,
  'EphemeralContainer.terminationMessagePolicy': TERMINATION_MESSAGE_POLICIES,
  'ContainerPort.protocol': PROTOCOLS,
  'ContainerResizePolicy.restartPolicy': ['NotRequired', 'RestartContainer'],
  'ContainerRestartRule.action': ['Restart', 'RestartAllContainers'],
  'ContainerRestartRuleOnExitCodes.operator': ['In', 'NotIn'],
  'HTTPGetAction.scheme': ['HTTP', 'HTTPS'],
  'VolumeMount.mountPropagation': ['None', 'HostToContainer', 'Bidirectional'],
  'VolumeMount.recursiveReadOnly': ['Disabled', 'IfPossible', 'Enabled'],
  'HostPathVolumeSource.type': [
    '',
    'DirectoryOrCreate',
    'Directory',
    'FileOrCreate',
    'File',
    'Socket',
    'CharDevice',
    'BlockDevice',
  ],
  'AzureDiskVolumeSource.cachingMode': ['None', 'ReadOnly', 'ReadWrite'],
  'AzureDiskVolumeSource.kind': ['Shared', 'Dedicated', 'Managed'],
  'ImageVolumeSource.pullPolicy': PULL_POLICIES,
  'SeccompProfile.type': PROFILE_TYPES,
  'AppArmorProfile.type': PROFILE_TYPES,
  'SecurityContext.procMount': ['Default', 'Unmasked'],
  'PodSecurityContext.fsGroupChangePolicy': ['OnRootMismatch', 'Always'],
  'PodSecurityContext.supplementalGroupsPolicy': ['Merge', 'Strict'],
  'PodSecurityContext.seLinuxChangePolicy': ['Recursive', 'MountOption'],

  // Scheduling
  'Taint.effect': TAINT_EFFECTS,
  'Toleration.effect': ['', ...TAINT_EFFECTS],
  'Toleration.operator': ['', 'Exists', 'Equal', 'Lt', 'Gt'],
  'NodeSelectorRequirement.operator': [...SELECTOR_OPERATORS, 'Gt', 'Lt'],
  'LabelSelectorRequirement.operator': SELECTOR_OPERATORS,
  'TopologySpreadConstraint.whenUnsatisfiable': ['DoNotSchedule', 'ScheduleAnyway'],
  'TopologySpreadConstraint.nodeAffinityPolicy': NODE_INCLUSION_POLICIES,
  'TopologySpreadConstraint.nodeTaintsPolicy': NODE_INCLUSION_POLICIES,
  'PriorityClass.preemptionPolicy': ['PreemptLowerPriority', 'Never'],

  // Workloads
  'DeploymentStrategy.type': ['Recreate', 'RollingUpdate'],
  'StatefulSetUpdateStrategy.type': ['RollingUpdate', 'OnDelete', 'Recreate'],
  'StatefulSetSpec.podManagementPolicy': ['OrderedReady', 'Parallel'],
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted': RETENTION_POLICIES,
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled': RETENTION_POLICIES,
  'DaemonSetUpdateStrategy.type': ['RollingUpdate', 'OnDelete'],
  'CronJobSpec.concurrencyPolicy': ['Allow', 'Forbid', 'Replace'],
  'JobSpec.completionMode': ['NonIndexed', 'Indexed'],
  'JobSpec.podReplacementPolicy': ['TerminatingOrFailed', 'Failed'],
  'PodFailurePolicyRule.action': ['FailJob', 'FailIndex', 'Ignore', 'Count'],
  'PodFailurePolicyOnExitCodesRequirement.operator': ['In', 'NotIn'],
  'MetricSpec.type': METRIC_SOURCES,
  'MetricTarget.type': ['Utilization', 'Value', 'AverageValue'],
  'HPAScalingRules.selectPolicy': ['Max', 'Min', 'Disabled'],
  'HPAScalingPolicy.type': ['Pods', 'Percent'],
  'PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy': ['IfHealthyBudget', 'AlwaysAllow'],

  // Network
  'ServiceSpec.type': ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  'ServiceSpec.sessionAffinity': ['ClientIP', 'None'],
  'ServiceSpec.externalTrafficPolicy': ['Cluster', 'Local'],
  'ServiceSpec.internalTrafficPolicy': ['Cluster', 'Local'],
  'ServiceSpec.ipFamilies': ['IPv4', 'IPv6'],
  'ServiceSpec.ipFamilyPolicy': ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
  'ServicePort.protocol': PROTOCOLS,
  'EndpointPort.protocol': PROTOCOLS,
  'EndpointSlice.addressType': ['IPv4', 'IPv6', 'FQDN'],
  'HTTPIngressPath.pathType': ['Exact', 'Prefix', 'ImplementationSpecific'],
  'NetworkPolicySpec.policyTypes': ['Ingress', 'Egress'],
  'NetworkPolicyPort.protocol': PROTOCOLS,

  // Storage
  'PersistentVolumeSpec.accessModes': ACCESS_MODES,
  'PersistentVolumeSpec.persistentVolumeReclaimPolicy': ['Retain', 'Delete', 'Recycle'],
  'PersistentVolumeSpec.volumeMode': VOLUME_MODES,
  'PersistentVolumeClaimSpec.accessModes': ACCESS_MODES,
  'PersistentVolumeClaimSpec.volumeMode': VOLUME_MODES,
  'StorageClass.volumeBindingMode': ['Immediate', 'WaitForFirstConsumer'],
  'StorageClass.reclaimPolicy': ['Retain', 'Delete'],
  'CSIDriverSpec.fsGroupPolicy': ['ReadWriteOnceWithFSType', 'File', 'None'],
  'CSIDriverSpec.volumeLifecycleModes': ['Persistent', 'Ephemeral'],

  // Access and admission
  'Subject.kind': ['User', 'Group', 'ServiceAccount'],
  'RoleRef.kind': ['Role', 'ClusterRole'],
  'MutatingWebhook.failurePolicy': FAILURE_POLICIES,
  'MutatingWebhook.matchPolicy': MATCH_POLICIES,
  'MutatingWebhook.reinvocationPolicy': REINVOCATION_POLICIES,
  'MutatingWebhook.sideEffects': SIDE_EFFECTS,
  'ValidatingWebhook.failurePolicy': FAILURE_POLICIES,
  'ValidatingWebhook.matchPolicy': MATCH_POLICIES,
  'ValidatingWebhook.sideEffects': SIDE_EFFECTS,
  'RuleWithOperations.operations': ['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
  'RuleWithOperations.scope': ['Cluster', 'Namespaced', '*'],
  'NamedRuleWithOperations.operations': ['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
  'NamedRuleWithOperations.scope': ['Cluster', 'Namespaced', '*'],
  'MatchResources.matchPolicy': MATCH_POLICIES,
  'ParamRef.parameterNotFoundAction': ['Allow', 'Deny'],
  'ValidatingAdmissionPolicySpec.failurePolicy': FAILURE_POLICIES,
  'ValidatingAdmissionPolicyBindingSpec.validationActions': ['Deny', 'Warn', 'Audit'],
  'MutatingAdmissionPolicySpec.failurePolicy': FAILURE_POLICIES,
  'MutatingAdmissionPolicySpec.reinvocationPolicy': REINVOCATION_POLICIES,
  'Mutation.patchType': ['ApplyConfiguration', 'JSONPatch'],

  // The cluster
  'LimitRangeItem.type': ['Pod', 'Container', 'PersistentVolumeClaim'],
  'ResourceQuotaSpec.scopes': QUOTA_SCOPES,
  'ScopedResourceSelectorRequirement.scopeName': QUOTA_SCOPES,
  'ScopedResourceSelectorRequirement.operator': SELECTOR_OPERATORS,
  'CustomResourceDefinitionSpec.scope': ['Cluster', 'Namespaced'],
  'CustomResourceConversion.strategy': ['None', 'Webhook'],
  'PriorityLevelConfigurationSpec.type': ['Exempt', 'Limited'],
  'LimitResponse.type': ['Queue', 'Reject'],
  'FlowDistinguisherMethod.type': ['ByUser', 'ByNamespace'],
};

/** Amounts such as `500m` and `1Gi`, in the field itself or in the map or list that it holds. */
export const QUANTITIES: ReadonlySet<string> = new Set([
  'ResourceRequirements.limits',
  'ResourceRequirements.requests',
  'VolumeResourceRequirements.limits',
  'VolumeResourceRequirements.requests',
  'PodSpec.overhead',
  'Overhead.podFixed',
  'PersistentVolumeSpec.capacity',
  'EmptyDirVolumeSource.sizeLimit',
  'ResourceFieldSelector.divisor',
  'LimitRangeItem.max',
  'LimitRangeItem.min',
  'LimitRangeItem.default',
  'LimitRangeItem.defaultRequest',
  'LimitRangeItem.maxLimitRequestRatio',
  'ResourceQuotaSpec.hard',
  'MetricTarget.value',
  'MetricTarget.averageValue',
  'HPAScalingRules.tolerance',
  'CSIStorageCapacity.capacity',
  'CSIStorageCapacity.maximumVolumeSize',
  'CapacityRequestPolicy.default',
  'CapacityRequestPolicy.validValues',
  'CapacityRequestPolicyRange.min',
  'CapacityRequestPolicyRange.max',
  'CapacityRequestPolicyRange.step',
  'CapacityRequirements.requests',
  'Counter.value',
  'DeviceCapacity.value',
]);

/** Formats are named in `server/src/kubernetes/schema/formats.ts`. */
export const FORMATS: Readonly<Record<string, string>> = {
  'Container.name': 'dns-label',
  'EphemeralContainer.name': 'dns-label',
  'Volume.name': 'dns-label',
  'ContainerPort.name': 'port-name',
  'ServicePort.name': 'dns-label',
  'ObjectMeta.namespace': 'dns-label',
  'PodSpec.hostname': 'dns-label',
  'PodSpec.subdomain': 'dns-label',
  'PodSpec.serviceAccountName': 'dns-subdomain',
  'PodSpec.priorityClassName': 'dns-subdomain',
  'PodSpec.runtimeClassName': 'dns-subdomain',
  'IngressSpec.ingressClassName': 'dns-subdomain',
  'IPBlock.cidr': 'cidr',
  'IPBlock.except': 'cidr',
  'CronJobSpec.schedule': 'cron',
};

export const RANGES: Readonly<Record<string, readonly [minimum: number, maximum: number]>> = {
  'ContainerPort.containerPort': [1, 65535],
  'ContainerPort.hostPort': [0, 65535],
  'ServicePort.port': [1, 65535],
  'ServicePort.nodePort': [0, 65535],
  'GRPCAction.port': [1, 65535],
  'NetworkPolicyPort.endPort': [1, 65535],
  'ConfigMapVolumeSource.defaultMode': [0, 0o777],
  'SecretVolumeSource.defaultMode': [0, 0o777],
  'ProjectedVolumeSource.defaultMode': [0, 0o777],
  'DownwardAPIVolumeSource.defaultMode': [0, 0o777],
  'KeyToPath.mode': [0, 0o777],
};

export const MAP_FORMATS: Readonly<Record<string, { readonly keys: string; readonly values?: string }>> = {
  'ObjectMeta.labels': { keys: 'label-key', values: 'label-value' },
  'ObjectMeta.annotations': { keys: 'label-key' },
  'LabelSelector.matchLabels': { keys: 'label-key', values: 'label-value' },
  'PodSpec.nodeSelector': { keys: 'label-key', values: 'label-value' },
  'ServiceSpec.selector': { keys: 'label-key', values: 'label-value' },
  'ReplicationControllerSpec.selector': { keys: 'label-key', values: 'label-value' },
  'ConfigMap.data': { keys: 'config-key' },
  'ConfigMap.binaryData': { keys: 'config-key' },
  'Secret.data': { keys: 'config-key' },
  'Secret.stringData': { keys: 'config-key' },
};
