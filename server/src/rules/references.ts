/**
 * Whether a provision must be implemented as it stands, or is an addressable implementation specification: implement it, or document why not
 * and what replaces it (45 CFR 164.306(d)(3)). A standard is met through its specifications.
 */
export type Obligation = 'required' | 'addressable' | 'standard';

/** A provision of the HIPAA rules, in our own words. */
export interface Provision {
  /** Without the part number of the title: `164.312(a)(1)`. */
  readonly section: string;
  readonly title: string;
  readonly obligation: Obligation;
  readonly summary: string;
}

const PROVISIONS: readonly Provision[] = [
  {
    section: '164.308(a)(1)(ii)(D)',
    title: 'Information system activity review',
    obligation: 'required',
    summary:
      'Records of what happens in information systems, such as audit logs and access reports, are reviewed regularly.',
  },
  {
    section: '164.308(a)(3)',
    title: 'Workforce security',
    obligation: 'standard',
    summary:
      'Members of the workforce have the access to ePHI that their work needs, and nobody else has any.',
  },
  {
    section: '164.308(a)(4)',
    title: 'Information access management',
    obligation: 'standard',
    summary: 'Access to ePHI is authorised by policy and granted accordingly.',
  },
  {
    section: '164.308(a)(5)(ii)(B)',
    title: 'Protection from malicious software',
    obligation: 'addressable',
    summary: 'There are procedures that guard against malicious software, detect it and report it.',
  },
  {
    section: '164.308(a)(5)(ii)(D)',
    title: 'Password management',
    obligation: 'addressable',
    summary: 'There are procedures for creating, changing and safeguarding passwords.',
  },
  {
    section: '164.308(a)(7)',
    title: 'Contingency plan',
    obligation: 'standard',
    summary: 'There are procedures for emergencies that damage systems which hold ePHI, backups among them.',
  },
  {
    section: '164.308(b)',
    title: 'Business associate contracts',
    obligation: 'standard',
    summary:
      'A vendor that creates, receives, keeps or sends ePHI on our behalf assures in a contract that it will safeguard it.',
  },
  {
    section: '164.312(a)(1)',
    title: 'Access control',
    obligation: 'standard',
    summary: 'Systems that hold ePHI let in only those persons and programs that have been granted access.',
  },
  {
    section: '164.312(a)(2)(i)',
    title: 'Unique user identification',
    obligation: 'required',
    summary: 'Every user has a name or number of their own, so that what they do can be traced to them.',
  },
  {
    section: '164.312(a)(2)(iii)',
    title: 'Automatic logoff',
    obligation: 'addressable',
    summary: 'Sessions end by themselves after a set time of inactivity.',
  },
  {
    section: '164.312(a)(2)(iv)',
    title: 'Encryption and decryption',
    obligation: 'addressable',
    summary: 'Stored ePHI is encrypted, and there is a way to decrypt it.',
  },
  {
    section: '164.312(b)',
    title: 'Audit controls',
    obligation: 'standard',
    summary:
      'Hardware, software and procedures record what happens in systems that hold ePHI and let it be examined.',
  },
  {
    section: '164.312(c)(1)',
    title: 'Integrity',
    obligation: 'standard',
    summary: 'ePHI is protected from improper alteration or destruction.',
  },
  {
    section: '164.312(c)(2)',
    title: 'Mechanism to authenticate ePHI',
    obligation: 'addressable',
    summary: 'Electronic means confirm that ePHI has not been altered or destroyed without authorisation.',
  },
  {
    section: '164.312(d)',
    title: 'Person or entity authentication',
    obligation: 'standard',
    summary: 'Whoever seeks access to ePHI is verified to be the one claimed.',
  },
  {
    section: '164.312(e)(1)',
    title: 'Transmission security',
    obligation: 'standard',
    summary:
      'ePHI that travels over a network is guarded against access by those who are not meant to see it.',
  },
  {
    section: '164.312(e)(2)(i)',
    title: 'Integrity controls',
    obligation: 'addressable',
    summary: 'Transmitted ePHI cannot be modified unnoticed until it is disposed of.',
  },
  {
    section: '164.312(e)(2)(ii)',
    title: 'Encryption of transmissions',
    obligation: 'addressable',
    summary: 'ePHI is encrypted in transit whenever that is appropriate.',
  },
  {
    section: '164.314(a)',
    title: 'Business associate contracts: requirements',
    obligation: 'standard',
    summary: 'Contracts with business associates hold them to the Security Rule and to reporting incidents.',
  },
  {
    section: '164.316(b)(2)(i)',
    title: 'Time limit',
    obligation: 'required',
    summary: 'Documentation that the Security Rule asks for is kept for six years.',
  },
  {
    section: '164.502(b)',
    title: 'Minimum necessary',
    obligation: 'standard',
    summary: 'Uses and disclosures of PHI are limited to the least that the purpose needs.',
  },
  {
    section: '164.514(b)(2)',
    title: 'De-identification: Safe Harbor',
    obligation: 'standard',
    summary: 'Information is no longer PHI when eighteen kinds of identifiers have been removed.',
  },
];

const BY_SECTION: ReadonlyMap<string, Provision> = new Map(
  PROVISIONS.map((provision) => [provision.section, provision]),
);

/**
 * The provision of a section of 45 CFR Part 164. Titles and obligations follow the Security Rule, Appendix A to Subpart C.
 *
 * @throws when no rule may cite the section: a spelling mistake in a rule's metadata
 */
export function provisionOf(section: string): Provision {
  const provision = BY_SECTION.get(section);
  if (provision === undefined) throw new Error(`no provision ${section}`);
  return provision;
}
