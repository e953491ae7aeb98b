import type { IdentifierKind } from '../types.ts';

/**
 * The words that health-care systems use for their fields.
 *
 * Sources: 45 CFR 164.514(b)(2)(i); HL7 v2.5.1 and FHIR R4 field names; the column names of Synthea's and OpenMRS's tables; the context
 * words of Microsoft Presidio's recognizers.
 */

/** How much a phrase says by itself. */
export type PhraseStrength =
  /** Names an identifier of a person wherever it stands: `ssn`, `date of birth`. */
  | 'own'
  /** Names an identifier only beside a person's word or in a person's record: `phone`, `last name`. */
  | 'needs-person';

export interface Phrase {
  readonly kind: IdentifierKind;
  readonly label: string;
  readonly strength: PhraseStrength;
}

type PhraseTable = readonly [IdentifierKind, string, PhraseStrength, string];

export const PHRASES: readonly PhraseTable[] = [
  [
    'ssn',
    'Social Security number',
    'own',
    'ssn|social security|social security number|social security no|social security num|soc sec|soc sec no|soc sec number|ss number|ssa number|itin',
  ],
  ['ssn', 'Social Security number', 'needs-person', 'social|ss|ss no'],
  [
    'mrn',
    'medical record number',
    'own',
    'mrn|medical record|medical record number|medical record no|medical record num|medical record id|medrec|med rec|med rec no|med rec num|med rec number|med rec id|med record no|mr number|mr no|mr num|chart number|chart no|empi|empi id|emr id|ehr id|hospital number',
  ],
  [
    'mrn',
    'patient identifier',
    'own',
    'patient id|patient identifier|patient record number|patient record no|patient record id|patient number|patient no|patient num|patient code|pt id|pt no',
  ],
  [
    'mbi',
    'Medicare beneficiary identifier',
    'own',
    'mbi|mbi number|medicare beneficiary|medicare beneficiary id|medicare beneficiary identifier|medicare id|medicare number|medicare no|hicn|hic number|health insurance claim number',
  ],
  [
    'member-id',
    'health plan member id',
    'own',
    'member id|member number|member no|member identifier|subscriber id|subscriber number|subscriber no|subscriber identifier|beneficiary id|beneficiary number|beneficiary no|insured id|insured number|enrollee id|cardholder id|cardholder number|health plan id|health plan number|health plan beneficiary number|plan member id|plan id number|insurance id|insurance number|insurance no|insurance member id|insurance policy|insurance policy number|insurance policy no|insurance card number|health card number|health card no|health insurance number|health insurance id',
  ],
  [
    'member-id',
    'health plan policy number',
    'needs-person',
    'policy number|policy no|policy id|policy|group number|group no|certificate number|plan id|plan number',
  ],
  [
    'member-id',
    'Medicaid id',
    'own',
    'medicaid|medicaid id|medicaid number|medicaid no|medicaid recipient id',
  ],
  [
    'account',
    'account number',
    'needs-person',
    'account|account number|account no|account num|account id|acct|acct no|acct number|acct num|acct id|billing account|bank account|bank account number|iban|routing number|credit card|credit card number|card number|cc number|payment card|invoice number',
  ],
  [
    'account',
    'patient account number',
    'own',
    'patient account|patient account number|patient account no|patient acct|patient acct no|guarantor account|guarantor account number|guarantor number|hospital account|hospital account number|har number|pan number',
  ],
  [
    'license',
    "driver's licence number",
    'own',
    'drivers license|driver license|drivers license number|driver license number|drivers license no|driver license no|drivers licence|driver licence|drivers licence number|driver licence number|dl number|dl no',
  ],
  [
    'license',
    'licence number',
    'needs-person',
    'dl|dl number|license|licence|license number|license no|licence number|licence no|state license|state license number|certificate no|certification number|passport|drivers',
  ],
  [
    'license',
    'passport number',
    'own',
    'passport number|passport no|passport num|birth certificate|birth certificate number|birth certificate no|birth cert no',
  ],
  [
    'license',
    'professional licence number',
    'own',
    'medical license|medical license number|medical licence|medical licence number|medical license no|physician license|physician license number|nursing license|nursing license number|rn license|rn license number|provider license number|pharmacist license|pharmacist license number',
  ],
  [
    'npi',
    'National Provider Identifier',
    'own',
    'npi|npi number|npi no|npi id|national provider identifier|national provider id',
  ],
  [
    'dea',
    'DEA registration number',
    'own',
    'dea|dea number|dea no|dea num|dea id|dea registration|dea registration number',
  ],
  [
    'vehicle',
    'vehicle identification number',
    'own',
    'vin|vin number|vin no|vehicle identification number|vehicle vin|vehicle id number',
  ],
  [
    'vehicle',
    'vehicle identifier',
    'needs-person',
    'vehicle|car|vehicle id|vehicle number|plate|plates|tag number',
  ],
  [
    'vehicle',
    'licence plate',
    'own',
    'license plate|licence plate|license plate number|plate number|plate no|vehicle plate|car plate',
  ],
  [
    'device',
    'device identifier',
    'own',
    'udi|udi number|device udi|unique device identifier|pacemaker serial|pacemaker serial number|pacemaker serial no|implant serial|implant serial number|implant serial no|implanted device serial|device serial number|defibrillator serial|icd serial|icd serial number|pump serial|pump serial number|insulin pump serial|insulin pump serial number|hearing aid serial|hearing aid serial number|prosthesis serial',
  ],
  [
    'device',
    'device serial number',
    'needs-person',
    'serial|serial number|serial no|serial num|device serial|device id|device identifier|imei|pacemaker|pacemaker id|implant id|monitor serial|monitor serial number|cgm serial|cpap serial',
  ],
  [
    'name',
    'name',
    'own',
    'patient name|pt name|patient full name|member name|subscriber name|beneficiary name|insured name|guarantor name|policyholder name|decedent name|mother maiden name|mothers maiden name|mother s maiden name|mother maiden|mothers maiden|next of kin|next of kin name|nok|nok name|emergency contact|emergency contact name|patient initials',
  ],
  ['name', 'name', 'own', 'patient|patients|subscriber|guarantor|insured|beneficiary'],
  [
    'name',
    'name',
    'needs-person',
    'name|full name|legal name|display name|first name|given name|given|given names|first|fname|forename|middle name|middle|middle initial|mi|last name|family name|family|last|lname|surname|maiden name|maiden|nickname|preferred name|alias|initials|first nm|last nm|nm',
  ],
  [
    'birth-date',
    'date of birth',
    'own',
    'dob|d o b|date of birth|birth date|birthdate|birthday|birth day|birth dt|birth|birth time|birth dttm|date birth|born|born on|bdate|birthdt',
  ],
  [
    'date',
    'admission date',
    'own',
    'admission date|admit date|admission dt|admit dt|admission dttm|admit dttm|date of admission|admitted|admitted on|admitted at|admission datetime|admit datetime|admission time|admit time',
  ],
  [
    'date',
    'discharge date',
    'own',
    'discharge date|discharge dt|discharge dttm|date of discharge|discharged|discharged on|discharged at|discharge datetime|discharge time',
  ],
  [
    'date',
    'date of death',
    'own',
    'date of death|death date|death dt|deathdate|deceased date|deceased date time|deceased|date deceased|died on|dod',
  ],
  [
    'date',
    'date of care',
    'needs-person',
    'service date|date of service|dos|visit date|appointment|appointment date|appointment time|surgery date|procedure date|encounter date|implant date|date implanted|lab date|collection date|collected|specimen date|onset date|diagnosis date|exam date|treatment date|vaccination date|immunization date|prescription date|date written|fill date|last visit|last seen|next visit|next appointment|effective date|start date|date',
  ],
  ['age', 'age over 89', 'needs-person', 'age|age years|age in years|age at death|age at visit'],
  [
    'phone',
    'telephone number',
    'needs-person',
    'phone|phone number|phone no|phone num|telephone|telephone number|telephone no|tel|tel no|mobile|mobile phone|mobile number|mobile no|cell|cell phone|cell number|contact number|contact no|contact phone|msisdn|telecom|callback number|callback|sms number|whatsapp|ph|ph no|phone home|phone mobile|phone work|phone cell',
  ],
  ['fax', 'fax number', 'needs-person', 'fax|fax number|fax no|fax num|facsimile'],
  [
    'email',
    'e-mail address',
    'needs-person',
    'email|e mail|email address|e mail address|mail|email id|contact email|email addr',
  ],
  [
    'address',
    'street address',
    'needs-person',
    'address|addr|address line|address line 1|address line 2|address 1|address 2|addr 1|addr 2|street|street address|street addr|street 1|street 2|street name|line|line 1|line 2|mailing address|residence|residential address|residence address|postal address|home',
  ],
  [
    'city',
    'city',
    'needs-person',
    'city|town|municipality|city town|county|precinct|village|borough|birthplace|birth place|place of birth',
  ],
  [
    'zip',
    'ZIP code',
    'needs-person',
    'zip|zip code|zipcode|postal code|postcode|post code|postal|zip 5|zip 4',
  ],
  [
    'url',
    'personal web address',
    'needs-person',
    'url|website|web site|web page|homepage|home page|profile|profile url|personal url|personal website|personal web page|facebook|linkedin|twitter|instagram|blog|web',
  ],
  [
    'ip-address',
    'IP address',
    'needs-person',
    'ip|ip address|ip addr|client ip|source ip|device ip|remote ip|last login ip|login ip|ipv 4|ipv 6',
  ],
  [
    'biometric',
    'biometric identifier',
    'needs-person',
    'fingerprint|finger print|fingerprint template|fingerprint hash|retina|retina scan|retinal scan|iris|iris scan|iris code|iris template|voiceprint|voice print|voice sample|faceprint|face print|face template|face embedding|facial template|palm print|palmprint|biometric|biometrics|biometric id|biometric template|biometric data|biometric hash|dna|dna sequence|genome|hand geometry',
  ],
  [
    'photograph',
    'photograph',
    'needs-person',
    'photo|photograph|picture|headshot|portrait|face image|face photo|facial image|avatar|image|photo url|picture url|image url|mugshot|selfie|photo base 64|photo data',
  ],
  [
    'other-id',
    'prescription number',
    'own',
    'rx number|rx no|rx num|prescription number|prescription no|prescription id',
  ],
  [
    'other-id',
    'identifying number',
    'needs-person',
    'accession number|accession no|accession|case number|case no|case id|encounter number|encounter id|encounter no|visit number|visit no|visit id|claim number|claim no|claim id|specimen id|study id|study number|subject id|subject number|id|identifier|id number|id no|unique id|national id|national id number|external id|employee id|student id|referral number|order number|badge number|taxpayer id|tin|uid|number',
  ],
  [
    'diagnosis',
    'diagnosis',
    'needs-person',
    'diagnosis|diagnoses|diagnosis code|diagnosis codes|primary diagnosis|principal diagnosis|secondary diagnosis|admitting diagnosis|dx|dx code|dx 1|dx 2|icd|icd 10|icd 10 cm|icd code|icd 10 code|icd 9|icd 9 code|condition|condition code|reason code|problem|problem code|code',
  ],
];

/** Phrases that mean something only when a key holds no clearer one. */
export const VAGUE_PHRASES = new Set(
  'social|ss|dl|plate|car|vehicle|number|no|id|uid|identifier|code|name|nm|date|line|first|last|middle|mi|given|family|home|age|policy|account|acct|profile|ip|url|image|web|alias|icd|condition|problem|birth|plan id|start date|patient|patients|subscriber|guarantor|insured|beneficiary'.split(
    '|',
  ),
);

/** Words for the people whose health information is protected, and for those beside them (164.514(b)(2)(i): relatives, household members). */
export const PERSON_WORDS = new Set(
  (
    'patient|patients|pt|member|members|subscriber|subscribers|beneficiary|beneficiaries|insured|guarantor|resident|enrollee|enrollees|dependent|dependents|' +
    'participant|participants|decedent|deceased|newborn|infant|mother|father|mothers|fathers|maternal|paternal|spouse|husband|wife|child|sibling|kin|nok|' +
    'policyholder|cardholder|claimant|guardian|guardians|donor|daughter|son|sister|brother|parent|partner|grandmother|grandfather|recipient|relative|caregiver|inpatient|outpatient|veteran|person|individual'
  ).split('|'),
);

/** Person words that clusters and message brokers use as well: an id or a name under them needs more than the key. */
export const AMBIGUOUS_PERSON_WORDS = new Set(
  'daughter|son|sister|brother|parent|partner|grandmother|grandfather|member|members|subscriber|subscribers|participant|participants|resident|dependent|dependents|child|sibling|donor|recipient|person|individual|relative|mother|father'.split(
    '|',
  ),
);

/** Words that narrow a field of a person and change nothing of its meaning. */
export const NEUTRAL_WORDS = new Set(
  (
    'address|addr|residence|residential|telecom|home|work|primary|secondary|main|personal|mobile|cell|current|permanent|temporary|mailing|residential|legal|preferred|other|alt|alternate|emergency|contact|evening|' +
    'daytime|day|night|first|second|third|value|text|string|str|raw|full|plain|num|nbr|no|number|id|identifier|code|s|the|of|and|or|us|usa|state|province|' +
    'record|records|data|info|information|details|detail|demographics|demographic|profile|entry|row|rows|list|item|items|seed|fixture|example|sample|test|demo|default|initial|mock|dummy|my|your|x|dt|date|time|' +
    'social|health|medical|clinical|insurance|next'
  ).split('|'),
);

/** Words of organisations and their staff, who are no patients. */
export const ORGANISATION_WORDS = new Set(
  (
    'relations|access|experience|financial|scheduling|registration|advocate|advocacy|liaison|coordinator|coordinators|hotline|helpline|center|centre|facility|hospital|clinic|provider|providers|physician|doctor|practitioner|prescriber|nurse|support|admin|administrator|owner|maintainer|maintainers|company|organisation|organization|org|' +
    'sender|from|reply|replyto|smtp|service|services|svc|server|host|vendor|payer|payor|pharmacy|team|oncall|billing|author|authors|user|users|username|operator|cluster|node|dashboard|' +
    'notification|notifications|alert|alerts|alerting|portal|help|helpdesk|desk|department|dept|practice|business|corporate|corp|office|acme|letsencrypt|certmanager|issuer|system|api|app|application|' +
    'webhook|bot|git|github|gitlab|contributor|committer|commit|registry|db|database|sql|postgres|mysql|mongo|redis|kafka|rabbitmq|queue|broker|etcd|raft|consul|zookeeper|peer|bucket|cloud|aws|gcp|azure|' +
    'project|tenant|realm|client|customer|security|devops|ops|sre|site|store|plan|laboratory|lab|manufacturer|insurer|employer|agency|school|file|filename|class|classname|type|resource|pod|container|' +
    'namespace|deployment|release|chart|helm|domain|dns|hostname|event|metric|metrics|job|task|scope|role|group|groups|permission|account_name'
  ).split('|'),
);

/** A key that ends in one of these configures how values are handled, and holds none. */
export const SETTINGS_WORDS = new Set(
  (
    'regex|regexp|pattern|patterns|format|formats|mask|masks|masking|length|len|size|prefix|suffix|header|headers|column|columns|col|field|fields|table|tables|topic|topics|queue|host|hostname|port|path|paths|' +
    'enabled|enable|disabled|disable|required|optional|weight|max|min|maximum|minimum|count|counts|limit|label|labels|template|templates|claim|claims|attribute|attributes|attr|property|properties|' +
    'type|types|schema|key|keys|index|placeholder|title|description|validation|validator|rule|rules|policy|policies|redaction|redact|system|namespace|oid|endpoint|service|api|resource|generator|strategy|' +
    'sort|order|filter|visible|hidden|searchable|display|tooltip|hint|help|message|error|param|params|parameter|selector|mode|level|interval|timeout|ttl|days|seconds|retention|version|' +
    'start|sequence|seq|counter|offset|range|generation|lookup|search|matching|match|matcher|verification|verify|encryption|tokenization|hash|hashing|algorithm|logging|log|export|import|unique|nullable|checksum|separator|delimiter|digits|padding|' +
    'mapping|mappings|map|alias|source|target|destination|file|files|folder|dir|directory|bucket|database|db|collection|class|model|entity|role|scope|scopes|secret|secretname|configmap|cron|schedule'
  ).split('|'),
);

/** Words that make of a date or a number a bound. */
export const BOUND_WORDS = new Set(
  'min|max|minimum|maximum|cutoff|before|after|threshold|earliest|latest|since|until|than|mask|hide|show|validate|require|enable|disable|allow|index|sort|parse|strip|redact'.split(
    '|',
  ),
);

/** Person words that are glued to a phrase in one lower-case word: `patientssn`, `memberid`. */
export const GLUING_PERSONS = [
  'patient',
  'pt',
  'member',
  'subscriber',
  'insured',
  'guarantor',
  'beneficiary',
];

const phraseByText = new Map<string, Phrase>();
/** Phrases of several words, by what they are without their spaces. */
const phraseByGlued = new Map<string, string>();

for (const [kind, label, strength, texts] of PHRASES) {
  for (const text of texts.split('|')) {
    if (!phraseByText.has(text)) phraseByText.set(text, { kind, label, strength });
    const glued = text.replaceAll(' ', '');
    if (glued !== text && !phraseByGlued.has(glued)) phraseByGlued.set(glued, text);
  }
}

/** The phrase that these words, joined by single spaces, make. */
export function phraseOf(text: string): Phrase | undefined {
  return phraseByText.get(text);
}

/** `firstname` is `first`, `name`, and `patientssn` is `patient`, `ssn`; other words are themselves. */
export function ungluedWords(words: readonly string[]): string[] {
  return words.flatMap((word) => unglued(word) ?? wordsAfterPerson(word) ?? [word]);
}

/** Words that are shorter stand for something else more often than for a phrase. */
export const LEAST_GLUED = 5;

function unglued(word: string): string[] | undefined {
  return word.length < LEAST_GLUED ? undefined : phraseByGlued.get(word)?.split(' ');
}

function wordsAfterPerson(word: string): string[] | undefined {
  for (const person of GLUING_PERSONS) {
    const rest = word.startsWith(person) ? word.slice(person.length) : '';
    if (rest.length < 2) continue;
    if (phraseByText.has(rest)) return [person, rest];
    const phrase = phraseByGlued.get(rest);
    if (phrase !== undefined) return [person, ...phrase.split(' ')];
  }
  return undefined;
}

/** All phrases that name an identifier by themselves; tests compare other lists with them. */
export const OWN_PHRASES: readonly string[] = PHRASES.filter(([, , strength]) => strength === 'own').flatMap(
  ([, , , texts]) => texts.split('|'),
);

/** The longest phrase has this many words. */
export const LONGEST_PHRASE = 5;
