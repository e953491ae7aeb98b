/*
 * Static pods of the control plane, whose only point is their flags.
 */

/**
 * A static pod of namespace "kube-system" with one container.
 *
 * @param flags items of its command as they are to be written, quotes included
 */
const staticPod = (program: string, flags: readonly string[]) => `apiVersion: v1
kind: Pod
metadata:
  name: ${program}
  namespace: kube-system
spec:
  containers:
    - name: ${program}
      command:
${[program, ...flags].map((item) => `        - ${item}\n`).join('')}`;

export const apiServer = (...flags: readonly string[]) => staticPod('kube-apiserver', flags);

export const etcd = (...flags: readonly string[]) => staticPod('etcd', flags);
