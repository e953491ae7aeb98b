/**
 * What a piece of text can hold of a person: the 18 identifiers of 45 CFR 164.514(b)(2)(i), split where their shapes or names differ,
 * and diagnoses, which are the harm once they stand beside an identifier.
 */
export type IdentifierKind =
  | 'name'
  | 'address'
  | 'city'
  | 'zip'
  | 'birth-date'
  | 'date'
  | 'age'
  | 'phone'
  | 'fax'
  | 'email'
  | 'ssn'
  | 'mrn'
  | 'mbi'
  | 'member-id'
  | 'account'
  | 'license'
  | 'npi'
  | 'dea'
  | 'vehicle'
  | 'device'
  | 'url'
  | 'ip-address'
  | 'biometric'
  | 'photograph'
  | 'other-id'
  | 'diagnosis'
  | 'custom';

/** What a credential is. */
export type CredentialKind =
  | 'private-key'
  | 'provider-token'
  | 'jwt'
  | 'password'
  | 'secret'
  | 'api-key'
  | 'connection-string'
  | 'basic-auth-url'
  | 'authorization-header'
  | 'registry-auth'
  | 'encryption-key';

export type Confidence = 'high' | 'medium' | 'low';

/** Something found in a text. Nothing in it repeats the value. */
export interface Detection<K extends string = IdentifierKind | CredentialKind> {
  readonly kind: K;
  /** What a person calls it, in lower case unless it is a name: "Social Security number". */
  readonly label: string;
  readonly confidence: Confidence;
  /** Half-open range in UTF-16 code units of the text given. */
  readonly start: number;
  readonly end: number;
  /** A form that is safe to show: at most the last four characters of a long value. */
  readonly masked: string;
  /** Why, in words without the value: "9 digits in the ranges of the SSA", "under the key patient_ssn". */
  readonly evidence: readonly string[];
  /** What an allow list names the value by; made when it is asked for. */
  readonly hash: () => string;
  /** The value was found inside an encoded text; the range is then that of the whole encoded value. */
  readonly encoded?: 'base64';
}

export type Place = 'configmap' | 'env' | 'args' | 'metadata' | 'values' | 'secret' | 'comment';

/** Where a text stands. */
export interface TextContext {
  /** The names above the text, outermost first: `['data', 'patients.csv']`, `['env', 'PATIENT_SSN']`. */
  readonly keys: readonly string[];
  readonly place: Place;
  /** The other values of the same record, when they are known: they tell whether it is a record about a person. */
  readonly siblings?: readonly { readonly key: string; readonly value: string }[];
}

/** An identifier of the user's own institution. */
export interface CustomIdentifier {
  /** What a person calls it. */
  readonly name: string;
  /** A regular expression in RE2 syntax (no look-around, no back-references). Absent: any value under the keys. */
  readonly pattern?: string;
  /** Keys that the value must stand under, compared word by word. Absent: anywhere. */
  readonly keys?: readonly string[];
}

export interface DetectOptions {
  /** Kinds that are not looked for. */
  readonly disabledKinds?: readonly string[];
  /** Keys whose values are never reported; `*` stands for any characters. */
  readonly allowedKeys?: readonly string[];
  /** Values that are never reported, as `valueHash` makes them. */
  readonly allowedHashes?: readonly string[];
  readonly customIdentifiers?: readonly CustomIdentifier[];
  /** The weakest confidence to report; `medium` by default. */
  readonly minimumConfidence?: Confidence;
}
