import { isDocumentationDomain } from './contact.ts';
import type { ShapeMatcher } from './shape.ts';

/** Identifiers of things that belong to a person: vehicles, devices, addresses of the web and the network, pictures, codes. */

export const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
export const VIN_VALUES: Record<string, number> = {};
for (const [letters, first] of [
  ['ABCDEFGH', 1],
  ['JKLMN', 1],
  ['STUVWXYZ', 2],
] as const) {
  for (const [index, letter] of [...letters].entries()) VIN_VALUES[letter] = first + index;
}
VIN_VALUES.P = 7;
VIN_VALUES.R = 9;

/** The ninth character is the sum of the weighted others modulo 11. Source: 49 CFR 565.15. */
function isVin(value: string): boolean {
  const text = value.toUpperCase();
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(text)) return false;
  let sum = 0;
  for (let index = 0; index < 17; index++) {
    const character = text.charAt(index);
    const number = /\d/.test(character) ? Number(character) : (VIN_VALUES[character] ?? 0);
    sum += number * (VIN_WEIGHTS[index] ?? 0);
  }
  const check = sum % 11;
  return text.charAt(8) === (check === 10 ? 'X' : String(check));
}

export const vehicleShape: ShapeMatcher = (value, keyWords) => {
  if (isVin(value)) return { witness: 'checkedShape', words: '17 characters with the check digit of a VIN' };
  if (!keyWords.includes('plate')) return undefined;
  return /^(?=[^\d]*\d)[A-Z0-9]{1,4}[- ]?[A-Z0-9]{1,5}$/.test(value)
    ? { witness: 'looseShape', words: 'letters and digits as on a plate' }
    : undefined;
};

/** `(01)` and a GTIN-14 with its check digit, then at least `(21)`, the serial that makes it one device. Source: FDA, UDI formats. */
export function isSerializedUdi(value: string): boolean {
  const match = /^\(?01\)?(\d{14})(?:\((?:10|11|17|240)\)[\w-]{1,20})*\(21\)[\w/-]{1,20}/.exec(value);
  if (match?.[1] === undefined) return false;
  let sum = 0;
  for (let index = 0; index < 13; index++) sum += Number(match[1][index]) * (index % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10 === Number(match[1][13]);
}

export const deviceShape: ShapeMatcher = (value) => {
  if (isSerializedUdi(value))
    return { witness: 'rareShape', words: 'a device identifier with a serial number' };
  return /^(?=[^\d]*\d)[A-Z0-9]{1,6}[-_ ]?[A-Z0-9][A-Z0-9-]{3,24}$/.test(value)
    ? { witness: 'usualShape', words: 'letters and digits as of a serial number' }
    : undefined;
};

export const urlShape: ShapeMatcher = (value) => {
  const match = /^(?:https?:\/\/|www\.)([^\s/:?#]{3,200})(?:[/?#]\S*)?$/i.exec(value);
  if (match?.[1] === undefined) return undefined;
  return {
    witness: 'usualShape',
    words: 'a web address',
    ...(isDocumentationDomain(match[1]) ? { further: ['documentation' as const] } : {}),
  };
};

export const ipShape: ShapeMatcher = (value) => {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(value)?.slice(1).map(Number);
  if (octets !== undefined) {
    const [first = 0, second = 0] = octets;
    if (octets.some((octet) => octet > 255)) return undefined;
    // Loopback, unspecified, link-local and multicast addresses belong to nobody.
    if (first === 0 || first === 127 || first >= 224 || (first === 169 && second === 254)) return undefined;
    return { witness: 'usualShape', words: 'an IPv4 address' };
  }
  return /^(?=.*:.*:)[0-9a-f:]{6,39}$/i.test(value) && !/^::1?$/.test(value)
    ? { witness: 'usualShape', words: 'an IPv6 address' }
    : undefined;
};

export const biometricShape: ShapeMatcher = (value) =>
  value.length >= 16 && /^[A-Za-z0-9+/=_:.,[\] -]+$/.test(value) && /\d/.test(value)
    ? { witness: 'usualShape', words: 'a long encoded value' }
    : undefined;

export const photographShape: ShapeMatcher = (value) => {
  if (/^data:image\//i.test(value)) return { witness: 'checkedShape', words: 'an embedded image' };
  if (/^(?:\/9j\/|iVBORw0KGgo|R0lGOD|UklGR)/.test(value))
    return { witness: 'checkedShape', words: 'an encoded image' };
  if (/^\S{1,300}\.(?:jpe?g|png|gif|webp|heic|bmp|tiff?)(?:\?\S*)?$/i.test(value))
    return { witness: 'usualShape', words: 'the place of an image' };
  return undefined;
};

/** ICD-10-CM: a letter, a digit, a digit or A or B, then up to four characters after a dot. */
export const diagnosisShape: ShapeMatcher = (value) =>
  /^[A-TV-Z]\d[0-9AB](?:\.[0-9A-TV-Z]{1,4})?$/.test(value)
    ? { witness: 'usualShape', words: 'a code of ICD-10-CM' }
    : undefined;
