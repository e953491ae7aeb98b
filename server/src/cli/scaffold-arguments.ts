import type { ServiceAnswers } from '../scaffold/answers.ts';
import {
  type AnswerLimits,
  type Question,
  readAnswers,
  type TypedAnswers,
} from '../scaffold/read-answers.ts';
import { type CommandLine, type OptionForm, UsageError } from './options.ts';

export interface ScaffoldArguments {
  readonly command: 'scaffold';
  readonly typed: TypedAnswers;
  /** Where the files go; a folder named like the service when absent. */
  readonly folder: string | undefined;
  readonly dryRun: boolean;
}

export const SCAFFOLD_OPTIONS: Readonly<Record<string, OptionForm>> = {
  namespace: { value: 'needed', short: 'n' },
  image: { value: 'needed' },
  port: { value: 'needed' },
  caller: { value: 'needed' },
  database: { value: 'none' },
  host: { value: 'needed' },
  entry: { value: 'needed' },
  mesh: { value: 'needed' },
  cloud: { value: 'needed' },
  output: { value: 'needed', short: 'o' },
  folder: { value: 'needed' },
  'dry-run': { value: 'none' },
};

/** The option by which a question is answered; the name stands without one. */
function optionFor(question: Question): string {
  return question === 'name' ? 'NAME' : question === 'callers' ? '--caller' : `--${question}`;
}

/** @throws {UsageError} */
export function scaffoldArguments({ options, given, positionals }: CommandLine): ScaffoldArguments {
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) {
    throw new UsageError('scaffold takes the name of one service, such as records-api.');
  }
  return {
    command: 'scaffold',
    typed: {
      name,
      namespace: options.get('namespace'),
      image: options.get('image'),
      port: options.get('port'),
      callers: given.flatMap((option) => (option.name === 'caller' ? (option.value ?? []) : [])),
      database: options.has('database'),
      host: options.get('host'),
      entry: options.get('entry'),
      mesh: options.get('mesh'),
      cloud: options.get('cloud'),
      output: options.get('output'),
    },
    folder: options.get('folder'),
    dryRun: options.has('dry-run'),
  };
}

/**
 * The answers of a command line.
 *
 * @throws {UsageError} that tells all that is wrong
 */
export function answersIn({ typed }: ScaffoldArguments, limits: AnswerLimits): ServiceAnswers {
  const read = readAnswers(typed, limits);
  const problems = 'problems' in read ? read.problems : [];
  const lines = problems.map(({ question, message }) => `${optionFor(question)}: ${message}`);
  if (typed.entry !== undefined && typed.host === undefined)
    lines.push('--entry: Requests come in under a name. Add --host, or leave --entry out.');
  if ('answers' in read && lines.length === 0) return read.answers;
  throw new UsageError(lines.join('\n'));
}
