import type { ServiceAnswers } from '../answers.ts';
import { block, documents } from '../block.ts';
import { CREDENTIALS_FOLDER, databasePart } from '../parts.ts';

/**
 * What the API server has to record about the namespace, as a whole policy that can be used or merged.
 *
 * Source: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/; 45 CFR 164.312(b)
 */
export function auditPolicyFile({ namespace }: ServiceAnswers): string {
  return documents([
    block`
      # For --audit-policy-file of the API server. Of the rules that match, the first decides: in a policy of your own, keep this order and put
      # these before rules that leave noise out. Logs are kept for six years.
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages:
        - RequestReceived
      rules:
        # Never the bodies of these: they would copy ePHI and credentials into the log.
        - level: Metadata
          resources:
            - group: ""
              resources:
                - secrets
                - configmaps
                - serviceaccounts/token
            - group: authentication.k8s.io
              resources:
                - tokenreviews
        # What people do inside containers.
        - level: Request
          resources:
            - group: ""
              resources:
                - pods/exec
                - pods/attach
                - pods/portforward
                - pods/ephemeralcontainers
        # Who gave access to whom, word by word.
        - level: RequestResponse
          verbs:
            - create
            - update
            - patch
            - delete
            - deletecollection
          resources:
            - group: rbac.authorization.k8s.io
            - group: networking.k8s.io
              resources:
                - networkpolicies
        # Who reads or changes anything where PHI is.
        - level: Metadata
          namespaces:
            - ${namespace}
        # Health checks of the API server itself.
        - level: None
          nonResourceURLs:
            - /healthz*
            - /livez*
            - /readyz*
        # Everything else: who, when, what, but not the content.
        - level: Metadata
    `,
  ]);
}

/**
 * What Falco has to tell about the service: it runs one program, so that others are news.
 *
 * Source: https://falco.org/docs/concepts/rules/; the macros are those of its default rules.
 */
export function falcoRulesFile({ name, namespace, database }: ServiceAnswers): string {
  const own = identifier(namespace, name);
  const unlessStarting = database ? ` and not starts_database_of_${own}` : '';
  return documents([
    block`
      # Rules of Falco for this service, beside its default rules, whose macros they use. Mount the ConfigMap as a file in /etc/falco/rules.d. The
      # messages name programs and pods, and never arguments or contents, which may be PHI.
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: falco-rules-${namespace}-${name}
        namespace: falco
      data:
        ${namespace}-${name}.yaml: |
          - macro: in_${own}
            condition: container and k8s.ns.name = "${namespace}" and k8s.pod.name startswith "${name}-"
          ${database ? databaseStart(own, name) : ''}

          - rule: Shell in ${namespace}/${name}
            desc: Somebody works in a container that handles ePHI. Nobody has to.
            condition: spawned_process and in_${own} and proc.name in (ash, bash, csh, dash, fish, ksh, sh, tcsh, zsh)${unlessStarting}
            output: Shell in a PHI workload (program=%proc.name parent=%proc.pname pod=%k8s.pod.name user=%user.uid)
            priority: WARNING
            tags: [hipaa, "164.312(b)"]

          - rule: Credentials of ${namespace}/${name} read by another program
            desc: Credentials are read by the program of the container alone, which is its first process.
            condition: open_read and in_${own} and fd.name startswith ${CREDENTIALS_FOLDER}/ and proc.vpid != 1${unlessStarting}
            output: Credentials of a PHI workload read (program=%proc.name parent=%proc.pname file=%fd.name pod=%k8s.pod.name)
            priority: CRITICAL
            tags: [hipaa, "164.312(a)(1)"]

          - rule: Package manager in ${namespace}/${name}
            desc: What runs is what the image brings; software that is added is an intruder's.
            condition: spawned_process and in_${own} and proc.name in (apk, apt, apt-get, dnf, dpkg, microdnf, npm, pip, rpm, yum)
            output: Package manager in a PHI workload (program=%proc.name parent=%proc.pname pod=%k8s.pod.name user=%user.uid)
            priority: CRITICAL
            tags: [hipaa, "164.312(c)(1)"]
    `,
  ]);
}

/**
 * The image of PostgreSQL starts by a script of bash, which reads the password in a process of its own; initdb and pg_ctl run programs by a shell. What is typed
 * into the container has none of these parents, and what a query runs has PostgreSQL for one.
 *
 * Source: https://github.com/docker-library/postgres (docker-entrypoint.sh), https://falco.org/docs/reference/rules/supported-fields/
 */
function databaseStart(own: string, name: string): string {
  return block`

    # How the database starts: by a script, the first process, and the programs that it calls.
    - macro: starts_database_of_${own}
      condition: >-
        k8s.pod.name startswith "${databasePart({ name }).name}-" and
        (proc.vpid = 1 or proc.pname in (initdb, pg_ctl) or (proc.name = bash and proc.pvpid = 1))
  `;
}

function identifier(namespace: string, name: string): string {
  return `${namespace}_${name}`.replaceAll('-', '_');
}
