import type { BusinessAssociate } from '../../../server/src/rules/settings.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const EXAMPLE = `apiVersion: v1
kind: Pod
metadata:
  name: portal
  namespace: phi
spec:
  containers:
    - name: main
      image: registry.clinic.example/portal:1
      env:
        - name: DD_URL
          value: https://trace.agent.datadoghq.com
`;
const FLAGGED = EXAMPLE.replace('https://trace.agent.datadoghq.com', '«https://trace.agent.datadoghq.com»');
const datadog = (baa?: BusinessAssociate['baa']) => ({
  businessAssociates: [{ name: 'Datadog', ...(baa && { baa }) }],
});

export const cases: RuleCases = {
  valid: [
    {
      name: 'an agreement that holds',
      code: EXAMPLE,
      settings: datadog({ signed: '2025-01-01', expires: '2028-01-01', evidence: 'contracts/datadog.pdf' }),
    },
    { name: 'its last day', code: EXAMPLE, settings: datadog({ expires: '2026-11-22', evidence: 'a' }) },
    { name: 'without an end', code: EXAMPLE, settings: datadog({ evidence: 'a' }) },
    {
      name: 'a vendor that is not listed, which another rule reports',
      code: EXAMPLE,
      settings: { businessAssociates: [{ name: 'Okta' }] },
    },
    { name: 'no list', code: EXAMPLE },
  ],
  invalid: [
    {
      name: 'an agreement that has ended',
      code: FLAGGED,
      settings: datadog({ expires: '2026-11-21', evidence: 'a' }),
      errors: [
        {
          messageId: 'expired',
          message:
            'The business associate agreement with Datadog ended on 2026-11-21, so ePHI may no longer go there. Renew it, or stop using the vendor.',
        },
      ],
      output: undefined,
    },
    {
      name: 'no document',
      code: FLAGGED,
      settings: datadog({ signed: '2025-01-01' }),
      errors: [{ messageId: 'noEvidence' }],
      output: undefined,
    },
    {
      name: 'no agreement at all',
      code: FLAGGED,
      settings: datadog(),
      errors: [{ messageId: 'noEvidence' }],
      output: undefined,
    },
  ],
};
