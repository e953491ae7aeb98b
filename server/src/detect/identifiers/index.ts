import type { IdentifierKind } from '../types.ts';
import { emailShape, phoneShape } from './contact.ts';
import { ageShape, birthDateShape, dateShape } from './dates.ts';
import { addressShape, cityShape, zipShape } from './geography.ts';
import { mbiShape } from './mbi.ts';
import { nameShape } from './names.ts';
import {
  accountShape,
  deaShape,
  licenseShape,
  memberIdShape,
  mrnShape,
  npiShape,
  otherIdShape,
} from './numbers.ts';
import type { ShapeMatcher } from './shape.ts';
import { ssnShape } from './ssn.ts';
import {
  biometricShape,
  deviceShape,
  diagnosisShape,
  ipShape,
  photographShape,
  urlShape,
  vehicleShape,
} from './things.ts';

/** What each kind of identifier looks like. */
export const SHAPES: Readonly<Record<Exclude<IdentifierKind, 'custom'>, ShapeMatcher>> = {
  name: nameShape,
  address: addressShape,
  city: cityShape,
  zip: zipShape,
  'birth-date': birthDateShape,
  date: dateShape,
  age: ageShape,
  phone: phoneShape,
  fax: phoneShape,
  email: emailShape,
  ssn: ssnShape,
  mrn: mrnShape,
  mbi: mbiShape,
  'member-id': memberIdShape,
  account: accountShape,
  license: licenseShape,
  npi: npiShape,
  dea: deaShape,
  vehicle: vehicleShape,
  device: deviceShape,
  url: urlShape,
  'ip-address': ipShape,
  biometric: biometricShape,
  photograph: photographShape,
  'other-id': otherIdShape,
  diagnosis: diagnosisShape,
};

/** Kinds of which the last four characters may be shown, as on a receipt. */
export const NUMBER_KINDS: ReadonlySet<IdentifierKind> = new Set<IdentifierKind>([
  'ssn',
  'mrn',
  'mbi',
  'member-id',
  'account',
  'license',
  'phone',
  'fax',
  'vehicle',
  'device',
  'other-id',
]);
