import { block, documents, lines } from '../block.ts';
import {
  CERTIFICATE_FOLDER,
  CREDENTIALS_FOLDER,
  DATABASE_PORT,
  databasePart,
  endsTlsInProxy,
  healthPortOf,
  NAME_LABEL,
  SUPPOSED,
  servicePart,
} from '../parts.ts';
import type { Words } from '../words.ts';
import { CONSUL_LOGIN, CONSUL_LOGIN_MOUNT, consulAnnotations } from './consul.ts';

const POD_SECURITY = block`
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    seccompProfile:
      type: RuntimeDefault
`;

const CONTAINER_SECURITY = block`
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    capabilities:
      drop:
        - ALL
`;

/** Secrets as files that only the program reads. */
const SECRET_MODE = 'defaultMode: 0440';

export function deploymentFile(words: Words): string {
  const { name, namespace } = words;
  const certificates = certificateVolumes(words);
  return documents([
    block`
      # Runs without root and without privileges, on a file system that it cannot change.
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: ${name}
        namespace: ${namespace}
        labels:
          ${NAME_LABEL}: ${name}
      spec:
        replicas: ${words.replicas}
        selector:
          matchLabels:
            ${NAME_LABEL}: ${name}
        template:
          metadata:
            labels:
              ${NAME_LABEL}: ${name}
            ${words.mesh === 'consul' ? consulAnnotations(servicePart(words).portName) : ''}
          spec:
            serviceAccountName: ${name}
            automountServiceAccountToken: false
            ${POD_SECURITY}
            # One node or zone that fails leaves the records within reach.
            topologySpreadConstraints:
              ${['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((key) => spreadOver(key, name)).join('\n')}
            containers:
              - name: service
                image: ${words.image}
                imagePullPolicy: IfNotPresent
                ports:
                  - name: ${servicePart(words).portName}
                    containerPort: ${words.port}
                  ${healthPort(words)}
                env:
                  ${environment(words)}
                ${CONTAINER_SECURITY}
                resources:
                  ${words.resources}
                ${probes(words)}
                volumeMounts:
                  ${certificates.length > 0 ? CERTIFICATE_MOUNT : ''}
                  ${words.mesh === 'consul' ? CONSUL_LOGIN_MOUNT : ''}
                  - name: credentials
                    mountPath: ${CREDENTIALS_FOLDER}
                    readOnly: true
                  - name: tmp
                    mountPath: /tmp
            volumes:
              ${lines(certificates)}
              ${words.mesh === 'consul' ? CONSUL_LOGIN : ''}
              - name: credentials
                secret:
                  secretName: ${name}
                  ${SECRET_MODE}
              # Gone with the pod, and in memory: what is written here may be PHI.
              - name: tmp
                emptyDir:
                  medium: Memory
                  sizeLimit: 64Mi
    `,
  ]);
}

/** Its own certificate; where it needs none, that of the CA by which it knows its database. */
function certificateVolumes(words: Words): string[] {
  const isPlain = endsTlsInProxy(words);
  if (isPlain && !words.database) return [];
  return [
    block`
      - name: certificate
        secret:
          secretName: ${isPlain ? databasePart(words).name : words.name}-internal-tls
          ${SECRET_MODE}
          ${isPlain ? 'items:\n  - key: ca.crt\n    path: ca.crt' : ''}
    `,
  ];
}

const CERTIFICATE_MOUNT = block`
  - name: certificate
    mountPath: ${CERTIFICATE_FOLDER}
    readOnly: true
`;

function spreadOver(topologyKey: string, name: string): string {
  return block`
    - maxSkew: 1
      topologyKey: ${topologyKey}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          ${NAME_LABEL}: ${name}
  `;
}

function healthPort(words: Words): string {
  const port = healthPortOf(words);
  if (port === undefined) return '';
  return block`
    # Answers /ready and /live and nothing else, without TLS: the kubelet is no member of the mesh.
    - name: health
      containerPort: ${port}
  `;
}

/** What the program has to know. Credentials are files, since variables end up in dumps and in the output of debuggers. */
function environment(words: Words): string {
  const { namespace, database } = words;
  const port = healthPortOf(words);
  const isPlain = endsTlsInProxy(words);
  const settings: [string, string][] = [
    ['LISTEN_ADDRESS', `"${isPlain && words.mesh === 'consul' ? '127.0.0.1' : ''}:${words.port}"`],
    ...(port === undefined ? [] : [['HEALTH_ADDRESS', `":${port}"`] satisfies [string, string]]),
    ...(isPlain ? [] : OWN_TLS),
    ['LOG_FORMAT', 'json'],
    ...(database ? databaseSettings(databasePart(words).name, namespace) : []),
  ];
  return lines(settings.map(([name, value]) => `- name: ${name}\n  value: ${value}`));
}

const OWN_TLS: readonly [string, string][] = [
  ['TLS_CERT_FILE', `${CERTIFICATE_FOLDER}/tls.crt`],
  ['TLS_KEY_FILE', `${CERTIFICATE_FOLDER}/tls.key`],
  ['TLS_MIN_VERSION', '"1.2"'],
];

function databaseSettings(host: string, namespace: string): [string, string][] {
  return [
    ['PGHOST', `${host}.${namespace}.svc.cluster.local`],
    ['PGPORT', `"${DATABASE_PORT}"`],
    ['PGDATABASE', 'records'],
    ['PGUSER', 'records'],
    ['PGSSLMODE', 'verify-full'],
    ['PGSSLROOTCERT', `${CERTIFICATE_FOLDER}/ca.crt`],
    ['DATABASE_PASSWORD_FILE', `${CREDENTIALS_FOLDER}/database-password`],
  ];
}

function probes(words: Words): string {
  const own = endsTlsInProxy(words) ? 'port: http' : 'port: https\nscheme: HTTPS';
  const port = healthPortOf(words) === undefined ? own : 'port: health';
  const probe = (kind: string, path: string, more: string) => block`
    ${kind}:
      httpGet:
        path: ${path}
        ${port}
      ${more}
  `;
  return lines([
    probe('startupProbe', '/ready', 'periodSeconds: 5\nfailureThreshold: 30'),
    probe('readinessProbe', '/ready', ''),
    probe('livenessProbe', '/live', 'periodSeconds: 20'),
  ]);
}

/** PostgreSQL that takes TLS alone, on a volume that is encrypted. */
export function statefulSetFile(words: Words): string {
  const { namespace, mesh } = words;
  const { name, port, portName } = databasePart(words);
  return documents([
    block`
      # The database of the service. It takes no connection without TLS, and its volume is encrypted.
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: ${name}
        namespace: ${namespace}
        labels:
          ${NAME_LABEL}: ${name}
      spec:
        serviceName: ${name}
        replicas: 1
        selector:
          matchLabels:
            ${NAME_LABEL}: ${name}
        template:
          metadata:
            labels:
              ${NAME_LABEL}: ${name}
            ${mesh === 'consul' ? consulAnnotations(portName) : ''}
          spec:
            serviceAccountName: ${name}
            automountServiceAccountToken: false
            ${POD_SECURITY}
            containers:
              - name: postgres
                image: ${words.databaseImage}
                imagePullPolicy: IfNotPresent
                # PostgreSQL reads a renewed certificate when it is told to: twice a day, long before the old one expires.
                command:
                  - bash
                  - -c
                  - (while sleep 43200; do pg_ctl reload --silent; done) & exec docker-entrypoint.sh "$@"
                  - postgres
                args:
                  - -c
                  - ssl=on
                  - -c
                  - ssl_min_protocol_version=TLSv1.2
                  - -c
                  - ssl_cert_file=${CERTIFICATE_FOLDER}/tls.crt
                  - -c
                  - ssl_key_file=${CERTIFICATE_FOLDER}/tls.key
                  - -c
                  - hba_file=/etc/postgresql/pg_hba.conf
                ports:
                  - name: ${portName}
                    containerPort: ${port}
                env:
                  - name: POSTGRES_DB
                    value: records
                  - name: POSTGRES_USER
                    value: records
                  - name: POSTGRES_PASSWORD_FILE
                    value: ${CREDENTIALS_FOLDER}/password
                  - name: PGDATA
                    value: /var/lib/postgresql/data/pgdata
                ${CONTAINER_SECURITY}
                resources:
                  requests:
                    cpu: 250m
                    memory: 512Mi
                  limits:
                    memory: 1Gi
                startupProbe:
                  exec:
                    command: ${IS_READY}
                  periodSeconds: 5
                  failureThreshold: 30
                readinessProbe:
                  exec:
                    command: ${IS_READY}
                livenessProbe:
                  exec:
                    command: ${IS_READY}
                  periodSeconds: 20
                  failureThreshold: 6
                volumeMounts:
                  - name: data
                    mountPath: /var/lib/postgresql/data
                  - name: access
                    mountPath: /etc/postgresql
                    readOnly: true
                  ${CERTIFICATE_MOUNT}
                  ${mesh === 'consul' ? CONSUL_LOGIN_MOUNT : ''}
                  - name: credentials
                    mountPath: ${CREDENTIALS_FOLDER}
                    readOnly: true
                  - name: run
                    mountPath: /var/run/postgresql
                  - name: tmp
                    mountPath: /tmp
            volumes:
              - name: access
                configMap:
                  name: ${name}
              - name: certificate
                secret:
                  secretName: ${name}-internal-tls
                  ${SECRET_MODE}
              ${mesh === 'consul' ? CONSUL_LOGIN : ''}
              - name: credentials
                secret:
                  secretName: ${name}
                  ${SECRET_MODE}
              - name: run
                emptyDir:
                  medium: Memory
                  sizeLimit: 16Mi
              - name: tmp
                emptyDir:
                  medium: Memory
                  sizeLimit: 64Mi
        # The records outlive the database that wrote them.
        persistentVolumeClaimRetentionPolicy:
          whenDeleted: Retain
          whenScaled: Retain
        volumeClaimTemplates:
          - metadata:
              name: data
            spec:
              accessModes:
                - ReadWriteOnce
              storageClassName: ${SUPPOSED.storageClass}
              resources:
                requests:
                  storage: ${words.storage}
    `,
  ]);
}

const IS_READY = '["pg_isready", "--host=/var/run/postgresql"]';

/** Who may log in to the database: with TLS alone, by a password that never crosses the network. */
export function configMapFile(words: Words): string {
  const { name } = databasePart(words);
  return documents([
    block`
      # Who may log in to the database, and how. "hostssl" takes no connection without TLS.
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: ${name}
        namespace: ${words.namespace}
      data:
        pg_hba.conf: |
          local    all  all       scram-sha-256
          hostssl  all  all  all  scram-sha-256
    `,
  ]);
}

/** Draining a node leaves one replica running. */
export function disruptionBudgetFile({ name, namespace }: Words): string {
  return documents([
    block`
      # Nodes may be drained, but never under the last replica: records have to stay within reach.
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: ${name}
        namespace: ${namespace}
      spec:
        minAvailable: 1
        selector:
          matchLabels:
            ${NAME_LABEL}: ${name}
    `,
  ]);
}
