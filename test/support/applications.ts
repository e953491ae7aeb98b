import type { TestFolder } from './command-line.ts';

/** A chart whose pod is privileged when its values say so. */
export const CHART = {
  'charts/ehr/Chart.yaml': 'apiVersion: v2\nname: ehr\nversion: 0.1.0\n',
  'charts/ehr/values.yaml': 'privileged: false\n',
  'charts/ehr/templates/pod.yaml': `apiVersion: v1
kind: Pod
metadata: { name: {{ .Release.Name }} }
spec: { containers: [{ name: web, securityContext: { privileged: {{ .Values.privileged }} } }] }
`,
};

export const ONLY_WITH = 'privileged-container Only with ehr-prod (Argo CD).';

export const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
`;

export const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress, Egress] }
`;

/** A finding as JSON has it. */
export interface Told {
  readonly file: string;
  readonly rule: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

/** Findings as `file:line rule`, with the applications that alone have them. */
export async function told(folder: TestFolder, args = ''): Promise<string[]> {
  const { output } = await folder.run(`check --format json ${args}`.trim());
  return (JSON.parse(output).findings as Told[]).map(({ file, rule, message, range }) => {
    const [where = ''] = / Only with .*$/.exec(message) ?? [];
    return `${file}:${range.start.line} ${rule}${where}`;
  });
}
