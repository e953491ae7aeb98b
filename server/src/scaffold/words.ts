import { isInvalidImage, parseImageReference } from '../kubernetes/images.ts';
import { needsPullSecret } from '../kubernetes/registries.ts';
import type { Caller, ServiceAnswers } from './answers.ts';
import { block, lines } from './block.ts';

/**
 * What the objects of a service are written with: the answers themselves, or what stands for them in a template of Helm. The texts of the objects are
 * the same for both.
 */
export interface Words extends Omit<ServiceAnswers, 'callers' | 'host' | 'image'> {
  readonly host: string | undefined;
  readonly image: string;
  readonly databaseImage: string;
  readonly replicas: string;
  readonly resources: string;
  readonly storage: string;
  /** Lines for each caller. */
  callers(render: (caller: Caller) => string): string;
  /** Lines that only make sense with a caller, with others in their place. */
  ifCalled(text: string, otherwise?: string): string;
  /** Whether the registry asks for credentials. */
  readonly needsPullSecret: boolean;
}

/** PostgreSQL, as its image is called where clinics mirror it. */
const DATABASE = 'postgres:17.6.0';

export const RESOURCES = block`
  requests:
    cpu: 100m
    memory: 128Mi
  limits:
    memory: 256Mi
`;

/** The image of the database, beside the service's own in the registry. */
export function databaseImageOf({ image }: Pick<ServiceAnswers, 'image'>): string {
  return image.slice(0, image.lastIndexOf('/') + 1) + DATABASE;
}

function registryAsks(image: string): boolean {
  const reference = parseImageReference(image);
  return !isInvalidImage(reference) && needsPullSecret(reference.registry);
}

/** The answers, written out. */
export function plainWords(answers: ServiceAnswers): Words {
  return {
    ...answers,
    databaseImage: databaseImageOf(answers),
    replicas: '2',
    resources: RESOURCES,
    storage: '20Gi',
    callers: (render) => lines(answers.callers.map(render)),
    ifCalled: (text, otherwise = '') => (answers.callers.length > 0 ? text : otherwise),
    needsPullSecret: registryAsks(answers.image),
  };
}

/** What stands for the answers in a template: names are the chart's, what changes between environments is a value. */
export function helmWords(answers: ServiceAnswers): Words {
  const hasDigest = answers.image.includes('@');
  return {
    ...answers,
    name: '{{ .Chart.Name }}',
    namespace: '{{ .Release.Namespace }}',
    host: answers.host === undefined ? undefined : '{{ .Values.host }}',
    image: hasDigest
      ? '{{ .Values.image.repository }}@{{ .Values.image.digest }}'
      : '{{ .Values.image.repository }}:{{ .Values.image.tag }}',
    databaseImage: '{{ .Values.database.image.repository }}:{{ .Values.database.image.tag }}',
    replicas: '{{ .Values.replicas }}',
    resources: '{{- toYaml .Values.resources | nindent 12 }}',
    storage: '{{ .Values.database.storage }}',
    callers: (render) =>
      lines([
        '{{- range .Values.callers }}',
        render({ name: '{{ .name }}', namespace: '{{ .namespace | default $.Release.Namespace }}' }),
        '{{- end }}',
      ]),
    ifCalled: (text, otherwise = '') =>
      lines([
        '{{- if .Values.callers }}',
        text,
        ...(otherwise === '' ? [] : ['{{- else }}', otherwise]),
        '{{- end }}',
      ]),
    needsPullSecret: registryAsks(answers.image),
  };
}
