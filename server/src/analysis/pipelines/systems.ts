import type { Value } from '../../syntax/values.ts';
import type { Pipeline, PipelineStep } from './pipeline.ts';

/**
 * Where each system keeps its steps.
 *
 * Sources: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax, https://docs.gitlab.com/ci/yaml/,
 * https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/, https://circleci.com/docs/reference/configuration-reference/,
 * https://tekton.dev/docs/pipelines/.
 */
export function gitHubSteps(root: Value): Pipeline {
  const jobs = valuesOf(root.get('jobs'));
  const steps = jobs.flatMap((job) => [
    // A job that runs a workflow of another file is one step.
    ...(job.has(['uses']) ? [stepOf(job, job.get('uses'))] : []),
    ...itemsOf(job.get('steps')).map((step) => stepOf(step, step.get('uses'))),
  ]);
  return { system: 'GitHub Actions', root, steps, text: allText(root), isPartial: false };
}

export function circleSteps(root: Value): Pipeline {
  const holders = [...valuesOf(root.get('jobs')), ...valuesOf(root.get('commands'))];
  const steps = holders.flatMap((holder) => itemsOf(holder.get('steps')));
  const jobs = valuesOf(root.get('workflows')).flatMap((workflow) => itemsOf(workflow.get('jobs')));
  return {
    system: 'CircleCI',
    root,
    steps: [...steps, ...jobs].map((value) => stepOf(value, orbOf(value))),
    text: allText(root),
    isPartial: root.get('setup')?.boolean === true,
  };
}

/** Steps and jobs are `name` or `name: {parameters}`; those of orbs have a slash. */
function orbOf(value: Value): string | undefined {
  const name = value.text ?? value.entries[0]?.key;
  return name?.includes('/') === true ? name : undefined;
}

const AZURE_STEP_KEYS = ['task', 'script', 'bash', 'pwsh', 'powershell'];

export function azureSteps(root: Value): Pipeline {
  const steps = everyMap(root).filter((value) =>
    AZURE_STEP_KEYS.some((key) => value.get(key)?.kind === 'scalar'),
  );
  return {
    system: 'Azure Pipelines',
    root,
    steps: steps.map((step) => stepOf(step, step.get('task'))),
    text: allText(root),
    isPartial: everyMap(root).some((value) => value.get('template')?.kind === 'scalar'),
  };
}

/** A job of GitLab is one script. What is included from elsewhere may bring jobs that nobody sees here. */
export function gitLabSteps(root: Value): Pipeline {
  const jobs = root.entries.filter(({ value }) => value.has(['script'])).map(({ value }) => value);
  return {
    system: 'GitLab CI',
    root,
    steps: jobs.map((job) => stepOf(job, undefined)),
    text: allText(root),
    isPartial: root.has(['include']) || jobs.some((job) => job.has(['trigger'])),
  };
}

/** A Task is a part of pipelines, so only Pipelines and their runs are whole. */
export function tektonSteps(root: Value): Pipeline | undefined {
  const kind = root.get('kind')?.text;
  const spec = kind === 'Pipeline' ? root.get('spec') : root.at(['spec', 'pipelineSpec']);
  if (spec === undefined || (kind !== 'Pipeline' && kind !== 'PipelineRun')) return undefined;
  const tasks = [...itemsOf(spec.get('tasks')), ...itemsOf(spec.get('finally'))];
  return {
    system: 'Tekton',
    root,
    steps: tasks.map((task) => stepOf(task, taskNameOf(task))),
    text: allText(root),
    isPartial: false,
  };
}

/** The name of a task by its reference, or as a parameter of the resolver that fetches it. */
function taskNameOf(task: Value): Value | undefined {
  const reference = task.get('taskRef');
  const parameter = itemsOf(reference?.get('params')).find((item) => item.get('name')?.text === 'name');
  return reference?.get('name') ?? parameter?.get('value');
}

function stepOf(value: Value, uses: Value | string | undefined): PipelineStep {
  const name = typeof uses === 'string' ? uses : uses?.text;
  return { value, uses: name, script: scriptsIn(value).join('\n') };
}

/** Keys under which steps of any system keep what a shell runs. */
const SCRIPT_KEYS: ReadonlySet<string> = new Set([
  ...['run', 'script', 'bash', 'pwsh', 'powershell', 'command', 'commands', 'args', 'inlineScript'],
  ...['before_script', 'after_script'],
]);

function scriptsIn(value: Value): string[] {
  return [
    ...value.entries.flatMap(({ key, value: inner }) =>
      SCRIPT_KEYS.has(key) && inner.kind !== 'map' ? textIn(inner) : scriptsIn(inner),
    ),
    ...value.items.flatMap(scriptsIn),
  ];
}

function allText(value: Value): string {
  return textIn(value).join('\n');
}

function textIn(value: Value): string[] {
  if (value.kind === 'scalar') return [value.text ?? ''];
  return [
    ...value.entries.flatMap(({ key, value: inner }) => [key, ...textIn(inner)]),
    ...value.items.flatMap(textIn),
  ];
}

function everyMap(value: Value): Value[] {
  const inner = [...value.entries.map((entry) => entry.value), ...value.items].flatMap(everyMap);
  return value.kind === 'map' ? [value, ...inner] : inner;
}

function valuesOf(value: Value | undefined): Value[] {
  return (value?.entries ?? []).map((entry) => entry.value).filter(({ kind }) => kind === 'map');
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.items ?? [];
}
