import type { KubeVersion, Release } from '../chart/capabilities.ts';
import type { Chart } from '../chart/chart.ts';
import { isCompatible, missingDependencies } from '../chart/dependencies.ts';
import { fieldText } from '../chart/metadata.ts';
import type { HelmError } from '../errors.ts';
import { releaseNameProblem } from './release-name.ts';

/**
 * Why Helm would not install a chart, before it looks at any template.
 *
 * Source: `runInstall` of helm.sh/helm/v4/pkg/cmd/install.go, `availableCapabilities` checks of pkg/action/install.go.
 */
export function installProblems(chart: Chart, kube: KubeVersion, release: Release): HelmError[] {
  const problems = [
    libraryProblem(chart),
    dependencyProblem(chart),
    nameProblem(release),
    versionProblem(chart, kube),
  ];
  return problems.filter((problem) => problem !== undefined);
}

function libraryProblem({ metadata }: Chart): HelmError | undefined {
  if (fieldText(metadata, 'type') !== 'library') return undefined;
  const message = 'library charts are not installable';
  return { kind: 'chart', message, file: metadata.file, range: undefined };
}

function dependencyProblem(chart: Chart): HelmError | undefined {
  const missing = missingDependencies(chart);
  const [first] = missing;
  if (first === undefined) return undefined;
  const names = missing.map(({ name }) => name).join(', ');
  const message = `an error occurred while checking for chart dependencies. You may need to run \`helm dependency build\` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: ${names}`;
  return { kind: 'missing-dependency', message, file: first.file, range: first.range };
}

function nameProblem({ name }: Release): HelmError | undefined {
  const problem = releaseNameProblem(name);
  if (problem === undefined) return undefined;
  const message = `release name check failed: ${problem}`;
  return { kind: 'values', message, file: undefined, range: undefined };
}

function versionProblem({ metadata }: Chart, kube: KubeVersion): HelmError | undefined {
  const wanted = fieldText(metadata, 'kubeVersion');
  if (wanted === '' || isCompatible(wanted, kube.normalized)) return undefined;
  const message = `chart requires kubeVersion: ${wanted} which is incompatible with Kubernetes ${kube.version}`;
  return { kind: 'chart', message, file: metadata.file, range: metadata.fields.get('kubeVersion')?.range };
}
