import type { ShapeMatcher } from './shape.ts';

export const NANP =
  /^(?:\+?1[-. ]?)?\(?([2-9]\d{2})\)?[-. /]{0,2}([2-9]\d{2})[-. ]?(\d{4})(?: ?(?:x|ext\.?) ?\d{1,6})?$/i;
const E164 = /^\+[1-9][\d ().-]{6,20}$/;

/** As people write numbers, whether or not the plan has them; seven digits are a local number. */
const PRINTED = /^(?:(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ]))?\d{3}[-.]\d{4}$/;

/** National numbers of other countries, with their leading zero. */
const NATIONAL = /^\(?0\d{1,4}\)?[ -]\d[\d -]{5,10}$/;

/** Organisations' numbers: nobody has one at home. */
export const TOLL_FREE = new Set(['800', '833', '844', '855', '866', '877', '888']);

export const phoneShape: ShapeMatcher = (value) => {
  const text = value.replace(/^tel:/i, '');
  const match = NANP.exec(text);
  if (match !== null) {
    const [, area = '', exchange = '', line = ''] = match;
    if (TOLL_FREE.has(area) || area.endsWith('11') || exchange.endsWith('11')) return undefined;
    const fictional = exchange === '555' && line.startsWith('01');
    return {
      witness: 'usualShape',
      words: 'ten digits in the North American numbering plan',
      ...(fictional ? { further: ['documentation' as const] } : {}),
    };
  }
  if (PRINTED.test(text) && !TOLL_FREE.has(text.replace(/\D/g, '').slice(-10, -7)))
    return { witness: 'looseShape', words: 'digits printed like a telephone number' };
  const digits = text.replace(/\D/g, '');
  if (NATIONAL.test(text) && digits.length >= 9 && digits.length <= 11)
    return { witness: 'looseShape', words: 'digits grouped like a telephone number' };
  if (E164.test(text) && digits.length >= 8 && digits.length <= 15)
    return { witness: 'usualShape', words: 'an international telephone number' };
  return undefined;
};

export const EMAIL =
  /^(?:mailto:)?([A-Za-z0-9._%+'-]{1,64})@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6})$/;

/** Mailboxes of an organisation. */
export const ROLES =
  /(?:^|[._+-])(?:admin|administrator|support|info|help|helpdesk|noreply|no-reply|donotreply|postmaster|hostmaster|webmaster|abuse|security|privacy|compliance|ops|devops|sre|oncall|on-call|team|billing|sales|contact|service|services|root|alerts?|notifications?|monitoring|patients|patient-?\w*|records|hr|legal|office|hello|mail|mailer|smtp|system|bot|ci|dev|platform|infra|engineering|data|portal|registration|scheduling|appointments?|user|test|example|maintainers?|desk|frontdesk|reception|pharmacy|lab|clinic|intake|referrals?)(?:$|[._+-])/i;

export const emailShape: ShapeMatcher = (value) => {
  const match = EMAIL.exec(value);
  if (match === null) return undefined;
  const [, local = '', domain = ''] = match;
  if (ROLES.test(local)) return undefined;
  return {
    witness: 'usualShape',
    words: 'an e-mail address',
    ...(isDocumentationDomain(domain) ? { further: ['documentation' as const] } : {}),
  };
};

/** RFC 2606 and RFC 6761 names, and the inside of a cluster. */
export function isDocumentationDomain(domain: string): boolean {
  return DOCUMENTATION_DOMAIN.test(domain);
}

export const DOCUMENTATION_DOMAIN =
  /(?:^|\.)(?:example\.(?:com|org|net|edu)|example|invalid|test|localhost|local|internal|svc)$/i;
