import type { Shape, ShapeMatcher } from './shape.ts';

/** Identifiers that an institution or a state makes up: there is a usual look, and no check. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const ID =
  /^[A-Za-z]{0,8}[-_ :#/]?[A-Za-z]{0,6}[-_ ]?\d[A-Za-z0-9]*(?:[- ][A-Za-z]{0,3}\d[A-Za-z0-9]*){0,4}$/;

/** A number of at least this many digits can be somebody's record number. */
const LEAST_DIGITS = 4;

function countDigits(value: string): number {
  let digits = 0;
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) digits++;
  }
  return digits;
}

/** What a number that somebody has been given looks like: some letters, at least four digits, no words. */
function looksLikeId(value: string, leastDigits = LEAST_DIGITS): boolean {
  if (value.length > 32 || value.length < leastDigits) return false;
  if (!ID.test(value) || UUID.test(value)) return false;
  const digits = countDigits(value);
  if (digits < leastDigits) return false;
  // Words with a number in them (`patient-service-2024`) are names of things.
  return !/[A-Za-z]{9,}/.test(value) && !/\d{4}-\d{2}-\d{2}/.test(value);
}

function idShape(value: string): Shape | undefined {
  if (!looksLikeId(value)) return undefined;
  const digits = countDigits(value);
  return digits >= 6
    ? { witness: 'usualShape', words: `an identifier with ${digits} digits` }
    : { witness: 'looseShape', words: 'a short identifier' };
}

export const mrnShape: ShapeMatcher = idShape;

export const accountShape: ShapeMatcher = (value) => {
  const digits = value.replace(/[- ]/g, '');
  if (/^\d{13,19}$/.test(digits) && passesLuhn(digits))
    return { witness: 'checkedShape', words: 'a card number with a right check digit' };
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(digits)) return { witness: 'checkedShape', words: 'an IBAN' };
  return idShape(value);
};

export const memberIdShape: ShapeMatcher = (value) => {
  // etcd and Kafka call their peers members, too, and number them in hexadecimal.
  if (/^[0-9a-f]{16}$/.test(value) && /[a-f]/.test(value)) return undefined;
  return idShape(value);
};

export const licenseShape: ShapeMatcher = idShape;
export const otherIdShape: ShapeMatcher = idShape;

/** Luhn's check, modulo 10, as on payment cards and in NPIs. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    let digit = digits.charCodeAt(digits.length - 1 - index) - 0x30;
    if (index % 2 === 1) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
  }
  return sum % 10 === 0;
}

/** Ten digits, Luhn's check over 80840 and the number. Source: CMS, Requirements for National Provider Identifier and NPI check digit. */
export const npiShape: ShapeMatcher = (value) =>
  /^[12]\d{9}$/.test(value) && passesLuhn(`80840${value}`)
    ? { witness: 'checkedShape', words: 'ten digits with the check digit of an NPI' }
    : undefined;

/** Two letters and seven digits: (d1+d3+d5 + 2(d2+d4+d6)) mod 10 = d7. */
export const deaShape: ShapeMatcher = (value) => {
  const match = /^[ABCDEFGHJKLMPRSTUX][A-Z9](\d{7})$/i.exec(value);
  if (match?.[1] === undefined || match[1] === '0000000') return undefined;
  const digits = [...match[1]].map(Number);
  const odd = (digits[0] ?? 0) + (digits[2] ?? 0) + (digits[4] ?? 0);
  const even = (digits[1] ?? 0) + (digits[3] ?? 0) + (digits[5] ?? 0);
  return (odd + 2 * even) % 10 === digits[6]
    ? { witness: 'checkedShape', words: 'two letters and seven digits with the check digit of a DEA number' }
    : undefined;
};
