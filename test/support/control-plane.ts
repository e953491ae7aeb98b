/*
 * Static pods of the control plane, whose only point is their flags.
 */

/**
 * The API server as a static pod of namespace "kube-system" with one container.
 *
 * @param flags items of its command as they are to be written, quotes included
 */
export const apiServer = (...flags: readonly string[]) => `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      command:
        - kube-apiserver
${flags.map((flag) => `        - ${flag}\n`).join('')}`;
