import { describe, expect, it } from 'vitest';
import { rules } from '../../../server/src/rules/index.ts';
import { TestFolder } from '../../support/command-line.ts';

const NOBODY = 'The policies in view let nobody connect.';

interface Shape {
  readonly ingress?: string;
  readonly egress?: string;
  readonly pod?: string;
  readonly more?: string;
}

const world = ({ ingress = '[]', egress = '[]', pod = '', more = '' }: Shape) => `apiVersion: v1
kind: Namespace
metadata: { name: phi, labels: { kube-safeguards.io/phi: "true" } }
---
${workload('db', pod)}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: policy, namespace: phi }
spec: { podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress, Egress], ingress: ${ingress}, egress: ${egress} }
---
${more}`;

function workload(name: string, pod = '', namespace = 'phi'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { ${pod} containers: [{ name: main, image: example.com/main:1, ports: [{ containerPort: 5432 }] }] }
`;
}

/** The rows of the table of ways, or the sentence that stands for an empty one. */
async function waysOf(shape: Shape): Promise<string[]> {
  const folder = new TestFolder({ 'a.yaml': world(shape) });
  const { output } = await folder.run('report --time 2026-01-31T12:00:00Z', '', rules);
  const [, section = ''] = output.split('## Reachability of PHI\n\n');
  const lines = (section.split('\n\n## ')[0] ?? '').split('\n');
  return lines.filter((line) => !/^\| (?:From|---)/.test(line)).map((line) => line.replace(/^\| | \|$/g, ''));
}

describe('whom policies let connect to what may hold PHI', () => {
  it.each([
    ['nobody', '[]', [NOBODY]],
    [
      'any namespace',
      '[{ from: [{ namespaceSelector: {} }] }]',
      ['any pod of the cluster | phi/db (PHI) | any port'],
    ],
    [
      'namespaces with a label',
      '[{ from: [{ namespaceSelector: { matchLabels: { team: web } } }] }]',
      ['all pods in namespaces with team=web | phi/db (PHI) | any port'],
    ],
    [
      'pods in a namespace by its name',
      '[{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: front } }, podSelector: { matchLabels: { app: web } } }], ports: [{ port: 5432 }] }]',
      ['pods with app=web in front | phi/db (PHI) | TCP 5432'],
    ],
    [
      'pods of the namespace, on any port and on one',
      '[{ from: [{ podSelector: {} }] }, { from: [{ podSelector: {} }], ports: [{ port: 5432 }] }]',
      ['all pods in phi | phi/db (PHI) | any port'],
    ],
    [
      'pods of its own',
      '[{ from: [{ podSelector: { matchLabels: { app: db } } }] }]',
      ['pods with app=db in phi | phi/db (PHI) | any port'],
    ],
    [
      'addresses',
      '[{ from: [{ ipBlock: { cidr: 203.0.113.0/24, except: [203.0.113.8/29] } }] }]',
      ['203.0.113.0/24 except 203.0.113.8/29 | phi/db (PHI) | any port'],
    ],
    ['no address', '[{ from: [{ ipBlock: { cidr: 203.0.113.8/32, except: [203.0.113.8/32] } }] }]', [NOBODY]],
  ])('%s', async (_, ingress, ways) => {
    expect(await waysOf({ ingress })).toEqual(ways);
  });

  it('names the workloads in view instead', async () => {
    const ingress = '[{ from: [{ podSelector: { matchLabels: { app: api } } }] }]';
    const ways = await waysOf({ ingress, more: workload('api') });
    expect(ways).toContain('phi/api (PHI) | phi/db (PHI) | TCP 5432');
    expect(ways.join()).not.toContain('pods with app=api');
  });

  it('believes a rule only where no other comes before it', async () => {
    const ingress = '[{ from: [{ namespaceSelector: { matchLabels: { team: web } } }] }]';
    const deny = `apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: no-web }
spec:
  priority: 1
  subject: { namespaces: {} }
  ingress: [{ action: Deny, from: [{ namespaces: { matchLabels: { team: web } } }] }]
`;
    expect(await waysOf({ ingress, more: deny })).toEqual([NOBODY]);
  });
});

describe('whom they let it send to', () => {
  it.each([
    [
      'pods, names not counted',
      '[{ to: [{ namespaceSelector: { matchLabels: { team: web } } }] }, { to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: UDP }] }]',
      ['phi/db (PHI) | all pods in namespaces with team=web | any port'],
    ],
    [
      'a port by its name',
      '[{ to: [{ podSelector: { matchLabels: { app: x } } }], ports: [{ port: https }] }]',
      ['phi/db (PHI) | pods with app=x in phi | TCP https'],
    ],
    [
      'private addresses',
      '[{ to: [{ ipBlock: { cidr: 10.1.0.0/16 } }] }]',
      ['phi/db (PHI) | 10.1.0.0/16 | any port'],
    ],
  ])('%s', async (_, egress, ways) => {
    expect(await waysOf({ egress })).toEqual(ways);
  });
});

it('says that no policy holds for pods in the network of their node', async () => {
  const ways = await waysOf({ pod: 'hostNetwork: true,' });
  expect(ways).toEqual([
    'whoever reaches its node, since no policy holds for it (hostNetwork) | phi/db (PHI) | any port',
    'phi/db (PHI) | the internet | any port',
  ]);
});
