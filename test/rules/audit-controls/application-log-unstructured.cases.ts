import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'JSON',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: orders
  namespace: clinic
spec:
  containers:
    - name: api
      image: registry.example.com/orders:1
      env:
        - name: LOG_FORMAT
          value: json
`,
    },
    {
      name: 'fields with equals signs, formats of other things, and values of other kinds',
      code: `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: phi }
spec:
  containers:
    - name: a
      args: [--log-format=logfmt, --format=text, --log-level, text, --catalog-format=text]
      env:
        - { name: LOG_FORMAT, value: logfmt }
        - { name: REPORT_FORMAT, value: text }
        - { name: LOG_FORMAT, value: "%h %l %u" }
        - { name: LOG_FORMAT, valueFrom: { configMapKeyRef: { name: a, key: b } } }
        - { name: LOG_FORMAT, value: [text] }
`,
    },
    {
      name: 'files that are read by people or interpreters, and lines about other things',
      code: `apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: phi }
data:
  README.md: "log_format: text"
  app.py: log_format = "text"
  dashboard.json: |
    {
      "log_format": "text",
      "panels": []
    }
  app.yaml: |
    catalog_format: text
    # log_format: text
    log_format: text, with the time
    log_format: json
`,
    },
    {
      name: 'outside of PHI scope',
      code: `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: web, labels: { kube-safeguards.io/phi: "false" } }
spec: { containers: [{ name: a, env: [{ name: LOG_FORMAT, value: text }] }] }
`,
    },
  ],
  invalid: [
    {
      name: 'a variable',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: orders
  namespace: clinic
spec:
  containers:
    - name: api
      image: registry.example.com/orders:1
      env:
        - name: LOG_FORMAT
          value: «text» # easier to read
`,
      errors: [
        {
          messageId: 'text',
          message:
            'Container "api" writes its log as text (LOG_FORMAT=text), which cannot be searched by user or record. Write JSON.',
        },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: orders
  namespace: clinic
spec:
  containers:
    - name: api
      image: registry.example.com/orders:1
      env:
        - name: LOG_FORMAT
          value: json # easier to read
`,
    },
    {
      name: 'flags in both forms, keys of ConfigMaps and lines of their files; CRLF',
      ...fixed(
        `apiVersion: apps/v1
kind: Deployment
metadata: { name: a, namespace: phi }
spec:
  template:
    spec:
      containers:
        - name: a
          args: [--log-format=«text→json», --logging-format, «console→json»]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: phi }
data:
  LOG_ENCODING: «"PLAIN"→"JSON"»
  application.yaml: |
    server: { port: 8443 }
    logging:
      log_format: "«text→json»"
    # log_format: text
`.replaceAll('\n', '\r\n'),
      ),
      errors: Array.from({ length: 4 }, () => ({ messageId: 'text' })),
    },
  ],
};
