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

/** The administrative tool that an image contains; undefined for everything else. */
export function adminToolOf(image: string): string | undefined {
  const repository = image.split('@')[0]?.replace(/:[\w.-]+$/, '') ?? '';
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  if (name.startsWith('dashboard') && !DASHBOARD_REPOSITORIES.some((prefix) => repository.includes(prefix)))
    return undefined;
  return TOOLS.get(name);
}
