import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'credentials on the pod',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  imagePullSecrets:
    - name: registry-credentials
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'credentials on its ServiceAccount',
      code: `apiVersion: v1
kind: ServiceAccount
metadata: { name: records, namespace: ehr }
imagePullSecrets: [{ name: registry-credentials }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: records, namespace: ehr }
spec:
  template:
    spec:
      serviceAccountName: records
      containers: [{ name: api, image: "registry.clinic.example/api:1.4.2" }]
`,
    },
    {
      name: 'a ServiceAccount from elsewhere',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  serviceAccountName: from-elsewhere
  containers: [{ name: api, image: "registry.clinic.example/api:1.4.2" }]
`,
    },
    {
      name: 'registries that know their nodes, are public, or inside the cluster',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - { name: a, image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1.4.2 }
    - { name: b, image: europe-docker.pkg.dev/clinic/images/api:1.4.2 }
    - { name: c, image: clinic.azurecr.io/api:1.4.2 }
    - { name: d, image: quay.io/clinic/api:1.4.2 }
    - { name: e, image: "registry:5000/api:1.4.2" }
    - { name: f, image: "image-registry.openshift-image-registry.svc:5000/ehr/api:1.4.2" }
`,
    },
    {
      name: 'alone, a file does not say what the default ServiceAccount has',
      isolated: true,
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers: [{ name: api, image: "registry.clinic.example/api:1.4.2" }]
`,
    },
  ],
  invalid: [
    {
      name: 'nobody names credentials',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
«spec»:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
      errors: [
        {
          messageId: 'missing',
          severity: 'information',
          message:
            'This pod pulls from registry.clinic.example without credentials of its own, so the registry or every pod of the node is open to images that handle ePHI. Name imagePullSecrets on the pod or its ServiceAccount.',
        },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  imagePullSecrets:
    - name: replace-with-your-pull-secret
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'a ServiceAccount in view without any, even alone; an empty list',
      isolated: true,
      ...fixed(`apiVersion: v1
kind: ServiceAccount
metadata: { name: records }
---
apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  serviceAccountName: records
  «imagePullSecrets»:‹ []→›
+  - name: replace-with-your-pull-secret
  containers: [{ name: api, image: "harbor.clinic.example:8443/ehr/api:1.4.2" }]
`),
      errors: [{ messageId: 'missing' }],
    },
  ],
};
