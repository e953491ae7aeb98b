import { titleOf } from '../../analysis/pod-security/wording.ts';
import type { Container, Pod } from '../../kubernetes/pods.ts';
import { insert, remove, set } from '../../syntax/edit/operations.ts';
import type { Entry, Value } from '../../syntax/values.ts';
import { defineRule, type Fix, type Operation } from '../rule.ts';

const MOUNT_FOLDER = '/run/secrets';

/**
 * A Secret that a container gets through its environment, where a file would do.
 *
 * Source: https://kubernetes.io/docs/concepts/security/secrets-good-practices/#restrict-secret-access-to-specific-containers; CIS Kubernetes
 * Benchmark 5.4.1, "Prefer using Secrets as files over Secrets as environment variables"
 */
export const secretEnvExposure = defineRule({
  id: 'secret-env-exposure',
  meta: {
    title: 'Secret in the environment of a container',
    safeguard: 'encryption-at-rest',
    rationale:
      'The environment of a process is inherited by every process that it starts, and programs write it into crash reports and debug pages. A file is read by the one that opens it, and follows when the Secret is rotated, without a restart.',
    remediation:
      'Mount the Secret as a volume, and tell the program the path of the file; many take it from a variable that ends in _FILE.',
    references: {
      hipaa: ['164.312(a)(2)(iv)', '164.308(a)(5)(ii)(D)'],
      nist: ['IA-5', 'SC-28'],
      benchmark: 'CIS Kubernetes Benchmark 5.4.1',
      urls: [
        'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
        'https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/',
      ],
    },
    severity: 'information',
    scope: 'document',
    phiOnly: true,
    messages: {
      variables:
        '{container} gets Secret "{secret}" through its environment, which crash reports and child processes inherit. Mount it as a file where the program can read one.',
    },
  },
  pod(pod, { report }) {
    for (const container of pod.containers) {
      for (const [secret, references] of referencesOf(container)) {
        const [first] = references;
        if (first === undefined) continue;
        report({
          at: { key: first.entry },
          messageId: 'variables',
          data: { container: titleOf(container), secret },
          fixes: mountFix(pod, container, secret, references),
        });
      }
    }
  },
});

/** One item of `env` or `envFrom` that takes its value from a Secret. */
interface Reference {
  readonly item: Value;
  /** The name of the variable; undefined in `envFrom`. */
  readonly variable: string | undefined;
  readonly key: string;
  readonly isOptional: boolean;
  /** `secretKeyRef` or `secretRef`. */
  readonly entry: Entry;
}

/** By the name of the Secret, in the order of the container. */
function referencesOf({ value }: Container): ReadonlyMap<string, Reference[]> {
  const found = new Map<string, Reference[]>();
  const add = (holder: Value | undefined, field: string, item: Value, variable: string | undefined) => {
    const entry = holder?.entries.find(({ key }) => key === field);
    const secret = entry?.value.get('name')?.text;
    if (entry === undefined || secret === undefined || secret === '') return;
    const key = entry.value.get('key')?.text ?? '';
    const reference = {
      item,
      variable,
      key,
      entry,
      isOptional: entry.value.get('optional')?.boolean === true,
    };
    const known = found.get(secret);
    if (known === undefined) found.set(secret, [reference]);
    else known.push(reference);
  };
  for (const item of value.get('env')?.items ?? [])
    add(item.get('valueFrom'), 'secretKeyRef', item, item.get('name')?.text ?? '');
  for (const item of value.get('envFrom')?.items ?? []) add(item, 'secretRef', item, undefined);
  return found;
}

function mountFix(pod: Pod, container: Container, secret: string, references: readonly Reference[]): Fix[] {
  const isPlain = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(secret);
  const written = references.every(({ item, variable }) => item.via === undefined && variable !== '');
  if (!isPlain || !written || references.some((reference) => isExpanded(reference, container))) return [];
  const volume = volumeFor(pod, secret);
  const mounted = (container.value.get('volumeMounts')?.items ?? []).find(
    (mount) => mount.get('name')?.text === volume.name && mount.get('subPath') === undefined,
  );
  const folder = mounted?.get('mountPath')?.text ?? `${MOUNT_FOLDER}/${secret}`;
  const isOptional = references.every((reference) => reference.isOptional);
  const source = isOptional ? { secretName: secret, optional: true } : { secretName: secret };
  const operations: Operation[] = [
    ...references.toReversed().flatMap((reference) => withoutVariable(reference, folder, container)),
    ...(mounted === undefined
      ? [
          insert([...container.value.path, 'volumeMounts'], {
            name: volume.name,
            mountPath: folder,
            readOnly: true,
          }),
        ]
      : []),
    ...(volume.exists ? [] : [insert([...pod.spec.path, 'volumes'], { name: volume.name, secret: source })]),
  ];
  return [{ title: `Mount the Secret "${secret}" under ${folder}`, applicability: 'review', operations }];
}

/** A variable becomes one that names the file, as many images have it; from `envFrom` nobody knows which variables it made. */
function withoutVariable(
  { item, variable, key }: Reference,
  folder: string,
  container: Container,
): Operation[] {
  if (variable === undefined) return [remove(item.path, { pruneTo: container.value.path.length })];
  return [
    set([...item.path, 'name'], `${variable}_FILE`),
    remove([...item.path, 'valueFrom']),
    set([...item.path, 'value'], `${folder}/${key}`),
  ];
}

/** Other variables and arguments may be put together from the value, as `$(VARIABLE)`; then it has to stay one. */
function isExpanded({ variable }: Reference, { value }: Container): boolean {
  if (variable === undefined) return false;
  const texts = [
    ...(value.get('env')?.items ?? []).map((item) => item.get('value')?.text),
    ...['command', 'args'].flatMap((field) => (value.get(field)?.items ?? []).map((item) => item.text)),
  ];
  return texts.some((text) => text?.includes(`$(${variable})`) === true);
}

/** The volume that holds the Secret already, or a name for a new one. */
function volumeFor({ spec }: Pod, secret: string): { readonly name: string; readonly exists: boolean } {
  const volumes = spec.get('volumes')?.items ?? [];
  const known = volumes.find(
    (volume) =>
      volume.at(['secret', 'secretName'])?.text === secret && volume.at(['secret', 'items']) === undefined,
  );
  const name = known?.get('name')?.text;
  if (name !== undefined) return { name, exists: true };
  const wanted = secret.replaceAll('.', '-').slice(0, 56);
  const isTaken = volumes.some((volume) => volume.get('name')?.text === wanted);
  return { name: isTaken ? `${wanted}-secret` : wanted, exists: false };
}
