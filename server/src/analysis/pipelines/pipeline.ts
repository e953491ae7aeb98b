import type { ParsedDocument } from '../../syntax/parse.ts';
import type { Value } from '../../syntax/values.ts';
import { azureSteps, circleSteps, gitHubSteps, gitLabSteps, tektonSteps } from './systems.ts';

export type PipelineSystem = 'GitHub Actions' | 'GitLab CI' | 'Azure Pipelines' | 'CircleCI' | 'Tekton';

/** The smallest part of a pipeline that does something by itself. */
export interface PipelineStep {
  readonly value: Value;
  /** The action, task, orb or reusable workflow that it runs; undefined for scripts. */
  readonly uses: string | undefined;
  /** What it gives to a shell, with line ends. */
  readonly script: string;
}

export interface Pipeline {
  readonly system: PipelineSystem;
  readonly root: Value;
  readonly steps: readonly PipelineStep[];
  /** Everything written in it, keys and values, one a line. */
  readonly text: string;
  /** Whether parts of the pipeline stand in files or projects that are not in view. */
  readonly isPartial: boolean;
}

/** Reads a document as the pipeline of a CI system, by its keys; undefined when it is something else. */
export function pipelineOf({ root }: ParsedDocument): Pipeline | undefined {
  if (root === undefined || root.kind !== 'map') return undefined;
  if (root.get('apiVersion')?.text?.startsWith('tekton.dev/') === true) return tektonSteps(root);
  if (root.has(['apiVersion'])) return undefined;
  const jobs = root.get('jobs');
  if (jobs?.kind === 'map') return root.has(['on']) ? gitHubSteps(root) : circleSteps(root);
  if (['stages', 'jobs', 'steps'].some((key) => hasMaps(root.get(key))) || root.has(['extends', 'template']))
    return azureSteps(root);
  return root.entries.some(({ value }) => value.has(['script'])) ? gitLabSteps(root) : undefined;
}

/** Stages are maps for Azure and names for GitLab. */
function hasMaps(value: Value | undefined): boolean {
  return value?.items.some((item) => item.kind === 'map') ?? false;
}
