import { tagMobility } from '../kubernetes/image-tags.ts';
import { type ImageReference, isInvalidImage, parseImageReference } from '../kubernetes/images.ts';
import { isAllowedImage, isPublicRegistry } from '../kubernetes/registries.ts';
import { inEnglish, type Say } from '../l10n/say.ts';
import { nearestName } from '../syntax/nearest-name.ts';
import { type Caller, CLOUDS, ENTRIES, MESHES, OUTPUTS, type ServiceAnswers } from './answers.ts';

/** Answers as they are typed; a wizard that is not done has some of them. */
export interface TypedAnswers {
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly image?: string | undefined;
  readonly port?: string | undefined;
  /** `NAME` of the same namespace, or `NAMESPACE/NAME`. */
  readonly callers?: readonly string[] | undefined;
  readonly database?: boolean | undefined;
  readonly host?: string | undefined;
  readonly entry?: string | undefined;
  readonly mesh?: string | undefined;
  readonly cloud?: string | undefined;
  readonly output?: string | undefined;
}

export type Question = keyof TypedAnswers;

/** What is wrong with an answer, in a sentence for the person who gave it. */
export interface AnswerProblem {
  readonly question: Question;
  readonly message: string;
}

/** What the workspace knows about answers. */
export interface AnswerLimits {
  /** Registries that images may come from; empty where nobody has said. */
  readonly allowedRegistries: readonly string[];
}

const NO_LIMITS: AnswerLimits = { allowedRegistries: [] };

/** Checks answers; the result is either all of them, or what is wrong. */
export function readAnswers(
  typed: TypedAnswers,
  limits: AnswerLimits = NO_LIMITS,
  say: Say = inEnglish,
): { readonly answers: ServiceAnswers } | { readonly problems: readonly AnswerProblem[] } {
  const problems = QUESTIONS.flatMap((question) => {
    const message = problemWith(question, typed, limits, say);
    return message === undefined ? [] : [{ question, message }];
  });
  if (problems.length > 0) return { problems };
  const namespace = typed.namespace ?? '';
  return {
    answers: {
      name: typed.name ?? '',
      namespace,
      image: typed.image ?? '',
      port: Number(typed.port ?? ''),
      callers: (typed.callers ?? []).map((text) => callerOf(text, namespace)),
      database: typed.database ?? false,
      host: given(typed.host),
      entry: oneOf(ENTRIES, typed.entry) ?? 'gateway',
      mesh: oneOf(MESHES, typed.mesh) ?? 'none',
      cloud: oneOf(CLOUDS, typed.cloud) ?? 'none',
      output: oneOf(OUTPUTS, typed.output) ?? 'manifests',
    },
  };
}

/** In the order in which they are asked. */
const QUESTIONS: readonly Question[] = [
  ...(['name', 'namespace', 'image', 'port', 'callers', 'database'] as const),
  ...(['host', 'entry', 'mesh', 'cloud', 'output'] as const),
];

/** What is wrong with one answer; undefined when it will do. */
export function problemWith(
  question: Question,
  typed: TypedAnswers,
  limits: AnswerLimits,
  say: Say,
): string | undefined {
  switch (question) {
    case 'name':
      return typed.name === 'default'
        ? say(
            'The name cannot be "default": every pod without a ServiceAccount of its own has the one of that name.',
          )
        : labelProblem(say('The name'), typed.name, LONGEST_NAME, say);
    case 'namespace':
      return namespaceProblem(typed.namespace, say);
    case 'image':
      return imageProblem(typed.image, limits, say);
    case 'port':
      return portProblem(typed.port, say);
    case 'callers':
      return callersProblem(typed, say);
    case 'host':
      return given(typed.host) === undefined ? undefined : hostProblem(typed.host ?? '', say);
    case 'entry':
      return choiceProblem(say('The entry'), ENTRIES, typed.entry, say);
    case 'mesh':
      return choiceProblem(say('The mesh'), MESHES, typed.mesh, say);
    case 'cloud':
      return choiceProblem(say('The cloud'), CLOUDS, typed.cloud, say);
    case 'output':
      return choiceProblem(say('The output'), OUTPUTS, typed.output, say);
    case 'database':
      return undefined;
  }
}

/** Names of pods are longer than that of their workload, and end up in labels of 63 characters. */
const LONGEST_NAME = 40;
const LONGEST_LABEL = 63;

/** Words that YAML reads as something else than text. */
const YAML_WORD = /^(?:true|false|yes|no|on|off|y|n|null)$/;

function labelProblem(what: string, text: string | undefined, longest: number, say: Say): string | undefined {
  if (text === undefined || text === '') return say('{0} is missing.', what);
  if (text.length > longest)
    return say('{0} has {1} characters; {2} are the most.', what, text.length, longest);
  if (!/^[a-z][a-z0-9-]*$/.test(text) || text.endsWith('-'))
    return say(
      '{0} is made of lower-case letters, digits and "-", starts with a letter and ends with a letter or digit.',
      what,
    );
  return YAML_WORD.test(text)
    ? say('{0} cannot be "{1}", which YAML reads as no text.', what, text)
    : undefined;
}

function namespaceProblem(namespace: string | undefined, say: Say): string | undefined {
  if (namespace === 'default')
    return say('Everybody can deploy to the namespace "default": PHI belongs in a namespace of its own.');
  if (namespace?.startsWith('kube-') === true)
    return say('Namespaces that start with "kube-" belong to Kubernetes.');
  return labelProblem(say('The namespace'), namespace, LONGEST_LABEL, say);
}

function imageProblem(
  text: string | undefined,
  { allowedRegistries }: AnswerLimits,
  say: Say,
): string | undefined {
  if (text === undefined || text === '') return say('{0} is missing.', say('The image'));
  const image = parseImageReference(text);
  if (isInvalidImage(image)) return say('This is no image: {0}.', say(image.problem));
  if (allowedRegistries.length > 0 && !isAllowedImage(image, allowedRegistries))
    return say('Images come from {0}, as the configuration says.', allowedRegistries.join(', '));
  if (allowedRegistries.length === 0 && isPublicRegistry(image.registry))
    return say(
      '{0} is a public registry. Write the image with your own, such as registry.clinic.example/records/api:1.0.0.',
      image.registry,
    );
  return versionProblem(image, say);
}

function versionProblem({ tag, digest }: ImageReference, say: Say): string | undefined {
  if (digest !== undefined) return undefined;
  if (tag === undefined)
    return say('The image needs a version that stays: a tag such as :1.0.0, or a digest.');
  return tagMobility(tag) === 'fixed'
    ? undefined
    : say('The tag "{0}" moves from image to image. Write a full version, such as 1.0.0, or a digest.', tag);
}

/** Below, only root may listen. */
const FIRST_FREE_PORT = 1024;
const LAST_PORT = 65535;

function portProblem(text: string | undefined, say: Say): string | undefined {
  if (text === undefined || text === '') return say('{0} is missing.', say('The port'));
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= FIRST_FREE_PORT && port <= LAST_PORT
    ? undefined
    : say('The port is a number from {0} to {1}: below, only root may listen.', FIRST_FREE_PORT, LAST_PORT);
}

function callersProblem({ callers = [], name, namespace = '' }: TypedAnswers, say: Say): string | undefined {
  const seen = new Set<string>();
  for (const text of callers) {
    if (text.split('/').length > 2) return say('"{0}" is no caller: write NAME, or NAMESPACE/NAME.', text);
    const caller = callerOf(text, namespace);
    const problem =
      labelProblem(say('The caller "{0}"', text), caller.name, LONGEST_LABEL, say) ??
      (text.includes('/')
        ? labelProblem(say('The namespace of "{0}"', text), caller.namespace, LONGEST_LABEL, say)
        : undefined);
    if (problem !== undefined) return problem;
    const key = `${caller.namespace}/${caller.name}`;
    if (key === `${namespace}/${name}`) return say('The service needs no permission to call itself.');
    if (seen.has(key)) return say('The caller "{0}" is named twice.', text);
    seen.add(key);
  }
  return undefined;
}

function callerOf(text: string, namespace: string): Caller {
  const slash = text.indexOf('/');
  return slash === -1
    ? { namespace, name: text }
    : { namespace: text.slice(0, slash), name: text.slice(slash + 1) };
}

const LONGEST_HOST = 253;

function hostProblem(host: string, say: Say): string | undefined {
  const labels = host.split('.');
  const isHost =
    host.length <= LONGEST_HOST &&
    labels.length > 1 &&
    labels.every((label) => label.length <= LONGEST_LABEL && /^[a-z0-9][a-z0-9-]*$/.test(label)) &&
    labels.every((label) => !label.endsWith('-')) &&
    /[a-z]/.test(labels.at(-1) ?? '');
  return isHost ? undefined : say('The host is a full name in lower case, such as records.clinic.example.');
}

function choiceProblem(
  what: string,
  choices: readonly string[],
  value: string | undefined,
  say: Say,
): string | undefined {
  if (value === undefined || value === '' || choices.includes(value)) return undefined;
  const meant = nearestName(value, choices);
  const problem = say('{0} is one of {1}; it cannot be "{2}".', what, choices.join(', '), value);
  return meant === undefined ? problem : `${problem} ${say('Did you mean {0}?', meant)}`;
}

function oneOf<Choice extends string>(
  choices: readonly Choice[],
  value: string | undefined,
): Choice | undefined {
  return choices.find((choice) => choice === value);
}

function given(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
