import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a manifest as the API has it',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
spec:
  selector:
    matchLabels: { app: portal }
  template:
    metadata:
      labels: { app: portal }
    spec:
      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
`,
    },
    {
      name: 'a patch leaves out what it does not change',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
spec:
  template:
    spec:
      containers:
        - name: api
          resources: { limits: { memory: 512Mi } }
`,
    },
    {
      name: 'a kind that nobody knows',
      code: `apiVersion: clinic.example/v1
kind: Portal
metadata: { name: a }
spec: { anything: true }
`,
    },
    {
      name: 'kinds of clients, and of API versions that others extend or that were removed',
      code: `apiVersion: v1
kind: Config
clusters: []
---
apiVersion: v1
kind: Template
metadata: { name: a }
---
apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata: { name: a }
`,
    },
    {
      name: 'null stands for nothing',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
spec:
  selector:
    matchLabels: { app: portal }
  template:
    metadata:
      labels: { app: portal }
    spec:
      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
          securityContext:
          env: null
`,
    },
  ],
  invalid: [
    {
      name: 'a kind of another API version, and a misspelt one',
      code: `apiVersion: «v1»
kind: PodDisruptionBudget
metadata:
  name: portal
  namespace: patient-portal
spec: { minAvailable: 1, selector: { matchLabels: { app: portal } } }
---
apiVersion: v1
kind: «ConfigMaps»
metadata:
  name: portal
  namespace: patient-portal
`,
      errors: [
        {
          messageId: 'unknownKind',
          message:
            'Kubernetes has no PodDisruptionBudget in v1: the API server refuses the object. Did you mean PodDisruptionBudget of policy/v1?',
        },
        { messageId: 'unknownKind' },
      ],
      output: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: portal
  namespace: patient-portal
spec: { minAvailable: 1, selector: { matchLabels: { app: portal } } }
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
  namespace: patient-portal
`,
    },
    {
      name: 'misspelt fields',
      ...fixed(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
spec:
  selector:
    matchLabels: { app: portal }
  template:
    metadata:
      labels: { app: portal }
    spec:
      «serviceAccoutName→serviceAccountName»: portal
      containers:
        - name: api
          image: registry.clinic.example/portal:1.4.2
          securityContext:
            «runAsNonroot→runAsNonRoot»: true # careful
`),
      errors: [
        {
          messageId: 'unknownField',
          message:
            'Deployment has no field "serviceAccoutName" here, so it is dropped and protects nothing. Did you mean "serviceAccountName"?',
        },
        { messageId: 'unknownField' },
      ],
    },
    {
      name: 'types, values and formats',
      ...fixed(`apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  restartPolicy: «Sometimes»
  containers:
    - name: «Api_Server»
      image: registry.clinic.example/portal:1.4.2
      imagePullPolicy: «always→Always»
      env:
        - name: PORT
          value: «8080»
`),
      errors: [
        { messageId: 'badEnum' },
        { messageId: 'badFormat' },
        { messageId: 'badEnum' },
        { messageId: 'wrongType' },
      ],
      remaining: 3,
    },
    {
      name: 'something is missing',
      code: `apiVersion: v1
kind: Service
metadata:
  name: portal
spec:
  ports:
    - name: «https»
`,
      errors: [{ messageId: 'missing', message: /^"port" is missing/ }],
      output: undefined,
    },
    {
      name: 'what is missing stands there with a slip',
      ...fixed(`apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: portal
«spec»:
  «secretNam→secretName»: portal-tls
  issuerRef:
    name: clinic
`),
      errors: [
        { messageId: 'missing' },
        {
          messageId: 'unknownField',
          message:
            'Certificate has no field "secretNam" here, so it is dropped and protects nothing. Did you mean "secretName"?',
        },
      ],
    },
  ],
};
