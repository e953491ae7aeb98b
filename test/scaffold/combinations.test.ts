import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../server/src/cli/main.ts';
import { resourcesOf } from '../../server/src/kubernetes/resource.ts';
import type { KubernetesSchemas } from '../../server/src/kubernetes/schema/schemas.ts';
import { rules } from '../../server/src/rules/index.ts';
import { CLOUDS, MESHES, OUTPUTS, type ServiceAnswers } from '../../server/src/scaffold/answers.ts';
import { scaffold } from '../../server/src/scaffold/files.ts';
import { readAnswers } from '../../server/src/scaffold/read-answers.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { TODAY } from '../support/check-text.ts';
import { hasOracle, helmTemplate, kubectlKustomize, runOracle, withFolder } from '../support/oracle.ts';
import { pairwise } from '../support/pairwise.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';

const NAMESPACE = 'phi-records';

/** The API server reads the audit policy from a file, and its kind is in no description of the API. */
const FILES_OF_THE_API_SERVER = 'audit.k8s.io';

const combinations = pairwise<Combination>({
  output: OUTPUTS,
  mesh: MESHES,
  cloud: CLOUDS,
  way: ['none', 'gateway', 'nginx', 'traefik'],
  database: [false, true],
  callers: [[], ['portal'], ['portal', 'billing/claims-export']],
  image: [
    'registry.clinic.example/records/api:1.0.0',
    `111122223333.dkr.ecr.us-east-1.amazonaws.com/records/api@sha256:${'0a1b2c3d'.repeat(8)}`,
  ],
});

interface Combination {
  readonly output: string;
  readonly mesh: string;
  readonly cloud: string;
  readonly way: string;
  readonly database: boolean;
  readonly callers: readonly string[];
  readonly image: string;
}

let schemas: KubernetesSchemas;
beforeAll(async () => {
  schemas = await loadKubernetesSchemas();
});

describe.each(combinations.map((combination) => [title(combination), combination] as const))(
  '%s',
  (_, combination) => {
    const files = new Map(scaffold(answersOf(combination)).map(({ path, text }) => [path, text]));

    it('has no finding', async () => {
      expect(await findingsIn(files)).toEqual([]);
    });

    it('makes the namespace before anything that goes into it', async () => {
      const shared = below(files, 'namespace/');
      expect(shared.map(([path]) => path).sort()[0]).toBe('namespace.yaml');
      if (!hasOracle) return;
      const { stdout, stderr } = await withFolder(new Map(shared), (folder) =>
        runOracle('kubectl', ['annotate', '--local', '-f', folder, 'seen=yes', '-o', 'name']),
      );
      expect(stderr).toBe('');
      expect(stdout.split('\n')[0]).toBe(`namespace/${NAMESPACE}`);
    });

    it('is what the API server accepts, rendered by the real programs, and has no finding there', async () => {
      const shared = [...files].filter(([path]) => /^(?:namespace|platform)\//.test(path));
      for (const [, text] of shared) expectValid(text);
      for (const overlay of combination.output === 'kustomize' ? ['staging', 'production'] : ['']) {
        const rendered = await render(combination.output, files, overlay);
        expectValid(rendered);
        // A chart is rendered and checked alone, as in a pipeline.
        const applied = new Map(combination.output === 'helm' ? [] : shared).set('rendered.yaml', rendered);
        expect(await findingsIn(applied)).toEqual([]);
      }
    });
  },
);

describe.runIf(hasOracle)('values of a chart', () => {
  const answers = answersOf({
    output: 'helm',
    mesh: 'istio',
    cloud: 'none',
    way: 'gateway',
    database: true,
    callers: ['portal'],
    image: 'registry.clinic.example/records/api:1.0.0',
  });
  const chartOf = (given: ServiceAnswers) =>
    new Map(below(new Map(scaffold(given).map(({ path, text }) => [path, text])), 'chart/'));
  const set = (flag: string, given = answers) => helmTemplate(chartOf(given), flag.split(' '));

  it('let nobody in where the callers are taken away', async () => {
    const { stdout } = await set('--set callers=null', { ...answers, host: undefined });
    expect(stdout).toContain('\n  ingress: []\n');
    expect(stdout).toContain('\n  action: ALLOW\n  # Nobody may call yet: name callers here.\n  rules: []\n');
  });

  it.each([
    ['--set host=', 'host'],
    ['--set host=null', 'host'],
    ['--set host=*.clinic.example', 'host'],
    ['--set image.tag=latest', 'tag'],
    ['--set-string image.tag=16', 'tag'],
    ['--set image.tag=null', 'tag'],
    ['--set image.repository=nginx', 'repository'],
    ['--set replicas=1', 'replicas'],
    ['--set replicas=null', 'replicas'],
    ['--set resources=null', 'resources'],
    ['--set resources.limits.memory=null', 'memory'],
    ['--set callers[0].name=*', 'name'],
    ['--set callers[0].namespace=billing', 'name'],
    ['--set database.image.tag=17', 'tag'],
    ['--set database.storage=0', 'storage'],
  ])('are refused when they loosen a safeguard: %s', async (flag, told) => {
    const { exitCode, stdout, stderr } = await set(flag);
    expect(stderr).toMatch(new RegExp(`values don't meet the specifications[^]*\\b${told}`));
    expect(stdout).toBe('');
    expect(exitCode).not.toBe(0);
  });

  it.each([
    '--set host=other.clinic.example,replicas=5,image.tag=1.0.1-rc.2,resources.limits.cpu=1',
    '--set callers[0].name=portal,callers[1].name=claims,callers[1].namespace=billing',
    '--set-string image.tag=20260131 --set database.storage=100Gi',
  ])('are taken otherwise: %s', async (flag) => {
    expect(await set(flag)).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('hold an image with a digest to one', async () => {
    const byDigest = { ...answers, image: `registry.clinic.example/api@sha256:${'0'.repeat(64)}` };
    expect((await set('--set image.digest=latest', byDigest)).exitCode).not.toBe(0);
    expect((await set('--set replicas=3', byDigest)).exitCode).toBe(0);
  });
});

function title({ output, mesh, cloud, way, database, callers, image }: Combination): string {
  const parts = [output, `mesh ${mesh}`, `cloud ${cloud}`, `by ${way}`, `${callers.length} callers`];
  return [...parts, ...(database ? ['database'] : []), image.includes('@') ? 'digest' : 'tag'].join(', ');
}

function answersOf({ way, ...combination }: Combination): ServiceAnswers {
  const outside = way === 'none' ? {} : { host: 'records.clinic.example', entry: way };
  const read = readAnswers({
    name: 'records-api',
    namespace: NAMESPACE,
    port: '8443',
    ...combination,
    ...outside,
  });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.answers;
}

/** What is applied to the cluster for the service itself. */
async function render(output: string, files: ReadonlyMap<string, string>, overlay: string): Promise<string> {
  if (output === 'manifests' || !hasOracle)
    return below(files, 'service/')
      .map(([, text]) => text)
      .join('---\n');
  const { stdout, stderr, exitCode } =
    output === 'helm'
      ? await helmTemplate(new Map(below(files, 'chart/')), ['--namespace', NAMESPACE])
      : await kubectlKustomize(files, `overlays/${overlay}`);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return stdout;
}

function below(files: ReadonlyMap<string, string>, folder: string): [string, string][] {
  return [...files].flatMap(([path, text]): [string, string][] =>
    path.startsWith(folder) ? [[path.slice(folder.length), text]] : [],
  );
}

function expectValid(text: string): void {
  for (const { document } of splitDocuments(text)) {
    const parsed = parseDocument(document.text);
    expect(parsed.problems).toEqual([]);
    for (const { apiVersion, kind, group, root } of resourcesOf(parsed)) {
      if (group !== FILES_OF_THE_API_SERVER)
        expect(schemas.describe(apiVersion, kind, []), kind).toBeDefined();
      expect(schemas.validate(apiVersion, kind, root.toJS()), kind).toEqual([]);
    }
  }
}

/** All that is said about files, but for what the files themselves except. */
function findingsIn(files: ReadonlyMap<string, string>): Promise<string[]> {
  return withFolder(files, async (folder) => {
    let output = '';
    await runCommand(['check', '.', '--format', 'json'], {
      workingFolder: folder,
      rules,
      schemas,
      version: '0.0.0',
      now: 0,
      today: TODAY,
      colour: false,
      standardInput: new Uint8Array(),
      writeOutput: (text) => {
        output += text;
      },
      writeError: (text) => {
        output += text;
      },
    });
    const { findings } = JSON.parse(output) as {
      findings: { file: string; rule: string; message: string; suppression?: unknown }[];
    };
    return findings
      .filter(({ suppression }) => suppression === undefined || suppression === null)
      .map(({ file, rule, message }) => `${file}: ${rule}: ${message}`);
  });
}
