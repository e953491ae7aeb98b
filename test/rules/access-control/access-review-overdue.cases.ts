import { documents } from '../../support/documents.ts';
import { mark } from '../../support/marked-text.ts';
import { grant, group, roleBinding } from '../../support/rbac.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const reviewed = (name: string, date: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}
  namespace: a
  annotations:
    kube-safeguards.io/access-review: ${date}
${grant('ClusterRole/reader', group('clinic-devs'))}`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'reviewed last month',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: a
  annotations:
    kube-safeguards.io/access-review: "2026-10-20"
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reader
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
    },
    {
      name: 'nobody records reviews here',
      code: roleBinding('a/support', 'ClusterRole/reader', group('clinic-devs')),
    },
  ],
  invalid: [
    {
      name: 'too long ago',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: a
  annotations:
    kube-safeguards.io/access-review: «"2026-01-20"»
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reader
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
      errors: [{ messageId: 'overdue', message: /last reviewed 306 days ago/ }],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: support
  namespace: a
  annotations:
    kube-safeguards.io/access-review: "2026-11-22"
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reader
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: clinic-devs
`,
    },
    {
      name: 'no date, and a binding that was forgotten',
      code: documents(
        reviewed('support', '«last spring»'),
        mark('«metadata»', roleBinding('a/b', 'ClusterRole/reader', group('clinic-devs'))),
      ),
      errors: [{ messageId: 'unreadable' }, { messageId: 'absent' }],
      output: documents(reviewed('support', '2026-11-22'), reviewed('b', '2026-11-22')),
    },
  ],
};
