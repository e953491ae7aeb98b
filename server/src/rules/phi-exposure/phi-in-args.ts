import { namesOf } from '../../analysis/pod-security/wording.ts';
import { commandTextsOf } from '../command-texts.ts';
import { phiIn } from '../detection.ts';
import { defineRule } from '../rule.ts';
import { placeOf, redactFixes } from '../sensitive-text.ts';

/**
 * An identifier of a person in what a container runs: its command and arguments, its probes and lifecycle hooks.
 *
 * Source: 45 CFR 164.514(b)(2)(i), the eighteen identifiers; https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
export const phiInArgs = defineRule({
  id: 'phi-in-args',
  meta: {
    title: 'PHI in a command line',
    safeguard: 'phi-exposure',
    rationale:
      'The command line of a process is read by every other process of its host, and by monitoring, audit logs and kubectl describe. What identifies a person there is copied to all of them.',
    remediation:
      'Let the program read records from the system that is meant for them, by a key that says nothing about a person. Use made-up values in probes and tests.',
    references: {
      hipaa: ['164.312(a)(1)', '164.502(b)', '164.514(b)(2)'],
      nist: ['AC-3', 'SC-28', 'PT-7'],
      urls: [
        'https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/',
        'https://www.hhs.gov/hipaa/for-professionals/special-topics/de-identification/index.html',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      phi: 'The {field} of {container} holds PHI: {label} ({masked}). Process lists, logs and everyone who may describe the pod show it; remove it.',
    },
  },
  pod(pod, { report, settings }) {
    for (const { container, field, scalar, context } of commandTextsOf(pod)) {
      for (const { detection, weight } of phiIn(scalar.decoded, scalar.path, context, settings)) {
        report({
          at: placeOf(scalar, pod.workload.document.text, detection),
          messageId: 'phi',
          data: { field, container: namesOf([container]), label: detection.label, masked: detection.masked },
          ...weight,
          fixes: redactFixes(scalar, detection, context, 'phi'),
        });
      }
    }
  },
});
