import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';

/** A field of `securityContext`. */
export interface SecurityField<T> {
  /** Below `securityContext`. */
  readonly path: Path;
  /** Reads a value of the right type; undefined for any other. */
  readonly read: (value: Value) => T | undefined;
  /** Where it can be set: on containers alone, or also on the pod as the default of its containers. */
  readonly holders: 'containers' | 'pod-and-containers';
}

const boolean = (value: Value) => value.boolean;
const number = (value: Value) => value.number;
const string = (value: Value) => value.string;

// Source of what may stand where: the API reference of PodSecurityContext and SecurityContext,
// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#security-context

export const RUN_AS_NON_ROOT: SecurityField<boolean> = {
  path: ['runAsNonRoot'],
  read: boolean,
  holders: 'pod-and-containers',
};

export const RUN_AS_USER: SecurityField<number> = {
  path: ['runAsUser'],
  read: number,
  holders: 'pod-and-containers',
};

export const PRIVILEGED: SecurityField<boolean> = {
  path: ['privileged'],
  read: boolean,
  holders: 'containers',
};

export const ALLOW_PRIVILEGE_ESCALATION: SecurityField<boolean> = {
  path: ['allowPrivilegeEscalation'],
  read: boolean,
  holders: 'containers',
};

export const READ_ONLY_ROOT_FILESYSTEM: SecurityField<boolean> = {
  path: ['readOnlyRootFilesystem'],
  read: boolean,
  holders: 'containers',
};

export const PROC_MOUNT: SecurityField<string> = {
  path: ['procMount'],
  read: string,
  holders: 'containers',
};

export const SECCOMP_TYPE: SecurityField<string> = {
  path: ['seccompProfile', 'type'],
  read: string,
  holders: 'pod-and-containers',
};

export const APP_ARMOR_TYPE: SecurityField<string> = {
  path: ['appArmorProfile', 'type'],
  read: string,
  holders: 'pod-and-containers',
};

export const SE_LINUX_TYPE: SecurityField<string> = {
  path: ['seLinuxOptions', 'type'],
  read: string,
  holders: 'pod-and-containers',
};

export const SE_LINUX_USER: SecurityField<string> = {
  path: ['seLinuxOptions', 'user'],
  read: string,
  holders: 'pod-and-containers',
};

export const SE_LINUX_ROLE: SecurityField<string> = {
  path: ['seLinuxOptions', 'role'],
  read: string,
  holders: 'pod-and-containers',
};

export const HOST_PROCESS: SecurityField<boolean> = {
  path: ['windowsOptions', 'hostProcess'],
  read: boolean,
  holders: 'pod-and-containers',
};
