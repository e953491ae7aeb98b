import { namesOf } from '../../analysis/pod-security/wording.ts';
import type { Detection } from '../../detect/index.ts';
import { freeName } from '../../kubernetes/free-names.ts';
import type { Pod } from '../../kubernetes/pods.ts';
import { insert, replaceText } from '../../syntax/edit/operations.ts';
import { type CommandText, commandTextsOf } from '../command-texts.ts';
import { credentialsIn } from '../detection.ts';
import { defineRule, type Fix } from '../rule.ts';
import { placeOf, redactFixes, secretSkeleton } from '../sensitive-text.ts';

/**
 * A credential in what a container runs: its command and arguments, its probes and lifecycle hooks.
 *
 * Source: https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/#use-environment-variables-to-define-arguments
 */
export const secretInArgs = defineRule({
  id: 'secret-in-args',
  meta: {
    title: 'Credential in a command line',
    safeguard: 'encryption-at-rest',
    rationale:
      'A credential in a manifest is in version control for ever; on a command line it also stands in the process list of the node, in logs and in kubectl describe. Whoever reads it opens the database or the service, and the ePHI behind it, under an identity that is not theirs.',
    remediation:
      'Have the credential revoked where it was issued: it has been exposed. Put the new one into a Secret, and let the program read it from a file or, where it takes nothing but arguments, from a variable as $(NAME).',
    references: {
      hipaa: ['164.312(a)(2)(iv)', '164.308(a)(5)(ii)(D)', '164.312(d)'],
      nist: ['IA-5', 'SC-28'],
      benchmark: 'CIS Kubernetes Benchmark 5.4.1',
      urls: [
        'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
        'https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      credential:
        'The {field} of {container} holds a credential in clear text: {label}. It opens ePHI to everyone who can read the manifest or the process list; replace it at its issuer and refer to a Secret.',
    },
  },
  pod(pod, { report, settings }) {
    for (const text of commandTextsOf(pod)) {
      const { container, field, scalar, context } = text;
      for (const { detection, weight } of credentialsIn(scalar.decoded, scalar.path, context, settings)) {
        report({
          at: placeOf(scalar, pod.workload.document.text, detection),
          messageId: 'credential',
          data: { field, container: namesOf([container]), label: detection.label },
          ...weight,
          fixes: fixesFor(pod, text, detection),
        });
      }
    }
  },
});

function fixesFor(pod: Pod, text: CommandText, detection: Detection): Fix[] {
  const { scalar, context, isExpanded } = text;
  if (scalar.via !== undefined) return [];
  const redact = redactFixes(scalar, detection, context, 'credentials');
  return isExpanded ? [variableFix(pod, text, detection), ...redact] : redact;
}

/** Reads the credential through a variable, which comes from a Secret. */
function variableFix(pod: Pod, text: CommandText, { start, end, kind }: Detection): Fix {
  const { container, scalar } = text;
  const secret = `${pod.workload.name}-credentials`;
  const taken = new Set((container.value.get('env')?.items ?? []).map((item) => item.get('name')?.text));
  const variable = freeName(variableNameFor(text, start, kind), taken, '_');
  const reference = { name: variable, valueFrom: { secretKeyRef: { name: secret, key: variable } } };
  return {
    title: `Use the variable ${variable} from the Secret "${secret}", which is added without the value`,
    applicability: 'review',
    operations: [
      replaceText(scalar.path, { start, end }, `$(${variable})`),
      insert([...container.value.path, 'env'], reference),
      secretSkeleton(secret, pod.workload.namespace),
    ],
  };
}

/** What a variable is called after its kind, where nothing else names it. */
const NAMES: Partial<Record<Detection['kind'], string>> = {
  'basic-auth-url': 'password',
  'connection-string': 'password',
  'registry-auth': 'password',
  'authorization-header': 'token',
  'provider-token': 'token',
  jwt: 'token',
};

/** After the flag or assignment that the credential belongs to: `--db-password=`; otherwise after what it is. */
function variableNameFor({ scalar, context }: CommandText, start: number, kind: Detection['kind']): string {
  const assigned = /(?:^|[\s"';])-{0,2}([A-Za-z][A-Za-z0-9_.-]{1,40})[= ]["']?$/.exec(
    scalar.decoded.slice(Math.max(0, start - 60), start),
  )?.[1];
  const flag = start === 0 ? context.keys[1] : assigned;
  const name = flag !== undefined && flag.length > 2 ? flag : (NAMES[kind] ?? kind);
  return name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}
