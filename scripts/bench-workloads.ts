/** What benches type in and check, and how they measure a process. */

import { execFileSync } from 'node:child_process';

export const TEAMS = 7;

/** The policy that closes a namespace. */
export function defaultDeny(namespace: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: ${namespace}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`;
}

/** One workload of 40 lines; every fifth has findings. */
export function workload(index: number): string {
  const careless = index % 5 === 0;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: service-${index}
  namespace: team-${index % TEAMS}
  labels:
    app.kubernetes.io/name: service-${index}
    app.kubernetes.io/part-of: portal
spec:
  replicas: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: service-${index}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: service-${index}
    spec:
      serviceAccountName: service-${index}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: web
          image: registry.example.com/portal/service-${index}:1.4.2@sha256:${'0'.repeat(64)}
          imagePullPolicy: IfNotPresent
          ports:
            - containerPort: 8443
          env:
            - name: LOG_LEVEL
              value: "info" # typed here
          securityContext:
            allowPrivilegeEscalation: ${careless}
            privileged: ${careless}
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          resources:
            limits: { cpu: 500m, memory: 256Mi }
`;
}

/** Undefined on Windows, which has no `ps`. */
export function residentMebibytes(pid: number | undefined): number | undefined {
  try {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
  } catch {
    return undefined;
  }
}
