/**
 * The rules that together are the Pod Security Standard Restricted, Baseline included.
 *
 * Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const POD_SECURITY_RULES: ReadonlySet<string> = new Set([
  'added-capabilities',
  'apparmor-profile',
  'docker-socket-mount',
  'drop-capabilities',
  'host-namespaces',
  'host-path-volume',
  'host-ports',
  'host-probes',
  'privilege-escalation',
  'privileged-container',
  'proc-mount',
  'run-as-non-root',
  'run-as-user-root',
  'seccomp-profile',
  'seccomp-unconfined',
  'selinux-options',
  'unsafe-sysctls',
  'volume-types',
  'windows-host-process',
]);

/** What "harden" applies: the standard, and a root file system that nobody writes to. */
export const HARDENING_RULES: ReadonlySet<string> = new Set([
  ...POD_SECURITY_RULES,
  'read-only-root-filesystem',
  'share-process-namespace',
]);
