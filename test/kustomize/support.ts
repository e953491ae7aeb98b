import { expect } from 'vitest';
import { type BuildResult, buildKustomization } from '../../server/src/kustomize/index.ts';
import { type Files, kubectlKustomize } from '../support/oracle.ts';

export function filesOf(
  files: Readonly<Record<string, string | Uint8Array>>,
): Map<string, string | Uint8Array> {
  return new Map(Object.entries(files));
}

/** The whole output of a build. */
export function outputOf({ resources }: BuildResult): string {
  return resources.map(({ text }) => text).join('---\n');
}

/** Builds with both engines and demands the same bytes. */
export async function expectSame(files: Files, folder = ''): Promise<void> {
  const theirs = await kubectlKustomize(files, folder);
  expect(theirs.stderr.replaceAll(/^# Warning:.*\n/gm, '')).toBe('');
  const ours = buildKustomization(files, folder);
  expect({ output: outputOf(ours), problems: ours.problems }).toEqual({
    output: theirs.stdout,
    problems: [],
  });
}

export const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { tier: front }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccountName: runner
      initContainers:
        - { name: init, image: "busybox" }
      containers:
        - name: web
          image: registry.example.com:5000/team/web:1.0@sha256:abc
          args: ["--host=$(HOST)", "$$(KEPT)", "$(PORT)"]
          ports:
            - { containerPort: 8080, protocol: TCP }
            - containerPort: 9090
          env:
            - { name: A, value: "1" }
            - { name: B, valueFrom: { configMapKeyRef: { name: settings, key: b } } }
            - { name: C, valueFrom: { secretKeyRef: { name: keys, key: c } } }
          envFrom: [{ configMapRef: { name: settings } }]
        - { name: side, image: side:2 }
      volumes:
        - { name: cfg, configMap: { name: settings } }
        - { name: data, persistentVolumeClaim: { claimName: data } }
      tolerations: [{ key: a }, { key: b }]
`;

export const OTHERS = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: runner }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: default }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ReadWriteOnce], storageClassName: fast }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader }
rules: [{ apiGroups: [""], resources: [secrets], resourceNames: [keys], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects:
  - { kind: ServiceAccount, name: runner }
  - { kind: ServiceAccount, name: default }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader }
subjects:
  - { kind: ServiceAccount, name: runner, namespace: default }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: reader }
rules: []
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: { nginx.ingress.kubernetes.io/auth-secret: keys, count: 3 }
spec:
  tls: [{ hosts: [web.example.com], secretName: keys }]
  defaultBackend: { service: { name: web, port: { number: 80 } } }
  rules:
    - http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 3 }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: caller } } }] }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: hook }
webhooks: [{ name: a.example.com, clientConfig: { service: { name: web, namespace: default } } }]
---
apiVersion: v1
kind: Namespace
metadata: { name: team }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "@daily"
  jobTemplate: { spec: { template: { spec: { containers: [{ name: c, image: tool:1, envFrom: [{ secretRef: { name: keys } }] }] } } } }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: web
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers: [{ name: db, image: "db:1" }]
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - { topologyKey: zone, labelSelector: { matchLabels: { app: db } } }
  volumeClaimTemplates: [{ metadata: { name: data }, spec: { accessModes: [ReadWriteOnce] } }]
---
apiVersion: example.com/v1
kind: Widget
metadata: { name: custom }
spec: { items: [{ name: a, value: 1 }], containers: [{ name: w, image: tool:1 }] }
`;

/** A base with workloads and what they refer to. */
export const BASE: Readonly<Record<string, string>> = {
  'base/kustomization.yaml': `resources: [web.yaml, others.yaml]
configMapGenerator:
  - { name: settings, literals: [a=1, b="two words"] }
secretGenerator:
  - { name: keys, literals: [c=secret], type: example.com/kind }
`,
  'base/web.yaml': DEPLOYMENT,
  'base/others.yaml': OTHERS,
};
