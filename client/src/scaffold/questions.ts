/** The questions about a new service. */

import type { FolderSurvey, NewServiceAnswers } from '../../../server/src/features/protocol.ts';
import { askChoice, askText, BACK, type Choice, type Step } from './steps.ts';

/** What the questions rest on. */
export interface QuestionHost {
  readonly survey: FolderSurvey;
  /** What is wrong with the answer to a question, in a sentence. */
  problemWith(question: keyof NewServiceAnswers, answers: NewServiceAnswers): Promise<string | undefined>;
}

type ServiceStep = Step<NewServiceAnswers>;

export function questionsFor(host: QuestionHost): ServiceStep[] {
  const { survey } = host;
  const [mesh = 'none'] = survey.meshes;
  return [
    text(host, 'name', 'The name of the service, such as records-api', () => ''),
    text(
      host,
      'namespace',
      `Its namespace, which holds PHI${inView(survey.phiNamespaces)}`,
      () => survey.phiNamespaces[0] ?? '',
    ),
    text(host, 'image', 'Its image, with a full version or a digest', ({ name = '' }) =>
      imageFor(name, survey),
    ),
    text(host, 'port', 'The port on which it serves HTTPS, 1024 or higher', () => '8443'),
    callers(host),
    choice('database', 'Does it need a database?', false, [
      { choice: false, label: 'No database' },
      {
        choice: true,
        label: 'PostgreSQL beside it',
        description: 'TLS alone, on an encrypted volume',
      },
    ]),
    text(
      host,
      'host',
      'The name under which it is reached from outside of the cluster; empty when it is not',
      () => '',
      'records.clinic.example',
    ),
    {
      applies: ({ host: name = '' }) => name !== '',
      ...choice('entry', 'How do requests come in?', 'gateway', [
        { choice: 'gateway', label: 'Gateway API', description: 'any implementation' },
        { choice: 'nginx', label: 'Ingress of ingress-nginx' },
        { choice: 'traefik', label: 'Ingress of Traefik' },
      ]),
    },
    choice('mesh', 'Which mesh is in use?', mesh, [
      { choice: 'none', label: 'No mesh', description: 'programs speak TLS themselves' },
      { choice: 'istio', label: 'Istio' },
      { choice: 'linkerd', label: 'Linkerd' },
      { choice: 'consul', label: 'Consul' },
      { choice: 'cilium', label: 'Cilium' },
    ]),
    {
      applies: ({ database = false }) => database,
      ...choice('cloud', 'Where are its volumes?', 'none', [
        { choice: 'none', label: 'Elsewhere', description: 'the platform brings an encrypted StorageClass' },
        { choice: 'aws', label: 'Amazon Web Services', description: 'EBS' },
        { choice: 'azure', label: 'Microsoft Azure', description: 'managed disks' },
        { choice: 'gcp', label: 'Google Cloud', description: 'persistent disks' },
      ]),
    },
    choice('output', 'In which form?', 'manifests', [
      { choice: 'manifests', label: 'Manifests', description: 'for kubectl apply' },
      {
        choice: 'kustomize',
        label: 'Kustomize',
        description: 'a base, with overlays for staging and production',
      },
      { choice: 'helm', label: 'Helm chart' },
    ]),
  ];
}

type TextQuestionName = 'name' | 'namespace' | 'image' | 'port' | 'host';

function text(
  { problemWith }: QuestionHost,
  question: TextQuestionName,
  prompt: string,
  proposal: (answers: NewServiceAnswers) => string,
  placeholder = '',
): ServiceStep {
  return {
    async ask(answers, place) {
      const answer = await askText(
        {
          prompt,
          placeholder,
          value: answers[question] ?? proposal(answers),
          problemWith: (value) => problemWith(question, { ...answers, [question]: value }),
        },
        place,
      );
      return typeof answer === 'string' ? { ...answers, [question]: answer } : answer;
    },
  };
}

/** Names between commas, since callers need not be in view. */
function callers({ survey, problemWith }: QuestionHost): ServiceStep {
  const listed = (value: string) => value.split(/[\s,]+/).filter((name) => name !== '');
  return {
    async ask(answers, place) {
      const answer = await askText(
        {
          prompt: `Who calls it: NAME or NAMESPACE/NAME, with commas between them${inView(survey.workloads)}`,
          placeholder: 'portal, billing/claims-export',
          value: (answers.callers ?? []).join(', '),
          problemWith: (value) => problemWith('callers', { ...answers, callers: listed(value) }),
        },
        place,
      );
      return typeof answer === 'string' ? { ...answers, callers: listed(answer) } : answer;
    },
  };
}

function choice<Question extends 'database' | 'entry' | 'mesh' | 'cloud' | 'output'>(
  question: Question,
  placeholder: string,
  proposal: NonNullable<NewServiceAnswers[Question]>,
  choices: readonly Choice<NonNullable<NewServiceAnswers[Question]>>[],
): ServiceStep {
  return {
    async ask(answers, place) {
      const active = answers[question] ?? proposal;
      const answer = await askChoice({ placeholder, choices, active }, place);
      return answer === undefined || answer === BACK ? answer : { ...answers, [question]: answer };
    },
  };
}

/** Longer lists are not read. */
const MOST_NAMES = 5;

function inView(names: readonly string[]): string {
  return names.length === 0 ? '' : ` (in view: ${names.slice(0, MOST_NAMES).join(', ')})`;
}

function imageFor(name: string, { registries }: FolderSurvey): string {
  const registry = registries.find((entry) => !entry.includes('*'));
  return registry === undefined ? '' : `${registry}/${name}:1.0.0`;
}
