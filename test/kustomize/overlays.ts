export interface Case {
  readonly name: string;
  /** The kustomization of the overlay `prod`, whose base has workloads and what they refer to. */
  readonly overlay: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** Overlays of a base with workloads and what they refer to. */
export const overlays: readonly Case[] = [
  { name: 'nothing but a base', overlay: '' },
  { name: 'namePrefix and nameSuffix', overlay: 'namePrefix: a-\nnameSuffix: -z\n' },
  { name: 'namespace', overlay: 'namespace: clinic\n' },
  { name: 'namespace, prefix and references to both', overlay: 'namespace: clinic\nnamePrefix: a-\n' },
  { name: 'fields in any case', overlay: 'nameprefix: a-\n' },
  { name: 'commonLabels', overlay: 'commonLabels: { owner: team, count: "1" }\n' },
  { name: 'commonAnnotations', overlay: 'commonAnnotations: { note: "yes" }\n' },
  {
    name: 'labels',
    overlay: `labels:
  - pairs: { plain: a }
  - { pairs: { selecting: b }, includeSelectors: true }
  - { pairs: { templated: c }, includeTemplates: true }
  - { pairs: { special: d }, fields: [{ path: spec/other/labels, create: true, kind: Widget }] }
`,
  },
  {
    name: 'images',
    overlay: `images:
  - { name: registry.example.com:5000/team/web, newTag: "2.0" }
  - { name: busybox, newName: mirror/busybox, digest: sha256:def }
  - { name: side, newName: other }
  - { name: tool, newTag: "3" }
`,
  },
  { name: 'replicas', overlay: 'replicas: [{ name: web, count: 5 }, { name: db, count: 2 }]\n' },
  {
    name: 'a strategic merge patch',
    overlay: 'patches: [{ path: patch.yaml }]\n',
    files: {
      'prod/patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { tier: null, more: x } }
spec:
  replicas: 3
  template:
    spec:
      tolerations: [{ key: c }]
      containers:
        - name: web
          image: web:patched
          resources: { limits: { cpu: 1 } }
          ports: [{ containerPort: 8080, protocol: UDP }, { containerPort: 9090, name: metrics }]
          env:
            - { name: NEW, value: x }
            - { name: A, value: 2 }
            - { name: B, $patch: delete }
        - { name: added, image: "added:1" }
        - { name: side, $patch: delete }
      volumes:
        - { $patch: replace }
        - { name: tmp, emptyDir: {} }
`,
    },
  },
  {
    name: 'directives of patches',
    overlay: `patches:
  - patch: |-
      apiVersion: v1
      kind: Service
      metadata: { name: web }
      $patch: delete
  - patch: |-
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: { name: db }
      spec:
        selector: { $patch: replace, matchLabels: { x: y } }
        template: { spec: { affinity: { $patch: delete } } }
  - patch: |-
      apiVersion: example.com/v1
      kind: Widget
      metadata: { name: custom }
      spec: { items: [{ name: b }], nothing: null, empty: {}, list: [] }
`,
  },
  {
    name: 'patches with targets',
    overlay: `patches:
  - target: { kind: "Deployment|StatefulSet", name: "w.*" }
    patch: |-
      apiVersion: any/v1
      kind: Deployment
      metadata: { name: any }
      spec: { template: { spec: { hostNetwork: false } } }
  - target: { labelSelector: "tier in (front, back), !absent, tier!=x" }
    patch: '[{ "op": "add", "path": "/metadata/labels/patched", "value": "true" }]'
  - target: { group: rbac.authorization.k8s.io, version: v1, kind: Role }
    patch: |-
      - { op: add, path: /rules/-, value: { apiGroups: [""], resources: [pods], verbs: [list] } }
      - { op: test, path: /rules/0/verbs/0, value: get }
      - { op: replace, path: /rules/0/verbs/0, value: watch }
      - { op: copy, from: /rules/0/verbs/0, path: /rules/1/verbs/0 }
      - { op: move, from: /rules/0/resourceNames, path: /rules/1/resourceNames }
      - { op: add, path: /metadata/annotations/a~1b, value: c }
      - { op: remove, path: /rules/-1 }
`,
  },
  {
    name: 'patchesStrategicMerge and patchesJson6902',
    overlay: `patchesStrategicMerge:
  - patch.yaml
  - |-
    apiVersion: v1
    kind: ServiceAccount
    metadata: { name: runner }
    imagePullSecrets: [{ name: pull }]
patchesJson6902:
  - target: { group: apps, version: v1, kind: Deployment, name: web }
    path: ops.json
  - target: { version: v1, kind: Service, name: web }
    patch: |-
      - op: replace
        path: /spec/ports/0/port
        value: 8080
`,
    files: {
      'prod/patch.yaml': `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80, name: http }, { port: 81 }] }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, finalizers: [a, b] }
`,
      'prod/ops.json': '[{"op": "replace", "path": "/spec/replicas", "value": 7}]',
    },
  },
  {
    name: 'patches that change names and kinds',
    overlay: `patches:
  - target: { kind: Service, name: web }
    options: { allowNameChange: true }
    patch: |-
      apiVersion: v1
      kind: Service
      metadata: { name: renamed }
  - target: { kind: Widget }
    options: { allowKindChange: true }
    patch: |-
      apiVersion: example.com/v1
      kind: Gadget
      metadata: { name: custom }
`,
  },
  {
    name: 'replacements',
    overlay: `namePrefix: p-
replacements:
  - source: { kind: Service, name: web, fieldPath: metadata.name }
    targets:
      - select: { kind: Deployment }
        fieldPaths: ["spec.template.spec.containers.[name=web].env.[name=A].value", spec.template.spec.containers.1.workingDir]
        options: { create: true }
      - select: { kind: Widget }
        reject: [{ name: other }]
        fieldPaths: ["spec.items.*.name"]
  - source: { kind: Deployment, fieldPath: spec.template.spec.containers.0.image, options: { delimiter: ":", index: 0 } }
    targets:
      - select: { kind: StatefulSet }
        fieldPaths: ["spec.template.spec.containers.[name=db].image"]
        options: { delimiter: ":", index: 0 }
      - select: { kind: Ingress }
        fieldPaths: ["metadata.annotations.[example.com/image]"]
        options: { create: true }
  - path: more.yaml
`,
    files: {
      'prod/more.yaml': `- source: { kind: Deployment, fieldPath: spec.template.spec.tolerations }
  targets:
    - select: { kind: StatefulSet }
      fieldPaths: [spec.template.spec.tolerations]
      options: { create: true }
`,
    },
  },
  {
    name: 'vars',
    overlay: `namePrefix: p-
vars:
  - name: HOST
    objref: { apiVersion: v1, kind: Service, name: web }
  - name: PORT
    objref: { apiVersion: v1, kind: Service, name: web }
    fieldref: { fieldpath: "spec.ports[0].port" }
`,
  },
  {
    name: 'generators of every sort',
    overlay: `generatorOptions:
  labels: { generated: "yes", kept: global }
  annotations: { a: b }
configMapGenerator:
  - name: files
    files: [files/one.txt, other=files/two.txt, binary.dat]
    envs: [env.txt]
    literals: ['quoted="x y"', "single='z'", 'html=<a & b>', empty=]
  - { name: plain, options: { disableNameSuffixHash: true, labels: { kept: own }, immutable: true }, literals: [x=y] }
  - { name: nothing, namespace: elsewhere }
secretGenerator:
  - { name: tls, type: kubernetes.io/tls, files: [tls.crt=files/one.txt] }
  - { name: long, files: [files/long.txt] }
`,
    files: {
      'prod/files/one.txt': 'one\nline two\n',
      'prod/files/two.txt': 'no line end',
      'prod/files/long.txt': 'x'.repeat(100),
      'prod/binary.dat': new Uint8Array([0, 255, 1, 254]),
      'prod/env.txt': '# comment\nKEY=value=more\n  SPACED= x \n\nALONE\n',
    },
  },
  {
    name: 'generators that merge into and replace those of the base',
    overlay: `configMapGenerator:
  - { name: settings, behavior: merge, literals: [b=three, d=4] }
secretGenerator:
  - { name: keys, behavior: replace, literals: [e=5] }
namePrefix: p-
`,
  },
  {
    name: 'components',
    overlay: 'components: [../component]\nnamePrefix: p-\n',
    files: {
      'component/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [extra.yaml]
nameSuffix: -c
patches:
  - target: { kind: Deployment }
    patch: '[{"op": "replace", "path": "/spec/replicas", "value": 9}]'
`,
      'component/extra.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: extra }\n',
    },
  },
  {
    name: 'configurations',
    overlay:
      'namePrefix: p-\ncommonLabels: { l: m }\nimages: [{ name: tool, newTag: "9" }]\nconfigurations: [config.yaml]\nresources: [../base, gadget.yaml]\n',
    files: {
      'prod/gadget.yaml': `apiVersion: example.com/v1
kind: Gadget
metadata: { name: gadget }
spec: { serviceRef: { name: web }, picture: "tool:1" }
`,
      'prod/config.yaml': `nameReference:
  - { kind: Service, version: v1, fieldSpecs: [{ kind: Gadget, path: spec/serviceRef/name }] }
commonLabels: [{ path: spec/chosen, kind: Gadget, create: true }]
images: [{ path: spec/picture, kind: Gadget }]
`,
    },
  },
  {
    name: 'transformers and generators in files of their own',
    overlay: `transformers:
  - transformer.yaml
  - |-
    apiVersion: builtin
    kind: LabelTransformer
    metadata: { name: any }
    labels: { by: transformer }
    fieldSpecs: [{ path: metadata/labels, create: true }]
generators: [generator.yaml]
`,
    files: {
      'prod/transformer.yaml': `apiVersion: builtin
kind: NamespaceTransformer
metadata: { name: any, namespace: chosen }
setRoleBindingSubjects: allServiceAccounts
unsetOnly: true
---
apiVersion: builtin
kind: PrefixTransformer
metadata: { name: any }
prefix: t-
fieldSpecs: [{ path: metadata/name, kind: Deployment }]
---
apiVersion: builtin
kind: PatchTransformer
metadata: { name: any }
target: { kind: StatefulSet }
patch: '[{"op": "add", "path": "/spec/replicas", "value": 4}]'
`,
      'prod/generator.yaml': `apiVersion: builtin
kind: ConfigMapGenerator
metadata: { name: made }
literals: [k=v]
`,
    },
  },
  { name: 'sortOptions: as they come', overlay: 'sortOptions: { order: fifo }\n' },
  {
    name: 'sortOptions: an order of kinds',
    overlay:
      'sortOptions: { order: legacy, legacySortOptions: { orderFirst: [Deployment], orderLast: [Secret] } }\n',
  },
  {
    name: 'buildMetadata',
    overlay: 'buildMetadata: [managedByLabel, originAnnotations]\nnamespace: clinic\n',
  },
  {
    name: 'openapi and crds, which are left alone',
    overlay: 'openapi: { version: v1.21.2 }\ncrds: []\n',
  },
];
