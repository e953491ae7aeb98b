import { NGINX_RETIRED, type ServiceAnswers } from './answers.ts';
import { block } from './block.ts';
import type { ScaffoldFile } from './files.ts';
import { type EntryPods, endsTlsInProxy, entryPodsOf, hasProxies, healthPortOf, SUPPOSED } from './parts.ts';
import { databaseImageOf, plainWords } from './words.ts';

/** How the service is deployed, what its program has to do, what was supposed, and which safeguard stands in which file. */
export function readmeFile(answers: ServiceAnswers, files: readonly ScaffoldFile[]): string {
  const { name, namespace, host, entry } = answers;
  const isRetired = host !== undefined && entry === 'nginx';
  return `${block`
    # ${name}

    A service that handles protected health information (PHI), in the namespace \`${namespace}\`. \`kube-safeguards check .\` has nothing to say about these files; let
    your pipeline run it, so that it stays so.
    ${isRetired ? `\n> **Warning:** ${NGINX_RETIRED} https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/` : ''}

    ## Deploy

    ${deploySteps(answers)}

    ## Fit to your cluster

    These names are suppositions. Replace those that are different where you are.

    | what | where it is from |
    |---|---|
    ${suppositions(answers)}

    ## What the program has to do

    ${duties(answers)}

    ## For the audit binder

    What stands in these files for each technical safeguard of 45 CFR 164.312. It is evidence about a safeguard, not a verdict.

    | safeguard | how it is met | file |
    |---|---|---|
    ${evidence(answers, files)}

    Not in these files, and to be kept beside them: encryption of etcd and of nodes' disks, the second factor at the identity provider, six years of audit logs
    (164.316(b)(2)(i)), the scan of images, agreements with business associates (164.308(b)), and who reviewed the group \`${name}-operators\` and when.
  `}\n`;
}

function deploySteps(answers: ServiceAnswers): string {
  const { name, namespace, output } = answers;
  const own = {
    manifests: 'kubectl apply -f service/',
    kustomize: 'kubectl apply -k overlays/production',
    helm: `helm upgrade --install ${name} chart --namespace ${namespace}`,
  }[output];
  return block`
    \`\`\`sh
    kubectl apply -f namespace/    # once for the namespace
    ${own}
    \`\`\`

    ${output === 'kustomize' ? `\`overlays/staging\` is for another cluster: its namespace, host and keys in the secret store are those of production.\n` : ''}
    \`platform/\` is for those who run the cluster: the audit policy is a file of the API server, the rules belong to Falco.
  `;
}

function suppositions(answers: ServiceAnswers): string {
  const { name, namespace, database, host, cloud, mesh, entry } = answers;
  const entryPods = entryPodsOf(answers);
  const rows: [string, string, boolean][] = [
    [
      `ClusterIssuer \`${SUPPOSED.internalIssuer}\``,
      'cert-manager, with a CA of your own',
      database || !endsTlsInProxy(answers),
    ],
    [
      `ConfigMap \`${SUPPOSED.internalIssuer}\` in \`${namespace}\``,
      'trust-manager: the certificate of that CA, as `ca.crt`',
      host !== undefined && entry === 'gateway' && !endsTlsInProxy(answers),
    ],
    [
      `ClusterIssuer \`${SUPPOSED.publicIssuer}\``,
      'cert-manager, with a CA that browsers know',
      host !== undefined,
    ],
    [
      `ClusterSecretStore \`${SUPPOSED.secretStore}\``,
      `External Secrets; the keys are \`${namespace}-${name}\`${database ? ` and \`${namespace}-${name}-db\`` : ''}`,
      true,
    ],
    [
      `\`${SUPPOSED.pullSecret}\``,
      'the key in that store with credentials for the registry',
      plainWords(answers).needsPullSecret,
    ],
    [`image \`${databaseImageOf(answers)}\``, 'your registry', database],
    [
      `StorageClass \`${SUPPOSED.storageClass}\``,
      cloud === 'none'
        ? 'your platform: encrypted with a key of yours'
        : `replace \`replace-me\` with your key`,
      database,
    ],
    [
      `namespace \`${entryPods.namespace}\``,
      'where the pods run through which requests come in',
      host !== undefined,
    ],
    [
      `GatewayClass \`${entryPods.gatewayClass ?? ''}\``,
      'the Gateway API implementation',
      host !== undefined && entryPods.gatewayClass !== undefined,
    ],
    [
      `\`${SUPPOSED.gatewayAccount}\``,
      'the ServiceAccount of those pods',
      host !== undefined && mesh !== 'none' && entryPods.name === SUPPOSED.gatewayAccount,
    ],
    [`group \`${name}-operators\``, 'your identity provider', true],
    [
      'the CNI plugin of the mesh',
      'its sidecars need no privileges then, which Restricted refuses',
      hasProxies(answers),
    ],
    [
      'those pods in the mesh, where none else gets in',
      controllerInMesh(mesh, entryPods),
      host !== undefined && hasProxies(answers) && !endsTlsInProxy(answers),
    ],
    [
      'the trust domain `cluster.local`',
      'the mesh: identities of callers begin with it',
      mesh === 'istio' || mesh === 'linkerd',
    ],
    [
      'ACLs (`global.acls.manageSystemACLs`)',
      'Consul: without them a service may register under any name that intentions let in',
      mesh === 'consul',
    ],
    [
      'mutual authentication (`authentication.mutual.spire.enabled`)',
      'Cilium: without it, what demands authentication is dropped. Encryption between nodes (WireGuard) is a setting of its own',
      mesh === 'cilium',
    ],
    [
      'callers by the label `app.kubernetes.io/name`',
      `the pods of each caller${hasProxies(answers) ? '; their ServiceAccount has that name too, and they are in the mesh' : ''}`,
      answers.callers.length > 0 || answers.output === 'helm',
    ],
    [
      'DNS by the label `k8s-app: kube-dns` in `kube-system`',
      'CoreDNS, as most clusters name it. For NodeLocal DNSCache add its address (169.254.20.10); OpenShift has pods of its own in `openshift-dns`, on port 5353',
      true,
    ],
  ];
  return rows
    .filter(([, , applies]) => applies)
    .map(([what, from]) => `| ${what} | ${from} |`)
    .join('\n');
}

/**
 * How an Ingress controller, or a Gateway's proxy, becomes a client of the mesh while the world still reaches it.
 *
 * Source: https://docs.nginx.com/nginx-ingress-controller/tutorials/nginx-ingress-istio/, https://linkerd.io/2/tasks/using-ingress/ and
 * https://developer.hashicorp.com/consul/docs/north-south/ingress-controller
 */
function controllerInMesh(mesh: ServiceAnswers['mesh'], { name }: EntryPods): string {
  if (mesh === 'linkerd') return 'annotation `linkerd.io/inject: enabled`';
  if (mesh === 'istio')
    return 'label `sidecar.istio.io/inject: "true"`, annotation `traffic.sidecar.istio.io/includeInboundPorts: ""`';
  return `annotations \`connect-inject: "true"\`, \`connect-service: ${name}\` and \`transparent-proxy-exclude-inbound-ports\` with their ports, all of \`consul.hashicorp.com/\`; the ServiceAccount \`${name}\``;
}

function duties(answers: ServiceAnswers): string {
  const health = healthPortOf(answers);
  return [
    endsTlsInProxy(answers)
      ? `- Serve HTTP${answers.mesh === 'consul' ? ' to 127.0.0.1 alone,' : ''} on port ${answers.port}: the proxy in its pod takes in nothing but mutual TLS, and ends it there. Callers in the mesh use \`http://\`, which their proxies encrypt.`
      : `- Serve HTTPS on port ${answers.port} with the certificate in /run/certificate, and read it again when it changes.`,
    health === undefined
      ? '- Answer `/ready` and `/live` there.'
      : `- Answer \`/ready\` and \`/live\` over HTTP on port ${health}, and nothing else there: probes are no members of the mesh.`,
    '- Read credentials from the files in /run/secrets/service.',
    '- Write temporary files to /tmp alone, and logs as JSON to standard output: who did what to which record, without PHI in free text.',
    ...(answers.database
      ? ['- Connect to the database by the variables PG…, which demand TLS and verify its certificate.']
      : []),
    '- Callers in namespaces that deny egress need a policy of their own that lets them out to this service.',
  ].join('\n');
}

/** A safeguard, how it is met, and the ends of the paths of the files that show it. */
const EVIDENCE: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'Access control, 164.312(a)(1)',
    'nothing connects but named callers; people see state alone; pods have no token',
    ['network-policy.yaml', 'role.yaml', 'role-binding.yaml', 'service-account.yaml'],
  ],
  [
    'Encryption at rest, 164.312(a)(2)(iv)',
    'volumes encrypted with a key of one’s own; credentials outside of manifests',
    ['storage-class.yaml', 'stateful-set.yaml', 'external-secret.yaml'],
  ],
  [
    'Audit controls, 164.312(b)',
    'the API server records who touches the namespace; Falco tells of shells, in the database’s pod too',
    ['audit-policy.yaml', 'falco-rules.yaml'],
  ],
  [
    'Integrity, 164.312(c)(1)',
    'Restricted pods with a read-only root file system; images of a fixed version',
    ['namespace.yaml', 'deployment.yaml', 'stateful-set.yaml'],
  ],
  [
    'Authentication, 164.312(d)',
    'every workload has an identity of its own, proven by certificates',
    ['service-account.yaml', 'certificate.yaml', 'mesh.yaml', 'service-mesh.yaml'],
  ],
  [
    'Transmission security, 164.312(e)(1)',
    'TLS 1.2 or later from the client to the program, and to its database',
    ['gateway.yaml', 'ingress.yaml', 'certificate.yaml', 'mesh.yaml', 'service-mesh.yaml', 'config-map.yaml'],
  ],
  [
    'Contingency plan, 164.308(a)(7)',
    'replicas over zones, never all drained; volumes that outlive their claims',
    ['pod-disruption-budget.yaml', 'deployment.yaml', 'storage-class.yaml'],
  ],
];

/** How a safeguard is met where it is not met in the usual way. */
function howOf(safeguard: string, answers: ServiceAnswers): string | undefined {
  if (safeguard.startsWith('Transmission') && endsTlsInProxy(answers))
    return 'TLS 1.2 or later to the Gateway, mutual TLS from there into the pod, TLS to the database';
  if (safeguard.startsWith('Audit') && !answers.database)
    return 'the API server records who touches the namespace; Falco tells of shells';
  if (safeguard.startsWith('Access') && answers.mesh === 'consul')
    return 'nothing connects but named callers; people see state alone; accounts of pods have no role';
  return undefined;
}

function evidence(answers: ServiceAnswers, files: readonly ScaffoldFile[]): string {
  const { mesh, output } = answers;
  return EVIDENCE.map(([safeguard, usual, names]) => {
    const how = howOf(safeguard, answers) ?? usual;
    const found = files.filter(({ path }) => names.some((name) => path.endsWith(`/${name}`)));
    const shown = found.map(({ path }) => `[${path}](${path})`).join(', ');
    const isMeshless = mesh === 'none' && output !== 'helm' && safeguard.startsWith('Transmission');
    const exception = isMeshless
      ? '; no mesh is in use, which the exception in namespace/namespace.yaml says'
      : '';
    return `| ${safeguard} | ${how}${exception} | ${shown} |`;
  }).join('\n');
}
