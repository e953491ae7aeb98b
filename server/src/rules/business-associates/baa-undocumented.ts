import { associateOf } from '../../analysis/vendors/associates.ts';
import { vendorUsagesOf } from '../../analysis/vendors/usages.ts';
import { defineRule } from '../rule.ts';

/**
 * A vendor that a resource in PHI scope uses and that the configuration's list of business associates does not have. Silent until there is such a list.
 *
 * Source: 45 CFR 164.308(b)(1), 164.314(a); HHS guidance on HIPAA and cloud computing.
 */
export const baaUndocumented = defineRule({
  id: 'baa-undocumented',
  meta: {
    title: 'Vendor without a documented agreement',
    safeguard: 'business-associates',
    rationale:
      'A vendor that receives, keeps or passes on ePHI is a business associate, also when it only holds it encrypted, and may do so only under an agreement. The list in the configuration is where that agreement can be shown.',
    remediation:
      'Record the vendor and its agreement under businessAssociates in the configuration file, or make sure that no ePHI goes there and say so in an exception.',
    references: {
      hipaa: ['164.308(b)', '164.314(a)'],
      nist: ['SA-9', 'AC-20'],
      urls: [
        'https://www.hhs.gov/hipaa/for-professionals/special-topics/health-information-technology/cloud-computing/index.html',
      ],
    },
    severity: 'information',
    scope: 'document',
    phiOnly: true,
    messages: {
      sends:
        '{kind} "{name}" sends to {vendor}, with which the configuration lists no agreement. Record it under businessAssociates, or keep ePHI from going there.',
      stores:
        '{kind} "{name}" keeps data at {vendor}, with which the configuration lists no agreement. Record it under businessAssociates, or keep ePHI elsewhere.',
      pulls:
        '{kind} "{name}" runs an image from {vendor}, with which the configuration lists no agreement. Record it under businessAssociates, or pull from a registry of your own.',
      runs: '{kind} "{name}" relies on {vendor}, with which the configuration lists no agreement. Record it under businessAssociates.',
    },
  },
  resource: {
    check(resource, { report, settings: { businessAssociates } }) {
      if (businessAssociates === undefined) return;
      for (const usage of vendorUsagesOf(resource)) {
        if (associateOf(usage, businessAssociates) !== undefined) continue;
        const { vendor, how, at } = usage;
        report({
          at,
          messageId: how,
          data: { kind: resource.kind, name: resource.name, vendor: vendor.name },
          severity: 'warning',
          fixes: [
            {
              title: `Record ${vendor.name} in the configuration file`,
              applicability: 'review',
              operations: [
                {
                  op: 'edit-configuration',
                  path: ['businessAssociates'],
                  append: true,
                  value: { name: vendor.name },
                },
              ],
            },
          ],
        });
      }
    },
  },
});
