import { describe, expect, it } from 'vitest';
import { sharedIdentity } from '../../server/src/rules/access-control/shared-identity.ts';
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
  const rules = [phiReachable, sharedIdentity];
  const { output } = await new TestFolder(files).run(`check --format json ${args}`, input, rules);
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

  it('are told of standard input, too', async () => {
    const input = [pod('a', 'shared'), pod('b', 'shared')].join('---\n');
    expect(await related({}, '-', input)).toEqual(['stdin -> stdin:5 It acts under the same name.']);
  });
});
