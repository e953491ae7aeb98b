import { associateOf } from '../../analysis/vendors/associates.ts';
import { vendorUsagesOf } from '../../analysis/vendors/usages.ts';
import { defineRule } from '../rule.ts';

/**
 * A vendor in use whose agreement, by the configuration's list, has ended or is shown by no document. The list itself is reported in the same way.
 *
 * Source: 45 CFR 164.308(b)(3), 164.316(b)(1): the assurances are documented.
 */
export const baaExpired = defineRule({
  id: 'baa-expired',
  meta: {
    title: 'Agreement with a vendor ended or not shown',
    safeguard: 'business-associates',
    rationale:
      'ePHI may go to a vendor only as long as an agreement holds, and the assurance has to be documented. After its end, or without the document, every transfer is one that nobody may be able to justify.',
    remediation:
      'Renew the agreement and write its new date and where it is kept into the configuration file, or stop using the vendor for ePHI.',
    references: {
      hipaa: ['164.308(b)', '164.314(a)'],
      nist: ['SA-9', 'AC-20'],
      urls: [
        'https://www.hhs.gov/hipaa/for-professionals/covered-entities/sample-business-associate-agreement-provisions/index.html',
      ],
    },
    severity: 'warning',
    scope: 'document',
    phiOnly: true,
    messages: {
      expired:
        'The business associate agreement with {vendor} ended on {date}, so ePHI may no longer go there. Renew it, or stop using the vendor.',
      noEvidence:
        'The configuration names no document for the business associate agreement with {vendor}, so nothing shows that ePHI may go there. Name where the signed agreement is kept.',
    },
  },
  resource: {
    check(resource, { report, settings: { businessAssociates = [] }, today }) {
      if (businessAssociates.length === 0) return;
      for (const usage of vendorUsagesOf(resource)) {
        const { name: vendor = '', baa } = associateOf(usage, businessAssociates) ?? {};
        if (vendor === '') continue;
        const { at } = usage;
        if (baa?.expires !== undefined && baa.expires < today) {
          report({ at, messageId: 'expired', data: { vendor, date: baa.expires } });
        } else if (baa?.evidence === undefined) {
          report({ at, messageId: 'noEvidence', data: { vendor } });
        }
      }
    },
  },
});
