import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a registry of your own',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'registries with a port, on this machine, or of a cloud account',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - { name: a, image: "registry:5000/api:1.4.2" }
    - { name: b, image: localhost/api }
    - { name: c, image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 }
    - { name: d, image: clinic.azurecr.io/library/nginx }
    - { name: e, image: europe-docker.pkg.dev/clinic/images/api:2 }
`,
    },
    {
      name: 'an image that another program fills in, none, and one that is no text',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - { name: a, image: "\${REGISTRY}/api" }
    - { name: b, image: "{{ .Values.image }}" }
    - { name: c, image: IMAGE_NAME }
    - { name: d, image: "" }
    - { name: e, image: 12 }
    - { name: f, image: "ko://example.com/cmd/api" }
`,
    },
    {
      name: 'an allowed registry, and an allowed part of a public one',
      settings: {
        images: {
          allowedRegistries: ['*.clinic.example', 'Quay.io/cilium/', 'docker.io/library/nginx'],
          mirrors: {},
        },
      },
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - { name: a, image: registry.clinic.example/team/api:1.4.2 }
    - { name: b, image: quay.io/cilium/cilium:v1.18.1 }
    - { name: c, image: nginx:1.27.1 }
`,
    },
  ],
  invalid: [
    {
      name: 'Docker Hub, with and without its name',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  initContainers:
    - name: migrate
      image: «docker.io/flyway/flyway:11.1.0»
  containers:
    - name: web
      image: «nginx:1.27.1»
`,
      errors: [
        { messageId: 'public' },
        {
          messageId: 'public',
          message:
            'This image comes from Docker Hub, a public registry: others decide what it serves, and so what handles ePHI. Pull it from a registry of your own.',
        },
      ],
      output: undefined,
    },
    {
      name: 'mirrors, the closest first',
      settings: {
        images: {
          allowedRegistries: [],
          mirrors: {
            'docker.io': 'clinic.azurecr.io/docker-hub',
            'docker.io/library': 'clinic.azurecr.io/official/',
            'quay.io': 'mirror.gcr.io/quay',
          },
        },
      },
      ...fixed(`apiVersion: apps/v1
kind: Deployment
metadata: { name: portal }
spec:
  template:
    spec:
      containers:
        - name: web
          image: «"nginx:1.27.1"→"clinic.azurecr.io/official/nginx:1.27.1"» # front door
        - name: cache
          image: «bitnami/redis@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855→clinic.azurecr.io/docker-hub/bitnami/redis@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855»
`),
      errors: [{ messageId: 'public' }, { messageId: 'public' }],
      alternatives: [
        {
          title: 'Pull clinic.azurecr.io/docker-hub/library/nginx instead',
          output: `apiVersion: apps/v1
kind: Deployment
metadata: { name: portal }
spec:
  template:
    spec:
      containers:
        - name: web
          image: "clinic.azurecr.io/docker-hub/library/nginx:1.27.1" # front door
        - name: cache
          image: bitnami/redis@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
`,
        },
      ],
    },
    {
      name: 'a private registry outside the list, and a mirror outside it too; the image of a volume',
      settings: {
        images: {
          allowedRegistries: ['registry.clinic.example/approved'],
          mirrors: { 'registry.k8s.io': 'registry.clinic.example/other' },
        },
      },
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - { name: api, image: «registry.clinic.example/approved-not/api:1.4.2» }
  volumes:
    - name: model
      image: { reference: «registry.k8s.io/models/triage:3.0.1» }
`,
      errors: [
        {
          messageId: 'notAllowed',
          message:
            'This image comes from registry.clinic.example, which is not among the allowed registries: nobody has approved what then handles ePHI. Pull it from an allowed registry.',
        },
        { messageId: 'notAllowed' },
      ],
      output: undefined,
    },
  ],
};
