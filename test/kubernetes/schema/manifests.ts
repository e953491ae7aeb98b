/** Valid manifests of many kinds, one document each, with the less common shapes that the API accepts. */
export const VALID_MANIFESTS = `
apiVersion: v1
kind: Namespace
metadata: { name: phi, labels: { pod-security.kubernetes.io/enforce: restricted, empty: "" } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings.v1, namespace: phi }
data: { application.yaml: "a: 1\\n", LOG_LEVEL: info, _x-y: "1" }
binaryData: { blob: "SGVsbG8=" }
immutable: true
---
apiVersion: v1
kind: Secret
metadata: { name: db }
type: kubernetes.io/basic-auth
stringData: { username: app }
data:
  password: aHVudGVyMg==
  long: |
    SGVsbG8gd29ybGQ
    sIGhlbGxvIHdvcmxkLA==
---
apiVersion: v1
kind: Service
metadata: { name: patients-api }
spec:
  type: LoadBalancer
  selector: { app.kubernetes.io/name: patients-api }
  loadBalancerSourceRanges: [10.0.0.0/8]
  ports:
    - { name: https, port: 443, targetPort: https, protocol: TCP }
    - { name: metrics, port: 9090, targetPort: 9090 }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: patients-api }
automountServiceAccountToken: false
imagePullSecrets: [{ name: registry }]
---
apiVersion: v1
kind: Pod
metadata: { generateName: probe-, creationTimestamp: null }
spec:
  restartPolicy: OnFailure
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault }, fsGroup: null }
  containers:
    - name: probe
      image: registry.example.com/probe@sha256:abc
      command: [sh, -c, "exit 0"]
      imagePullPolicy: ""
      livenessProbe: { httpGet: { path: /live, port: http, scheme: HTTPS } }
      readinessProbe: { tcpSocket: { port: 8080 } }
      resources: { limits: { cpu: 0.5, memory: 1Gi, nvidia.com/gpu: 1 }, requests: { cpu: 250m, memory: 1e6 } }
      volumeMounts: [{ name: tls, mountPath: /tls, readOnly: yes }]
  volumes:
    - name: tls
      secret: { secretName: tls, defaultMode: 0440 }
    - name: scratch
      emptyDir: {}
    - name: all
      projected: { sources: [{ serviceAccountToken: { path: token, expirationSeconds: 3600 } }] }
status: { anything: goes }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: patients-api, annotations: { Example.com/Note: "any text at all: ü" } }
spec:
  replicas: 2
  selector: { matchLabels: { app: patients-api } }
  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }
  template:
    metadata: { labels: { app: patients-api } }
    spec:
      containers:
        - { name: api, image: "api:1", ports: [{ containerPort: 8443, name: https, protocol: TCP }] }
      tolerations: [{ key: phi, operator: Exists, effect: NoSchedule }]
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchExpressions: [{ key: app, operator: In, values: [db] }] }
  updateStrategy: { type: OnDelete }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: postgres }] } }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template: { metadata: { labels: { app: agent } }, spec: { hostPID: true, containers: [{ name: a, image: a }] } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: export }
spec: { backoffLimit: 0, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 2 * * 1-5"
  concurrencyPolicy: Forbid
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }
---
apiVersion: batch/v1beta1
kind: CronJob
metadata: { name: old }
spec:
  schedule: "@daily"
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: portal }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [portal.example.com], secretName: portal-tls }]
  rules:
    - host: portal.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: p, port: { name: http } } } }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny }
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }, { ipBlock: { cidr: "2001:db8::/64" } }]
      ports: [{ protocol: TCP, port: 5432 }, { port: http }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: "system:phi:Reader" }
rules: [{ apiGroups: [""], resources: [pods, pods/log], verbs: [get, list] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: readers, namespace: phi }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: User, name: jane@example.com, apiGroup: rbac.authorization.k8s.io }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ReadWriteOnce], storageClassName: "", resources: { requests: { storage: 1.5Ti } } }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: pv1 }
spec: { capacity: { storage: 5Gi }, accessModes: [ReadWriteMany], nfs: { server: nfs, path: / } }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: encrypted }
provisioner: ebs.csi.aws.com
parameters: { encrypted: "true" }
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
  maxReplicas: 5
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } } }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api }
spec: { minAvailable: 50%, selector: { matchLabels: { app: api } } }
---
apiVersion: v1
kind: LimitRange
metadata: { name: limits }
spec: { limits: [{ type: Container, default: { cpu: "1" }, defaultRequest: { cpu: 100m } }] }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota }
spec: { hard: { pods: 10, requests.cpu: "4" }, scopes: [NotTerminating] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: policy.example.com }
webhooks:
  - name: policy.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: { service: { name: policy, namespace: phi }, caBundle: Cg== }
    rules: [{ apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE], resources: ["*"], scope: "*" }]
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: patients.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Patient, plural: patients }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: { spec: { type: object, x-kubernetes-preserve-unknown-fields: true, default: {}, enum: [a, 1] } }
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1.metrics.k8s.io }
spec: { group: metrics.k8s.io, version: v1, groupPriorityMinimum: 100, versionPriority: 100 }
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: high }
value: 1000
---
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: { name: lock }
spec: { holderIdentity: a, renewTime: "2026-01-31T12:00:00.123456Z" }
---
apiVersion: authorization.k8s.io/v1
kind: SelfSubjectAccessReview
spec: { resourceAttributes: { verb: get, resource: secrets } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default }
spec: { mtls: { mode: STRICT }, portLevelMtls: { "8080": { mode: DISABLE } } }
---
apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: api }
spec:
  hosts: [api]
  http: [{ match: [{ uri: { prefix: /v1 } }], route: [{ destination: { host: api, port: { number: 80 } } }] }]
---
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec: { meshConfig: { accessLogFile: /dev/stdout } }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: portal }
spec: { secretName: portal-tls, dnsNames: [portal.example.com], issuerRef: { name: ca, kind: ClusterIssuer } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge }
spec:
  gatewayClassName: istio
  listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: tls }] } }]
---
apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata: { name: modern }
spec: { minVersion: VersionTLS12 }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db }
spec:
  refreshInterval: 1h
  secretStoreRef: { name: vault, kind: ClusterSecretStore }
  target: { name: db }
  data: [{ secretKey: password, remoteRef: { key: db, property: password } }]
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: api }
spec:
  selector: { matchLabels: { app: api } }
  template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: a, image: a }] } }
  strategy: { canary: { steps: [{ setWeight: 20 }, { pause: { duration: 1h } }] } }
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: hello }
spec: { template: { spec: { containerConcurrency: 10, containers: [{ image: hello, livenessProbe: { httpGet: {} } }] } } }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: worker }
spec:
  jobTargetRef: { template: { spec: { containers: [{ name: a, image: a }] } } }
  triggers: [{ type: rabbitmq, metadata: { queueName: q } }]
---
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - { level: None, users: ["system:kube-proxy"], verbs: [watch], resources: [{ group: "", resources: [endpoints] }] }
  - { level: None, nonResourceURLs: ["/healthz*"] }
  - { level: Metadata }
---
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers: [{ kms: { apiVersion: v2, name: k, endpoint: "unix:///k.sock", timeout: 3s } }, { identity: {} }]
---
apiVersion: apiserver.config.k8s.io/v1beta1
kind: AuthenticationConfiguration
anonymous: { enabled: true, conditions: [{ path: /livez }] }
jwt:
  - issuer: { url: "https://idp.example.com", audiences: [k8s] }
    claimValidationRules: [{ expression: "'mfa' in claims.amr", message: no MFA }]
    claimMappings: { username: { claim: sub, prefix: "" }, uid: { claim: uid } }
---
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins: [{ name: PodSecurity, configuration: { kind: PodSecurityConfiguration, defaults: { enforce: restricted } } }]
---
apiVersion: pod-security.admission.config.k8s.io/v1
kind: PodSecurityConfiguration
defaults: { enforce: restricted, enforce-version: latest }
exemptions: { namespaces: [kube-system] }
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: { anonymous: { enabled: false }, webhook: { enabled: true } }
authorization: { mode: Webhook }
streamingConnectionIdleTimeout: 5m0s
evictionHard: { memory.available: 100Mi }
featureGates: { NodeSwap: true }
memorySwap: { swapBehavior: NoSwap }
registerWithTaints: [{ key: a, effect: NoSchedule }]
logging: { format: json }
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer: { extraArgs: [{ name: audit-log-maxage, value: "2190" }], certSANs: [a] }
etcd: { local: { dataDir: /var/lib/etcd, extraArgs: [] } }
---
apiVersion: kubeadm.k8s.io/v1beta3
kind: InitConfiguration
nodeRegistration: { kubeletExtraArgs: { node-ip: 10.0.0.1 }, taints: [] }
localAPIEndpoint: { advertiseAddress: 10.0.0.1, bindPort: 6443 }
---
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: r }
spec: { to: { kind: Service, name: s }, tls: { termination: edge, insecureEdgeTerminationPolicy: Redirect } }
---
apiVersion: apps.openshift.io/v1
kind: DeploymentConfig
metadata: { name: d }
spec: { selector: { app: d }, template: { spec: { containers: [{ name: a, image: a }] } }, triggers: [{ type: ConfigChange }] }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: s }
spec: { podSelector: { matchLabels: { app: s } }, port: http, proxyProtocol: HTTP/2 }
---
apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata: { name: p }
spec:
  virtualhost: { fqdn: a.example.com, tls: { secretName: t, minimumProtocolVersion: "1.3" } }
  routes: [{ conditions: [{ prefix: / }], services: [{ name: s, port: 80 }] }]
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: c }
spec:
  endpointSelector: { matchLabels: { "k8s:app": c } }
  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }]
  egress: [{ toFQDNs: [{ matchPattern: "*.example.com" }], authentication: { mode: required } }]
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: i }
spec: { destination: { name: api }, sources: [{ name: web, action: allow }] }
---
apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: default }
spec: { provider: aws, objectStorage: { bucket: b }, config: { kmsKeyId: alias/k } }
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: s }
driver: ebs.csi.aws.com
deletionPolicy: Retain
---
apiVersion: networking.gke.io/v1beta1
kind: FrontendConfig
metadata: { name: f }
spec: { sslPolicy: modern, redirectToHttps: { enabled: true } }
---
apiVersion: example.com/v1
kind: Patient
metadata: { name: Not Checked }
spec: { anything: [1, two] }
`;
