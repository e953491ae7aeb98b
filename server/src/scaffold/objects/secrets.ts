import { block, documents } from '../block.ts';
import { databasePart, SUPPOSED } from '../parts.ts';
import type { Words } from '../words.ts';

/** Credentials come from the secret store: no manifest, and so no repository, holds them. */
export function externalSecretFile(words: Words): string {
  const { name, namespace, database } = words;
  const secret = (comment: string, secretName: string) => block`
    # ${comment}
    apiVersion: external-secrets.io/v1
    kind: ExternalSecret
    metadata:
      name: ${secretName}
      namespace: ${namespace}
    spec:
      refreshInterval: 1h
      secretStoreRef:
        kind: ClusterSecretStore
        name: ${SUPPOSED.secretStore}
      target:
        name: ${secretName}
        deletionPolicy: Retain
      dataFrom:
        - extract:
            key: ${namespace}-${secretName}
  `;
  return documents([
    secret(
      database
        ? 'The credentials of the service, each a file in the pod; "database-password" among them.'
        : 'The credentials of the service, each a file in the pod.',
      name,
    ),
    database ? secret('The password of the database, as "password".', databasePart(words).name) : '',
  ]);
}
