import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const NOT_CHECKED = 'What cannot be read is not checked, so safeguards may be missing here unnoticed.';

const BOMB = `apiVersion: v1
kind: ConfigMap
a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, «*b», *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'a manifest',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
  labels: &labels
    app: portal
data:
  tabs: "a	b"
  script: |
    run:
    	make all
x-more: *labels
`,
    },
    {
      name: 'an empty key behind a question mark, or in quotes',
      code: `apiVersion: v1\nkind: ConfigMap\ndata:\n  ?\n  : x\n---\napiVersion: v1\nkind: ConfigMap\ndata: { "": x }\n`,
    },
    { name: 'broken text that is no manifest', code: 'kind: [oops\n\tx: 1\n' },
    {
      name: 'a key of a merged map written again',
      code: 'apiVersion: v1\nkind: ConfigMap\nx: &x { a: "1" }\ndata: { <<: *x, a: "2" }\n',
    },
  ],
  invalid: [
    {
      name: 'a key twice, with the same value',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  hostNetwork: false # not needed
  containers: []
  «hostNetwork»: false
`,
      errors: [
        {
          messageId: 'duplicateKey',
          message:
            'This key is already in the map; only one can count. Kubernetes refuses the manifest, and tools that accept it disagree on which safeguard is deployed. Keep one.',
        },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers: []
  hostNetwork: false
`,
    },
    {
      name: 'a key three times, with other values, CRLF and a second document',
      code: `apiVersion: v1\r
kind: ConfigMap\r
---\r
apiVersion: v1\r
kind: ConfigMap\r
metadata: {name: a}\r
data:\r
  a: one\r
  «a»: two\r
  b: x\r
  «a»: three\r
`,
      errors: [{ messageId: 'duplicateKey' }, { messageId: 'duplicateKey' }],
      output: `apiVersion: v1\r
kind: ConfigMap\r
---\r
apiVersion: v1\r
kind: ConfigMap\r
metadata: {name: a}\r
data:\r
  b: x\r
  a: three\r
`,
    },
    {
      name: 'tabs for indentation',
      code: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n«\t»name: a\n«\t»namespace: phi\n«\t»labels:\n«\t»\tapp: a # tab\n',
      errors: [
        { messageId: 'tab', message: `YAML is indented by spaces; a tab cannot be used. ${NOT_CHECKED}` },
        { messageId: 'tab' },
        { messageId: 'tab' },
        { messageId: 'tab' },
      ],
      output:
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: phi\n  labels:\n    app: a # tab\n',
    },
    {
      name: 'tabs that belong to a text',
      ...fixed(
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n«\t→  »name: a\n«\t→  »namespace: phi\ndata:\n  Makefile: |\n    all:\n    \tmake all\n\n    \t\tdone\n  b: |\n    x\n',
      ),
      errors: [{ messageId: 'tab' }, { messageId: 'tab' }],
    },
    {
      name: 'an alias without an anchor',
      code: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: «*labels» }\n',
      errors: [{ messageId: 'undefinedAlias' }],
      output: undefined,
    },
    {
      name: 'a bracket that is not closed',
      code: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a\n«d»ata: {}\n',
      errors: [{ messageId: 'syntax' }],
      output: undefined,
    },
    {
      name: 'a bracket that is still open at the end',
      code: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: «[»\n---\napiVersion: v1\nkind: ConfigMap\n',
      errors: [
        {
          messageId: 'syntax',
          message: `A bracket or brace above is still open here: close it. ${NOT_CHECKED}`,
        },
      ],
      output: undefined,
    },
    {
      name: 'colons without a key',
      code: `apiVersion: v1\nkind: ConfigMap\n  «:» [a]\ndata: { a: b, «:» c }\n`,
      errors: Array(2).fill({
        messageId: 'syntax',
        message: `A key is missing before this colon. ${NOT_CHECKED}`,
      }),
      output: undefined,
    },
    {
      name: 'aliases that expand without end',
      code: BOMB,
      errors: [{ messageId: 'tooLarge' }],
      output: undefined,
    },
  ],
};
