/*
 * Manifests whose only point is a setting of a program, for tables with many of them.
 */

/**
 * A pod with one container.
 *
 * @param env as `variables` makes it; empty for none
 * @param container lines of the container before its environment, indented by six blanks
 */
export const pod = (env: string, container = '') => `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: phi }
spec:
  containers:
    - name: api
      image: registry.example.com/api:1
${container}${env === '' ? '' : `      env:\n${env}`}`;

/** Lines of a container's environment; values as they are to be written, quotes included. */
export const variables = (...named: readonly (readonly [name: string, value: string])[]) =>
  named.map(([name, value]) => `        - name: ${name}\n          value: ${value}\n`).join('');

/** @param data lines of the data, indented by two blanks */
export const configMap = (data: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: phi }
data:
${data}`;
