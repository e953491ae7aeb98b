import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const WORKFLOW = `name: image
on:
  push:
    branches: [main]
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - uses: docker/build-push-action@v6
        with:
          push: true
          tags: registry.clinic.example/api:\${{ github.sha }}
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'a workflow that scans what it pushes',
      code: `name: image
on:
  push:
    branches: [main]
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - uses: docker/build-push-action@v6
        with:
          push: true
          tags: registry.clinic.example/api:\${{ github.sha }}
      - uses: anchore/scan-action@v7
        with:
          image: registry.clinic.example/api:\${{ github.sha }}
`,
    },
    {
      name: 'a build that is not pushed, and a workflow without images',
      code: `on: [pull_request]
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/build-push-action@v6
        with: { push: false, tags: api }
      - run: |
          # docker push registry.clinic.example/api
          docker build -t api .
          docker compose up --detach
`,
    },
    {
      name: 'another pipeline of the workspace scans',
      code: `${WORKFLOW}---
on: { schedule: [{ cron: "0 3 * * *" }] }
jobs:
  scan:
    runs-on: ubuntu-24.04
    steps:
      - run: grype registry.clinic.example/api:latest
`,
    },
    {
      name: 'GitLab: what is included may scan; one that scans',
      code: `include:
  - project: platform/pipelines
    file: images.yml
build:
  script:
    - docker build -t $CI_REGISTRY_IMAGE .
    - docker push $CI_REGISTRY_IMAGE
---
build:
  script: [docker push $CI_REGISTRY_IMAGE]
container_scanning:
  script: [gtcs scan]
`,
    },
    {
      name: 'files that only look alike',
      code: `services:
  api: { image: "registry.clinic.example/api", command: docker push registry.clinic.example/api }
steps: docker push
---
openapi: 3.1.0
paths: { /docker: { get: { description: "docker push a/b", x-steps: [] } } }
jobs: []
---
kind: pipeline
steps: [{ name: push, image: plugins/docker }]
`,
    },
    {
      name: 'Tekton: a Task is only a part; a Pipeline that scans',
      code: `apiVersion: tekton.dev/v1
kind: Task
metadata: { name: kaniko }
spec:
  steps:
    - { name: build, image: gcr.io/kaniko-project/executor, command: [/kaniko/executor], args: [--destination=a] }
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: { name: image }
spec:
  tasks:
    - { name: build, taskRef: { name: kaniko } }
    - { name: scan, taskRef: { name: trivy-scanner } }
`,
    },
  ],
  invalid: [
    {
      name: 'GitHub Actions',
      code: WORKFLOW.replace('- uses: docker', '- «uses»: docker'),
      errors: [
        {
          messageId: 'missing',
          severity: 'warning',
          message:
            'This GitHub Actions pipeline pushes an image that nothing scans, so known flaws and malicious packages can reach what handles ePHI. Scan it with Trivy or a scanner of your choice, and fail on critical findings.',
        },
      ],
      output: `${WORKFLOW}      - name: Scan the image with Trivy
        uses: aquasecurity/trivy-action@57a97c7e7821a5776cebc9bb87c984fa69cba8f1
        with:
          image-ref: "registry.clinic.example/api:\${{ github.sha }}"
          exit-code: "1"
          severity: "HIGH,CRITICAL"
`,
    },
    {
      name: 'a scan of manifests is none of images',
      ...fixed(`on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: trivy config .
+      - name: Scan the image with Trivy
+        uses: aquasecurity/trivy-action@57a97c7e7821a5776cebc9bb87c984fa69cba8f1
+        with:
+          image-ref: registry.clinic.example/api:1
+          exit-code: "1"
+          severity: "HIGH,CRITICAL"
      - «run»: docker push registry.clinic.example/api:1
      - run: snyk iac test
`),
      errors: [{ messageId: 'missing' }],
    },
    {
      name: 'tags that another step makes; not those of a registry for tests',
      ...fixed(`on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: docker push localhost:5000/api
      - run: KO_DOCKER_REPO=ko.local ko build --local ./cmd/api
  image:
    runs-on: ubuntu-24.04
    steps:
      - { id: meta, uses: docker/metadata-action@v5 }
      - «uses»: docker/build-push-action@v6
        with: { push: "\${{ github.ref == 'refs/heads/main' }}", tags: "\${{ steps.meta.outputs.tags }}" }
+      - name: Scan the image with Trivy
+        uses: aquasecurity/trivy-action@57a97c7e7821a5776cebc9bb87c984fa69cba8f1
+        with:
+          image-ref: "\${{ fromJSON(steps.meta.outputs.json).tags[0] }}"
+          exit-code: "1"
+          severity: "HIGH,CRITICAL"
`),
      errors: [{ messageId: 'missing' }],
    },
    {
      name: 'GitLab CI, with a continued line, alone',
      isolated: true,
      code: `stages: [build, deploy]
build:
  stage: build
  «script»:
    - docker build -t "$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA" .
    - |
      docker \\
        push "$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA"
deploy:
  stage: deploy
  script:
    - kubectl apply -f manifests
`
        .replace('build:\n  stage', '«build»:\n  stage')
        .replace('«script»', 'script'),
      errors: [{ messageId: 'missing', message: /^This GitLab CI pipeline/ }],
      output: `stages: [build, deploy]
build:
  stage: build
  script:
    - docker build -t "$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA" .
    - |
      docker \\
        push "$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA"
deploy:
  stage: deploy
  script:
    - kubectl apply -f manifests
scan-image:
  stage: build
  needs:
    - build
  image:
    name: aquasec/trivy:0.69.3
    entrypoint:
      - ""
  script:
    - "trivy image --exit-code 1 --severity HIGH,CRITICAL $CI_REGISTRY_IMAGE:$CI_COMMIT_SHA"
`,
    },
    {
      name: 'Azure Pipelines: a task that builds and pushes by default',
      ...fixed(`trigger: [main]
pool: { vmImage: ubuntu-24.04 }
stages:
  - stage: image
    jobs:
      - job: image
        steps:
          - checkout: self
          - «task»: Docker@2
            inputs:
              containerRegistry: clinic
              repository: api
+          - script: "docker run --rm -v /var/run/docker.sock:/var/run/docker.sock aquasec/trivy:0.69.3 image --exit-code 1 --severity HIGH,CRITICAL REPLACE_WITH_YOUR_IMAGE"
+            displayName: Scan the image with Trivy
`),
      errors: [{ messageId: 'missing', message: /^This Azure Pipelines pipeline/ }],
    },
    {
      name: 'CircleCI: a step that only pushes is scanned before it',
      ...fixed(`version: 2.1
jobs:
  image:
    machine: true
    steps:
      - checkout
      - run: docker build -t clinic/api .
      - «run»:
+          name: Scan the image with Trivy
+          command: "docker run --rm -v /var/run/docker.sock:/var/run/docker.sock aquasec/trivy:0.69.3 image --exit-code 1 --severity HIGH,CRITICAL clinic/api"
+      - run:
          name: Push
          command: docker push clinic/api
`),
      errors: [{ messageId: 'missing', message: /^This CircleCI pipeline/ }],
    },
    {
      name: 'CircleCI by an orb, and Tekton: the fix is words',
      code: `version: 2.1
orbs: { aws-ecr: circleci/aws-ecr@9.5.2 }
jobs: {}
workflows:
  image:
    jobs:
      - «aws-ecr/build_and_push_image»:
          repo: api
---
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: { generateName: image- }
spec:
  pipelineSpec:
    tasks:
      - name: «build»
        taskRef:
          resolver: hub
          params: [{ name: name, value: buildah }]
`,
      errors: [{ messageId: 'missing' }, { messageId: 'missing', message: /^This Tekton pipeline/ }],
      output: undefined,
    },
  ],
};
