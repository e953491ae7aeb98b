/** Names of images (their last path segment) that are administrative or monitoring tools, with what people call them. */
const TOOLS: ReadonlyMap<string, string> = new Map([
  ['prometheus', 'Prometheus'],
  ['alertmanager', 'Alertmanager'],
  ['grafana', 'Grafana'],
  ['grafana-enterprise', 'Grafana'],
  ['kibana', 'Kibana'],
  ['opensearch-dashboards', 'OpenSearch Dashboards'],
  ['jenkins', 'Jenkins'],
  ['argocd', 'Argo CD'],
  ['dashboard', 'Kubernetes Dashboard'],
  ['dashboard-web', 'Kubernetes Dashboard'],
  ['kubernetes-dashboard', 'Kubernetes Dashboard'],
  ['phpmyadmin', 'phpMyAdmin'],
  ['pgadmin4', 'pgAdmin'],
  ['pgadmin', 'pgAdmin'],
  ['adminer', 'Adminer'],
  ['mongo-express', 'Mongo Express'],
  ['redis-commander', 'Redis Commander'],
  ['portainer', 'Portainer'],
  ['portainer-ce', 'Portainer'],
  ['kiali', 'Kiali'],
  ['rancher', 'Rancher'],
  ['headlamp', 'Headlamp'],
]);

/** Repositories whose last segment alone would say too little. */
const DASHBOARD_REPOSITORIES = ['kubernetesui/'];

const DASHBOARDS = [...TOOLS.keys()].filter((name) => name.startsWith('dashboard'));
const OTHERS = [...TOOLS.keys()].filter((name) => !DASHBOARDS.includes(name));
const path = (before: string, names: readonly string[]) => `${before}([^@]*/)?(${names.join('|')})`;

/** The images of all tools, for those who can only ask for a pattern (RE2). */
export const ADMIN_TOOL_PATTERN = `^(${path('', OTHERS)}|${path(`[^@]*(${DASHBOARD_REPOSITORIES.join('|')})`, DASHBOARDS)})(:[A-Za-z0-9_.-]+)?(@.*)?$`;

/** The administrative tool that an image contains; undefined for everything else. */
export function adminToolOf(image: string): string | undefined {
  const repository = image.split('@')[0]?.replace(/:[\w.-]+$/, '') ?? '';
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  if (name.startsWith('dashboard') && !DASHBOARD_REPOSITORIES.some((prefix) => repository.includes(prefix)))
    return undefined;
  return TOOLS.get(name);
}

/** Parts of annotation keys by which ingress controllers ask for a sign-in. */
export const SIGN_IN =
  /auth-(?:url|signin|type|secret|tls-secret)|\/auth-|oauth|oidc|middlewares$|forward-auth|\/iap|whitelist-source-range|allowlist-source-range/;
