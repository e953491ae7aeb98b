import { auditPolicyOf } from '../../analysis/audit-policy/policy.ts';
import { remove } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/** Stages that tell how a request ended. */
const ENDS = new Set(['ResponseComplete', 'Panic']);

/**
 * An audit policy that leaves out how requests ended. `RequestReceived` may be left out: what it says is in the later stages too.
 *
 * Source: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/ (stages).
 */
export const auditPolicyStageOmitted = defineRule({
  id: 'audit-policy-stage-omitted',
  meta: {
    title: 'Outcome of requests not recorded',
    safeguard: 'audit-controls',
    rationale:
      'Without the last stage the log shows that somebody asked, but not whether they got the ePHI. An investigation has to assume the worst for every entry.',
    remediation: 'Omit the stage RequestReceived at most.',
    references: {
      hipaa: ['164.312(b)'],
      nist: ['AU-3'],
      urls: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      omitted: 'Omitting {stage} hides how requests for ePHI ended. Keep this stage.',
    },
  },
  resource: {
    kinds: ['Policy'],
    check(resource, { report }) {
      const policy = auditPolicyOf(resource);
      if (policy === undefined) return;
      const recording = policy.rules.filter(({ level }) => level !== 'None');
      for (const stage of [...policy.omitStages, ...recording.flatMap(({ omitStages }) => omitStages)]) {
        if (!ENDS.has(stage.text ?? '')) continue;
        const fixes = [
          { title: `Keep ${stage.text}`, applicability: 'safe' as const, operations: [remove(stage.path)] },
        ];
        report({ at: stage, messageId: 'omitted', data: { stage: stage.text ?? '' }, fixes });
      }
    },
  },
});
