import { accessReviewOverdue } from './access-control/access-review-overdue.ts';
import { apiserverAnonymousAuth } from './access-control/apiserver-anonymous-auth.ts';
import { apiserverAuthorizationMode } from './access-control/apiserver-authorization-mode.ts';
import { apiserverIdentityProvider } from './access-control/apiserver-identity-provider.ts';
import { dashboardExposed } from './access-control/dashboard-exposed.ts';
import { defaultNamespace } from './access-control/default-namespace.ts';
import { defaultServiceAccount } from './access-control/default-service-account.ts';
import { kubeconfigCredential } from './access-control/kubeconfig-credential.ts';
import { namespaceMixedWorkloads } from './access-control/namespace-mixed-workloads.ts';
import { rbacAnonymousSubject } from './access-control/rbac-anonymous-subject.ts';
import { rbacClusterAdmin } from './access-control/rbac-cluster-admin.ts';
import { rbacClusterScope } from './access-control/rbac-cluster-scope.ts';
import { rbacEscalationVerbs } from './access-control/rbac-escalation-verbs.ts';
import { rbacPodExec } from './access-control/rbac-pod-exec.ts';
import { rbacSecretsAccess } from './access-control/rbac-secrets-access.ts';
import { rbacWildcard } from './access-control/rbac-wildcard.ts';
import { serviceAccountTokenAutomount } from './access-control/service-account-token-automount.ts';
import { serviceAccountTokenSecret } from './access-control/service-account-token-secret.ts';
import { sessionTimeoutDisabled } from './access-control/session-timeout-disabled.ts';
import { sharedIdentity } from './access-control/shared-identity.ts';
import { apiserverAuditLogMissing } from './audit-controls/apiserver-audit-log-missing.ts';
import { apiserverAuditLogRetention } from './audit-controls/apiserver-audit-log-retention.ts';
import { apiserverAuditPolicyMissing } from './audit-controls/apiserver-audit-policy-missing.ts';
import { applicationLogUnstructured } from './audit-controls/application-log-unstructured.ts';
import { auditLogAccess } from './audit-controls/audit-log-access.ts';
import { auditPolicyGap } from './audit-controls/audit-policy-gap.ts';
import { auditPolicyNoCatchAll } from './audit-controls/audit-policy-no-catch-all.ts';
import { auditPolicySecretBodies } from './audit-controls/audit-policy-secret-bodies.ts';
import { auditPolicyShadowed } from './audit-controls/audit-policy-shadowed.ts';
import { auditPolicyStageOmitted } from './audit-controls/audit-policy-stage-omitted.ts';
import { logDestinationMutable } from './audit-controls/log-destination-mutable.ts';
import { logForwardingPlaintext } from './audit-controls/log-forwarding-plaintext.ts';
import { logRetentionTooShort } from './audit-controls/log-retention-too-short.ts';
import { apiRemoved } from './authoring/api-removed.ts';
import { helmTemplateError } from './authoring/helm-template-error.ts';
import { kubernetesSchema } from './authoring/kubernetes-schema.ts';
import { suppressionInvalid } from './authoring/suppression-invalid.ts';
import { yamlSyntax } from './authoring/yaml-syntax.ts';
import { baaExpired } from './business-associates/baa-expired.ts';
import { baaUndocumented } from './business-associates/baa-undocumented.ts';
import { apiserverEncryptionConfig } from './encryption-at-rest/apiserver-encryption-config.ts';
import { backupUnencrypted } from './encryption-at-rest/backup-unencrypted.ts';
import { encryptionConfigCoverage } from './encryption-at-rest/encryption-config-coverage.ts';
import { encryptionConfigIdentity } from './encryption-at-rest/encryption-config-identity.ts';
import { encryptionConfigInlineKey } from './encryption-at-rest/encryption-config-inline-key.ts';
import { encryptionConfigWeak } from './encryption-at-rest/encryption-config-weak.ts';
import { etcdTls } from './encryption-at-rest/etcd-tls.ts';
import { secretEnvExposure } from './encryption-at-rest/secret-env-exposure.ts';
import { secretInArgs } from './encryption-at-rest/secret-in-args.ts';
import { secretInConfigMap } from './encryption-at-rest/secret-in-configmap.ts';
import { secretInEnv } from './encryption-at-rest/secret-in-env.ts';
import { secretInValues } from './encryption-at-rest/secret-in-values.ts';
import { secretManifestPlaintext } from './encryption-at-rest/secret-manifest-plaintext.ts';
import { storageClassCustomerKey } from './encryption-at-rest/storage-class-customer-key.ts';
import { storageClassUnencrypted } from './encryption-at-rest/storage-class-unencrypted.ts';
import { swapUnencrypted } from './encryption-at-rest/swap-unencrypted.ts';
import { volumeUnencrypted } from './encryption-at-rest/volume-unencrypted.ts';
import { addedCapabilities } from './integrity/added-capabilities.ts';
import { admissionWebhookFailOpen } from './integrity/admission-webhook-fail-open.ts';
import { appArmorProfile } from './integrity/apparmor-profile.ts';
import { ciImageScanMissing } from './integrity/ci-image-scan-missing.ts';
import { dockerSocketMount } from './integrity/docker-socket-mount.ts';
import { dropCapabilities } from './integrity/drop-capabilities.ts';
import { hostNamespaces } from './integrity/host-namespaces.ts';
import { hostPathVolume } from './integrity/host-path-volume.ts';
import { hostPorts } from './integrity/host-ports.ts';
import { hostProbes } from './integrity/host-probes.ts';
import { imageNotMinimal } from './integrity/image-not-minimal.ts';
import { imagePublicRegistry } from './integrity/image-public-registry.ts';
import { imagePullPolicy } from './integrity/image-pull-policy.ts';
import { imagePullSecretMissing } from './integrity/image-pull-secret-missing.ts';
import { imageTagMutable } from './integrity/image-tag-mutable.ts';
import { namespacePodSecurity } from './integrity/namespace-pod-security.ts';
import { privilegeEscalation } from './integrity/privilege-escalation.ts';
import { privilegedContainer } from './integrity/privileged-container.ts';
import { procMount } from './integrity/proc-mount.ts';
import { readOnlyRootFilesystem } from './integrity/read-only-root-filesystem.ts';
import { runAsHighUid } from './integrity/run-as-high-uid.ts';
import { runAsNonRoot } from './integrity/run-as-non-root.ts';
import { runAsUserRoot } from './integrity/run-as-user-root.ts';
import { runtimeMonitoringMissing } from './integrity/runtime-monitoring-missing.ts';
import { seccompProfile } from './integrity/seccomp-profile.ts';
import { seccompUnconfined } from './integrity/seccomp-unconfined.ts';
import { seLinuxOptions } from './integrity/selinux-options.ts';
import { shareProcessNamespace } from './integrity/share-process-namespace.ts';
import { unsafeSysctls } from './integrity/unsafe-sysctls.ts';
import { volumeTypes } from './integrity/volume-types.ts';
import { windowsHostProcess } from './integrity/windows-host-process.ts';
import { externalNameService } from './network-segmentation/external-name-service.ts';
import { namespaceDefaultDenyMissing } from './network-segmentation/namespace-default-deny-missing.ts';
import { networkPolicyAllowAll } from './network-segmentation/network-policy-allow-all.ts';
import { networkPolicyEgressOpen } from './network-segmentation/network-policy-egress-open.ts';
import { networkPolicyMissing } from './network-segmentation/network-policy-missing.ts';
import { networkPolicyUnmatched } from './network-segmentation/network-policy-unmatched.ts';
import { phiReachable } from './network-segmentation/phi-reachable.ts';
import { serviceExternalIps } from './network-segmentation/service-external-ips.ts';
import { serviceLoadBalancerPublic } from './network-segmentation/service-load-balancer-public.ts';
import { serviceNodePort } from './network-segmentation/service-node-port.ts';
import { phiInArgs } from './phi-exposure/phi-in-args.ts';
import { phiInComment } from './phi-exposure/phi-in-comment.ts';
import { phiInConfigMap } from './phi-exposure/phi-in-configmap.ts';
import { phiInEnv } from './phi-exposure/phi-in-env.ts';
import { phiInMetadata } from './phi-exposure/phi-in-metadata.ts';
import { phiInSecret } from './phi-exposure/phi-in-secret.ts';
import { phiInValues } from './phi-exposure/phi-in-values.ts';
import type { Rule } from './rule.ts';
import { apiserverTls } from './transmission-security/apiserver-tls.ts';
import { certificateAutomationMissing } from './transmission-security/certificate-automation-missing.ts';
import { certificateRotation } from './transmission-security/certificate-rotation.ts';
import { certificateWeakKey } from './transmission-security/certificate-weak-key.ts';
import { gatewayPlaintextListener } from './transmission-security/gateway-plaintext-listener.ts';
import { ingressHttpAllowed } from './transmission-security/ingress-http-allowed.ts';
import { ingressTlsHostUncovered } from './transmission-security/ingress-tls-host-uncovered.ts';
import { ingressWithoutTls } from './transmission-security/ingress-without-tls.ts';
import { istioGatewayPlaintext } from './transmission-security/istio-gateway-plaintext.ts';
import { meshAccessLogDisabled } from './transmission-security/mesh-access-log-disabled.ts';
import { meshAuthorizationAllowAll } from './transmission-security/mesh-authorization-allow-all.ts';
import { meshAuthorizationMissing } from './transmission-security/mesh-authorization-missing.ts';
import { meshInjectionDisabled } from './transmission-security/mesh-injection-disabled.ts';
import { meshInjectionMissing } from './transmission-security/mesh-injection-missing.ts';
import { meshMtlsMissing } from './transmission-security/mesh-mtls-missing.ts';
import { meshMtlsNotStrict } from './transmission-security/mesh-mtls-not-strict.ts';
import { meshTlsDisabled } from './transmission-security/mesh-tls-disabled.ts';
import { plaintextEndpoint } from './transmission-security/plaintext-endpoint.ts';
import { servicePlaintextExposure } from './transmission-security/service-plaintext-exposure.ts';
import { tlsVerificationDisabled } from './transmission-security/tls-verification-disabled.ts';
import { weakTlsCipher } from './transmission-security/weak-tls-cipher.ts';
import { weakTlsVersion } from './transmission-security/weak-tls-version.ts';

/** Every rule of the product: the only list. */
export const rules: readonly Rule[] = [
  // access-control
  rbacWildcard,
  rbacClusterAdmin,
  rbacClusterScope,
  rbacSecretsAccess,
  rbacEscalationVerbs,
  rbacPodExec,
  rbacAnonymousSubject,
  sharedIdentity,
  defaultServiceAccount,
  serviceAccountTokenAutomount,
  serviceAccountTokenSecret,
  kubeconfigCredential,
  defaultNamespace,
  namespaceMixedWorkloads,
  accessReviewOverdue,
  sessionTimeoutDisabled,
  apiserverAnonymousAuth,
  apiserverAuthorizationMode,
  apiserverIdentityProvider,
  dashboardExposed,
  // encryption-at-rest
  encryptionConfigIdentity,
  encryptionConfigWeak,
  encryptionConfigInlineKey,
  encryptionConfigCoverage,
  apiserverEncryptionConfig,
  etcdTls,
  storageClassUnencrypted,
  storageClassCustomerKey,
  volumeUnencrypted,
  backupUnencrypted,
  swapUnencrypted,
  secretInEnv,
  secretInConfigMap,
  secretInArgs,
  secretInValues,
  secretManifestPlaintext,
  secretEnvExposure,
  // phi-exposure
  phiInConfigMap,
  phiInEnv,
  phiInArgs,
  phiInSecret,
  phiInMetadata,
  phiInValues,
  phiInComment,
  // integrity
  runAsNonRoot,
  runAsUserRoot,
  privilegedContainer,
  privilegeEscalation,
  dropCapabilities,
  addedCapabilities,
  seccompProfile,
  seccompUnconfined,
  appArmorProfile,
  seLinuxOptions,
  procMount,
  unsafeSysctls,
  hostNamespaces,
  hostPathVolume,
  dockerSocketMount,
  hostPorts,
  hostProbes,
  volumeTypes,
  windowsHostProcess,
  readOnlyRootFilesystem,
  shareProcessNamespace,
  runAsHighUid,
  imagePublicRegistry,
  imageTagMutable,
  imagePullPolicy,
  imageNotMinimal,
  imagePullSecretMissing,
  namespacePodSecurity,
  admissionWebhookFailOpen,
  ciImageScanMissing,
  runtimeMonitoringMissing,
  // transmission-security
  apiserverTls,
  ingressWithoutTls,
  ingressHttpAllowed,
  ingressTlsHostUncovered,
  certificateAutomationMissing,
  certificateRotation,
  certificateWeakKey,
  gatewayPlaintextListener,
  istioGatewayPlaintext,
  meshMtlsNotStrict,
  plaintextEndpoint,
  tlsVerificationDisabled,
  meshMtlsMissing,
  meshTlsDisabled,
  meshInjectionDisabled,
  meshInjectionMissing,
  meshAuthorizationAllowAll,
  meshAuthorizationMissing,
  meshAccessLogDisabled,
  servicePlaintextExposure,
  weakTlsVersion,
  weakTlsCipher,
  // network-segmentation
  namespaceDefaultDenyMissing,
  networkPolicyAllowAll,
  serviceNodePort,
  serviceLoadBalancerPublic,
  serviceExternalIps,
  externalNameService,
  networkPolicyMissing,
  networkPolicyEgressOpen,
  networkPolicyUnmatched,
  phiReachable,
  // audit-controls
  auditPolicyGap,
  auditPolicyShadowed,
  auditPolicySecretBodies,
  auditPolicyNoCatchAll,
  auditPolicyStageOmitted,
  apiserverAuditPolicyMissing,
  apiserverAuditLogMissing,
  apiserverAuditLogRetention,
  logRetentionTooShort,
  logDestinationMutable,
  logForwardingPlaintext,
  applicationLogUnstructured,
  auditLogAccess,
  // business-associates
  baaUndocumented,
  baaExpired,
  // authoring
  yamlSyntax,
  kubernetesSchema,
  apiRemoved,
  helmTemplateError,
  suppressionInvalid,
];

const BY_ID: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleOf(id: string): Rule | undefined {
  return BY_ID.get(id);
}
