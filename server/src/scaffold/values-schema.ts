import type { ServiceAnswers } from './answers.ts';
import { imagePartsOf } from './image-parts.ts';
import { databaseImageOf } from './words.ts';

type Schema = Readonly<Record<string, unknown>>;

const LABEL = '^[a-z]([a-z0-9-]*[a-z0-9])?$';
const HOST = '^([a-z0-9]([a-z0-9-]*[a-z0-9])?[.])+[a-z0-9-]*[a-z][a-z0-9-]*$';
/** With its registry: what names none comes from a public one. */
const REPOSITORY = '^(localhost|[^/@ ]*[.:][^/@ ]*)/[^@: ]+$';
/** A full version, a commit, a date or a build. */
const ONE_BUILD =
  '(^|[-_+])(v?[0-9]+[.][0-9]+[.][0-9]+|[0-9a-f]{7,64}|[0-9]{4,}|(r|rc|b|build|rev|p|alpha|beta)[.]?[0-9]+)';

/** What Helm holds values to before it renders: those that would loosen a safeguard are refused. */
export function valuesSchemaFile(answers: ServiceAnswers): string {
  const { host, database } = answers;
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...objectOf({
      image: imageSchema(answers.image),
      replicas: { type: 'integer', minimum: 2 },
      resources: objectOf({ limits: objectOf({ memory: { type: ['string', 'integer'], minLength: 1 } }) }),
      ...(host === undefined ? {} : { host: text(HOST) }),
      ...(database
        ? {
            database: objectOf({
              image: imageSchema(databaseImageOf(answers)),
              storage: text('^[1-9][0-9]*[KMGTPE]i?$'),
            }),
          }
        : {}),
    }),
  };
  // Without callers nobody gets in.
  const callers = {
    type: 'array',
    items: {
      ...objectOf({ name: text(LABEL), namespace: text(LABEL) }),
      required: ['name'],
      additionalProperties: false,
    },
  };
  const all = { ...schema, properties: { ...schema.properties, callers } };
  return `${JSON.stringify(all, undefined, 2)}\n`;
}

function imageSchema(image: string) {
  const { repository, version } = imagePartsOf(image);
  const fits = version.key === 'digest' || new RegExp(ONE_BUILD).test(version.text);
  const pattern = version.key === 'digest' ? '^sha256:[0-9a-f]{64}$' : fits ? ONE_BUILD : '^.+$';
  return objectOf({
    repository: text(new RegExp(REPOSITORY).test(repository) ? REPOSITORY : '^.+$'),
    [version.key]: { ...text(pattern), not: { const: 'latest' } },
  });
}

function objectOf(properties: Readonly<Record<string, Schema>>) {
  return { type: 'object', required: Object.keys(properties), properties };
}

function text(pattern: string): Schema {
  return { type: 'string', pattern };
}
