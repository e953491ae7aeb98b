import { block, documents } from '../block.ts';
import { databasePart, SUPPOSED } from '../parts.ts';
import type { Words } from '../words.ts';

/** An identity for each workload, without a token: neither of them talks to the API server. */
export function serviceAccountFile(words: Words): string {
  const { name, namespace, database, needsPullSecret, mesh } = words;
  const account = (comment: string, accountName: string) => block`
    # ${comment}
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: ${accountName}
      namespace: ${namespace}
    automountServiceAccountToken: false
    ${needsPullSecret ? `imagePullSecrets:\n  - name: ${SUPPOSED.pullSecret}` : ''}
  `;
  return documents([
    account(
      `The identity that policies know the service by. ${
        mesh === 'consul' ? 'It has no role' : 'It gets no token'
      }: nothing here asks the API server.`,
      name,
    ),
    database ? account('The identity of its database.', databasePart(words).name) : '',
  ]);
}

/** What the people who run the service may see: its state, but neither Secrets nor logs, nor a shell. */
export function roleFile({ name, namespace }: Words): string {
  return documents([
    block`
      # For the people who keep the service running: its state, but no Secrets, no logs, no shell and no change. The service itself needs no role.
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata:
        name: ${name}-operator
        namespace: ${namespace}
      rules:
        - apiGroups:
            - ""
          resources:
            - pods
            - services
            - events
          verbs:
            - get
            - list
            - watch
        - apiGroups:
            - apps
          resources:
            - deployments
            - statefulsets
          verbs:
            - get
            - list
            - watch
    `,
  ]);
}

export function roleBindingFile({ name, namespace }: Words): string {
  return documents([
    block`
      # The group comes from your identity provider, which asks its members for a second factor.
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata:
        name: ${name}-operator
        namespace: ${namespace}
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: Role
        name: ${name}-operator
      subjects:
        - apiGroup: rbac.authorization.k8s.io
          kind: Group
          name: ${name}-operators
    `,
  ]);
}
