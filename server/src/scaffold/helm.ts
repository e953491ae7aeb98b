import type { ServiceAnswers } from './answers.ts';
import { block, documents } from './block.ts';
import type { ScaffoldFile } from './files.ts';
import { imagePartsOf } from './image-parts.ts';
import { serviceFiles } from './service-files.ts';
import { valuesSchemaFile } from './values-schema.ts';
import { databaseImageOf, helmWords, RESOURCES } from './words.ts';

/** A chart: what changes between environments is a value, what keeps ePHI safe is not. */
export function chartFiles(answers: ServiceAnswers): ScaffoldFile[] {
  const templates = serviceFiles(helmWords(answers));
  return [
    { path: 'chart/Chart.yaml', text: chartFile(answers) },
    { path: 'chart/values.yaml', text: valuesFile(answers) },
    { path: 'chart/values.schema.json', text: valuesSchemaFile(answers) },
    ...templates.map(({ path, text }) => ({ path: `chart/templates/${path}`, text })),
  ];
}

function chartFile({ name, image }: ServiceAnswers): string {
  const { version } = imagePartsOf(image);
  return documents([
    block`
      apiVersion: v2
      name: ${name}
      description: A service that handles PHI, with the safeguards that HIPAA asks for.
      type: application
      version: 0.1.0
      ${version.key === 'tag' ? `appVersion: "${version.text}"` : ''}
    `,
  ]);
}

function valuesFile(answers: ServiceAnswers): string {
  const { repository, version } = imagePartsOf(answers.image);
  return documents([
    block`
      # What changes between environments. What keeps ePHI safe stands in the templates, where values cannot switch it off, and what would
      # loosen it here (a single replica, a tag that moves, no host) values.schema.json refuses.
      image:
        repository: ${repository}
        ${version.key}: "${version.text}"

      # Two at least, so that a node may fail.
      replicas: 2

      resources:
        ${RESOURCES}

      # Who may call the service: the name of each workload, which is also that of its ServiceAccount, and its namespace.
      ${callerValues(answers)}
      ${answers.host === undefined ? '' : `\n# The name under which it is reached from outside of the cluster.\nhost: ${answers.host}`}
      ${answers.database ? databaseValues(answers) : ''}
    `,
  ]);
}

function callerValues({ callers }: ServiceAnswers): string {
  if (callers.length === 0) return 'callers: []';
  const items = callers.map(({ name, namespace }) => `  - name: ${name}\n    namespace: ${namespace}`);
  return ['callers:', ...items].join('\n');
}

function databaseValues(answers: ServiceAnswers): string {
  const { repository, version } = imagePartsOf(databaseImageOf(answers));
  return `
database:
  image:
    repository: ${repository}
    tag: "${version.text}"
  storage: 20Gi`;
}
