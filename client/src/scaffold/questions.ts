/** The questions about a new service. */

import type { FolderSurvey, NewServiceAnswers } from '../../../server/src/features/protocol.ts';
import { t } from '../l10n.ts';
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
    text(host, 'name', t('The name of the service, such as records-api'), () => ''),
    text(
      host,
      'namespace',
      t('Its namespace, which holds PHI') + inView(survey.phiNamespaces),
      () => survey.phiNamespaces[0] ?? '',
    ),
    text(host, 'image', t('Its image, with a full version or a digest'), ({ name = '' }) =>
      imageFor(name, survey),
    ),
    text(host, 'port', t('The port on which it serves HTTPS, 1024 or higher'), () => '8443'),
    callers(host),
    choice('database', t('Does it need a database?'), false, [
      { choice: false, label: t('No database') },
      {
        choice: true,
        label: t('PostgreSQL beside it'),
        description: t('TLS alone, on an encrypted volume'),
      },
    ]),
    text(
      host,
      'host',
      t('The name under which it is reached from outside of the cluster; empty when it is not'),
      () => '',
      'records.clinic.example',
    ),
    {
      applies: ({ host: name = '' }) => name !== '',
      ...choice('entry', t('How do requests come in?'), 'gateway', [
        { choice: 'gateway', label: 'Gateway API', description: t('any implementation') },
        { choice: 'traefik', label: t('Ingress of Traefik') },
        {
          choice: 'nginx',
          label: t('Ingress of ingress-nginx'),
          description: t('retired in March 2026, without security updates: not for new services'),
        },
      ]),
    },
    choice('mesh', t('Which mesh is in use?'), mesh, [
      { choice: 'none', label: t('No mesh'), description: t('programs speak TLS themselves') },
      { choice: 'istio', label: 'Istio' },
      { choice: 'linkerd', label: 'Linkerd' },
      { choice: 'consul', label: 'Consul' },
      { choice: 'cilium', label: 'Cilium' },
    ]),
    {
      applies: ({ database = false }) => database,
      ...choice('cloud', t('Where are its volumes?'), 'none', [
        {
          choice: 'none',
          label: t('Elsewhere'),
          description: t('the platform brings an encrypted StorageClass'),
        },
        { choice: 'aws', label: 'Amazon Web Services', description: 'EBS' },
        { choice: 'azure', label: 'Microsoft Azure', description: t('managed disks') },
        { choice: 'gcp', label: 'Google Cloud', description: t('persistent disks') },
      ]),
    },
    choice('output', t('In which form?'), 'manifests', [
      { choice: 'manifests', label: t('Manifests'), description: t('for kubectl apply') },
      {
        choice: 'kustomize',
        label: 'Kustomize',
        description: t('a base, with overlays for staging and production'),
      },
      { choice: 'helm', label: t('Helm chart') },
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
          prompt:
            t('Who calls it: NAME or NAMESPACE/NAME, with commas between them') + inView(survey.workloads),
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
  return names.length === 0 ? '' : ` ${t('(in view: {0})', names.slice(0, MOST_NAMES).join(', '))}`;
}

function imageFor(name: string, { registries }: FolderSurvey): string {
  const registry = registries.find((entry) => !entry.includes('*'));
  return registry === undefined ? '' : `${registry}/${name}:1.0.0`;
}
