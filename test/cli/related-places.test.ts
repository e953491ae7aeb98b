import { describe, expect, it } from 'vitest';
import { sharedIdentity } from '../../server/src/rules/access-control/shared-identity.ts';
import { rules } from '../../server/src/rules/index.ts';
import { phiReachable } from '../../server/src/rules/network-segmentation/phi-reachable.ts';
import { TestFolder } from '../support/command-line.ts';

const pod = (name: string, account = name) => `apiVersion: v1
kind: Pod
metadata:
  namespace: clinic
  name: ${name}
  labels: { app: ${name}, kube-safeguards.io/phi: "${name !== 'report'}" }
spec:
  serviceAccountName: ${account}
  containers: [{ name: main, image: a, ports: [{ containerPort: 8443 }] }]
`;
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { namespace: clinic, name: records }
spec:
  podSelector: { matchLabels: { app: records } }
  ingress: [{ from: [{ podSelector: {} }] }]
`;

interface Told {
  file: string;
  rule: string;
  related: { file: string; range: { start: { line: number } }; message: string }[];
}

/** `file -> the places that explain it`, of each finding. */
async function related(files: Record<string, string>, args = '.', input = ''): Promise<string[]> {
  const some = [phiReachable, sharedIdentity];
  const { output } = await new TestFolder(files).run(`check --format json ${args}`, input, some);
  return (JSON.parse(output).findings as Told[]).map(({ file, related: places }) => {
    const shown = places.map(({ file: other, range, message }) => `${other}:${range.start.line} ${message}`);
    return `${file} -> ${shown.join(' | ')}`;
  });
}

const WAY = ['It can connect.', 'This policy lets the connection through.'];

describe('places in other files', () => {
  it('are those of the objects that explain a finding', async () => {
    const files = {
      'records.yaml': pod('records'),
      'policies/records.yaml': `# who may\n---\n${POLICY}`,
      'report.yaml': `# nightly\n---\n${pod('report')}`,
      // The name alone is no declaration.
      'mentions.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: clinic }\ndata: { name: report }\n',
    };
    expect(await related(files)).toContain(
      `records.yaml -> report.yaml:7 ${WAY[0]} | policies/records.yaml:5 ${WAY[1]}`,
    );
  });

  it('are those of the same unit where several have an object of the name', async () => {
    const unit = (name: string) => ({
      [`envs/${name}/records.yaml`]: pod('records'),
      [`envs/${name}/report.yaml`]: pod('report'),
      [`envs/${name}/policy.yaml`]: POLICY,
    });
    expect(await related({ ...unit('dev'), ...unit('prod') })).toEqual(
      ['dev', 'prod'].map(
        (name) =>
          `envs/${name}/records.yaml -> envs/${name}/report.yaml:5 ${WAY[0]} | envs/${name}/policy.yaml:3 ${WAY[1]}`,
      ),
    );
  });

  it('are where objects are typed that an overlay calls otherwise', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [records.yaml, report.yaml, policy.yaml]\n',
      'base/records.yaml': pod('records'),
      'base/report.yaml': pod('report'),
      'base/policy.yaml': POLICY,
      'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\nnamespace: prod\n',
    };
    expect(await related(files)).toEqual([
      `base/records.yaml -> base/report.yaml:5 ${WAY[0]} | base/policy.yaml:3 ${WAY[1]}`,
    ]);
  });

  it('are told of standard input, too', async () => {
    const input = [pod('a', 'shared'), pod('b', 'shared')].join('---\n');
    expect(await related({}, '-', input)).toEqual(['stdin -> stdin:5 It acts under the same name.']);
  });
});

const meta = (name: string, namespace = 'clinic') => `metadata: { name: ${name}, namespace: ${namespace} }`;
const RBAC = 'apiVersion: rbac.authorization.k8s.io/v1';
const BINDING = `${RBAC}
kind: RoleBinding
metadata: { name: nurses, namespace: clinic, annotations: { kube-safeguards.io/access-review: "2999-01-01" } }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: ServiceAccount, name: records }]
`;
const NAMESPACE = `apiVersion: v1\nkind: Namespace\nmetadata: { name: clinic, labels: { istio-injection: enabled } }\n`;
const role = (rule: string) =>
  `${RBAC}\nkind: Role\n${meta('reader')}\nrules: [{ apiGroups: [""], ${rule} }]\n`;
const ACCOUNT = `apiVersion: v1\nkind: ServiceAccount\n${meta('records')}\n`;
const policy = (spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n${meta('limits')}\nspec: ${spec}\n`;
const mutualTls = (name: string, namespace: string, spec: string) =>
  `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\n${meta(name, namespace)}\nspec: ${spec}\n`;
const certificate = (spec: string) =>
  `apiVersion: cert-manager.io/v1\nkind: Certificate\n${meta('web')}\nspec: { secretName: web-tls, issuerRef: { name: own }, ${spec} }\n`;
const issuer = (spec: string) =>
  `apiVersion: cert-manager.io/v1\nkind: Issuer\n${meta('own')}\nspec: { ${spec} }\n`;
const SERVICE = `apiVersion: v1\nkind: Service\n${meta('records')}\nspec: { selector: { app: records }, ports: [{ port: 443 }] }\n`;

/** By rule: its finding in `a.yaml`, what stands in `b.yaml`, and what is told of that. */
const EXPLAINED: readonly (readonly [string, string, string, string])[] = [
  ['rbac-wildcard', role('resources: [pods], verbs: ["*"]'), BINDING, 'It gives the role to somebody.'],
  [
    'rbac-pod-exec',
    role('resources: [pods/exec], verbs: [create]'),
    BINDING,
    'It gives the role to somebody.',
  ],
  [
    'rbac-secrets-access',
    role('resources: [secrets], verbs: [list]'),
    BINDING,
    'It gives the role to somebody.',
  ],
  [
    'rbac-escalation-verbs',
    role('resources: [serviceaccounts/token], verbs: [create]'),
    BINDING,
    'It gives the role to somebody.',
  ],
  ['service-account-token-automount', pod('records'), ACCOUNT, 'The account lets the token be mounted.'],
  ['service-account-token-automount', pod('records'), BINDING, 'It gives the account a role.'],
  [
    'access-review-overdue',
    BINDING.replace('nurses', 'doctors').replace(/, annotations:.*(?= }\n)/, ''),
    BINDING,
    'It records a review.',
  ],
  [
    'audit-log-access',
    BINDING.replaceAll('clinic', 'logging'),
    role('resources: [pods], verbs: [delete]').replaceAll('clinic', 'logging'),
    'The role.',
  ],
  [
    'image-pull-secret-missing',
    pod('records').replace('image: a', 'image: registry.example.com/records:1.0.0'),
    ACCOUNT,
    'The account names none either.',
  ],
  [
    'network-policy-unmatched',
    policy('{ podSelector: { matchLabels: { app: record } } }'),
    pod('records'),
    'Its pods carry the label.',
  ],
  [
    'network-policy-missing',
    pod('records'),
    policy('{ podSelector: { matchLabels: { app: records } }, policyTypes: [Ingress] }'),
    'This policy limits the other direction alone.',
  ],
  [
    'network-policy-missing',
    pod('records'),
    policy('{ podSelector: { matchLabels: { app: record } } }'),
    'This policy nearly selects it: look at its labels.',
  ],
  [
    'namespace-default-deny-missing',
    NAMESPACE,
    policy('{ podSelector: {}, policyTypes: [Ingress] }'),
    'This policy denies the other direction alone.',
  ],
  ['mesh-mtls-missing', NAMESPACE, pod('records'), 'It takes clear text.'],
  ['mesh-authorization-missing', pod('records'), NAMESPACE, 'The namespace is in the mesh.'],
  [
    'mesh-injection-missing',
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: billing }\n',
    NAMESPACE,
    'This namespace is in the mesh.',
  ],
  [
    'mesh-mtls-not-strict',
    mutualTls('records', 'clinic', '{ mtls: { mode: UNSET } }'),
    mutualTls('default', 'istio-system', '{ mtls: { mode: PERMISSIVE } }'),
    'This policy above it is not STRICT.',
  ],
  [
    'mesh-tls-disabled',
    `apiVersion: networking.istio.io/v1\nkind: DestinationRule\n${meta('records')}\nspec: { host: records, trafficPolicy: { tls: { mode: DISABLE } } }\n`,
    SERVICE,
    'The Service that is called.',
  ],
  [
    'mesh-authorization-allow-all',
    `apiVersion: policy.linkerd.io/v1alpha1\nkind: AuthorizationPolicy\n${meta('all')}\nspec: { targetRef: { group: policy.linkerd.io, kind: Server, name: a }, requiredAuthenticationRefs: [{ group: policy.linkerd.io, kind: NetworkAuthentication, name: every }] }\n`,
    `apiVersion: policy.linkerd.io/v1alpha1\nkind: NetworkAuthentication\n${meta('every')}\nspec: { networks: [{ cidr: 0.0.0.0/0 }] }\n`,
    'It asks clients for their address alone.',
  ],
  [
    'plaintext-endpoint',
    pod('web').replace('image: a', 'image: a, env: [{ name: A_URL, value: "http://records.clinic.svc/" }]'),
    mutualTls('default', 'clinic', '{ mtls: { mode: STRICT } }'),
    'This policy demands mutual TLS.',
  ],
  [
    'certificate-weak-key',
    certificate('dnsNames: [a.example.com]'),
    issuer('selfSigned: {}'),
    'The issuer signs by no authority.',
  ],
  [
    'certificate-rotation',
    certificate('duration: 8760h'),
    issuer('ca: { secretName: ca }'),
    'The issuer is a private CA.',
  ],
  [
    'gateway-plaintext-listener',
    `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n${meta('web')}\nspec: { gatewayClassName: a, listeners: [{ name: http, port: 80, protocol: HTTP }] }\n`,
    `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n${meta('records')}\nspec: { parentRefs: [{ name: web }], rules: [{ backendRefs: [{ name: records, port: 80 }] }] }\n`,
    'The route is served by this listener.',
  ],
  [
    'ingress-http-allowed',
    `apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\n${meta('web')}\nspec: { entryPoints: [web], routes: [{ match: Host(\`a.example.com\`), kind: Rule, middlewares: [{ name: auth }], services: [{ name: web, port: 80 }] }] }\n`,
    `apiVersion: traefik.io/v1alpha1\nkind: Middleware\n${meta('auth')}\nspec: { basicAuth: { secret: a } }\n`,
    'It does not redirect to HTTPS.',
  ],
  [
    'service-node-port',
    SERVICE.replace('spec: {', 'spec: { type: NodePort,'),
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: clinic, annotations: { kubernetes.io/ingress.class: alb } }\nspec: { defaultBackend: { service: { name: records, port: { number: 443 } } } }\n`,
    'The Ingress that leads to it.',
  ],
];

describe('a finding that another file explains', () => {
  it.each(EXPLAINED)('leads there: %s', async (id, own, other, message) => {
    const files = { 'a.yaml': own, 'more/b.yaml': other };
    const only = rules.filter((rule) => rule.id === id);
    const { output } = await new TestFolder(files).run('check --format json .', '', only);
    const told = (JSON.parse(output).findings as Told[]).filter(({ file }) => file === 'a.yaml');
    expect(
      told.flatMap(({ related: places }) => places.map((place) => `${place.file}: ${place.message}`)),
    ).toContain(`more/b.yaml: ${message}`);
  });
});
