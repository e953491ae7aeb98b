import { ALSO_WORDS, GIVEN_NAMES } from '../detect/identifiers/given-names.ts';
import { MBI_PATTERN, WHOLE_MBI } from '../detect/identifiers/mbi.ts';
import { OTHER_WORDS } from '../detect/identifiers/names.ts';
import { OWN_PHRASES } from '../detect/keys/vocabulary.ts';
import { AGE, EXAMPLE_WORDS, HEALTH_WORDS, PERSON_WORDS } from '../detect/prose/alone.ts';
import { labelOf } from '../detect/prose/labels.ts';
import type { IdentifierKind } from '../detect/types.ts';
import { anyOf, celMatches, celTest, celText } from './cel.ts';
import { isDea, isId, isNpi, isPlainDate, isSsn, isUdi, isVin, UDI } from './cel-phi-values.ts';
import { isPlaceholder } from './checks/credentials/values.ts';
import { inRe2 } from './re2.ts';

/*
 * Identifiers of persons in running text, as `detect/prose` finds them: by their shape alone, behind words that name them, in paths. Where what stands around them may make
 * them a part of more, they are let in.
 */

/** Where in the words of a container, a ConfigMap and so on a text stands. */
export interface TextPlace {
  /** CEL for the text. */
  readonly text: string;
  /** CEL for the names above it. */
  readonly keys: readonly string[];
  readonly isMetadata?: true;
}

const words = (all: Iterable<string>) => [...all].join('|');
const found = (text: string, pattern: string, condition: string) =>
  `${text}.findAll(${celText(pattern)}).exists(m, ${condition})`;

const NUMBER = '[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}';
const LINE = `[^\\n]*${NUMBER}[^\\n]*`;
const ALONE = celText(`(?:^|[^\\w.+-])${NUMBER}(?:$|[^\\w .-]|[ ](?:$|[^0-9]))`);
const holdsSsn = ({ text }: TextPlace) =>
  found(
    text,
    LINE,
    `!${celTest('m', EXAMPLE_WORDS)} && m.findAll(${ALONE}).exists(o, [o.find('${NUMBER}')].exists(v, ${isSsn('v')} && !${isPlaceholder('v')}))`,
  );

/** What stands between a name and its value. */
const BETWEEN = `["']?(?: (?:number|no|is|was))?(?: ?[:=#]{1,2} ?| )["']?`;
/** Of a kind every way to name it that the detector looks for in running text, the longest first. */
function labelsOf(kind: IdentifierKind): string {
  labels ??= OWN_PHRASES.flatMap((phrase) => {
    const known = [' ', '-', '_'].flatMap((sign) => {
      const label = labelOf(phrase.replaceAll(' ', sign));
      return label?.own === true ? [{ sign, kind: label.kind }] : [];
    });
    const between = known.filter((one) => one.kind === known[0]?.kind).map(({ sign }) => sign);
    return known[0] === undefined
      ? []
      : [[known[0].kind, phrase.replaceAll(' ', `[${between.join('').replace(' -', '- ')}]`)] as const];
  }).toSorted(([, a], [, b]) => b.length - a.length);
  return words(labels.flatMap(([of, pattern]) => (of === kind ? [pattern] : [])));
}
/** Made at the first use. */
let labels: readonly (readonly [IdentifierKind, string])[] | undefined;

const labelled =
  (kind: IdentifierKind, is: string) =>
  ({ text }: TextPlace) =>
    found(
      text,
      `[\\s\\S]{0,30}?(?:^|[^A-Za-z])(?i:${labelsOf(kind)})${BETWEEN}[0-9A-Z][0-9A-Za-z/-]*`,
      `!${celTest('m', EXAMPLE_WORDS)} && [m.find('[0-9A-Z][0-9A-Za-z/-]*$')].exists(v, ${is} && !${isPlaceholder('v')})`,
    );
const ID = `(${celMatches('v', '^[A-Z]{0,6}-?[0-9][0-9A-Za-z]*(?:-[0-9A-Za-z]+){0,3}$')} && ${isId('v', 4)})`;

const PRINTED_MBI = MBI_PATTERN.replaceAll('-?', '-');
const holdsMbi = ({ text, keys }: TextPlace) =>
  found(
    text,
    `(?:^|[^\\n]{0,70}?[^\\w-])${PRINTED_MBI}(?:$|[^\\w-][^\\n]{0,40})`,
    anyOf(...['m', ...keys].map((around) => celTest(around, HEALTH_WORDS))),
  );
const holdsDevice = ({ text }: TextPlace) => `(${text}.contains('(21)') && ${found(text, UDI, isUdi('m'))})`;
const holdsAge = ({ text }: TextPlace) =>
  found(text, `(?:^|[^\\n]{0,30}?[^\\w.-])${inRe2(AGE)}[^\\n]{0,30}`, celTest('m', PERSON_WORDS));
/** `/patients/00482913`; in names also `patient-00482913`. */
const holdsPath = ({ text, isMetadata }: TextPlace) =>
  celMatches(text, `(?:^|[^A-Za-z])[Pp]atients?[/${isMetadata ? '_.-' : ''}][0-9]{6,12}(?:$|[^\\w.-])`);

const GIVEN = words([...GIVEN_NAMES].filter((name) => !ALSO_WORDS.has(name)));
/** `patient-jane-doe`. */
const holdsName = ({ text, isMetadata }: TextPlace) =>
  isMetadata
    ? found(
        text,
        '(?:^|[^A-Za-z])patients?[-._][a-z]{2,20}[-._][a-z]{2,20}(?:$|[^\\w])',
        `${celMatches('m', `patients?[-._](?:${GIVEN})[-._]`)} && !${celMatches('m', `patients?[-._][a-z]+[-._](?:${words(OTHER_WORDS)})(?:$|[^a-z])`)}`,
      )
    : 'false';

const LOOKS: readonly (readonly [IdentifierKind, (place: TextPlace) => string])[] = [
  ['ssn', holdsSsn],
  ['ssn', labelled('ssn', `(${celMatches('v', '^[0-9]{9}$')} && ${isSsn('v')})`)],
  ['mrn', labelled('mrn', ID)],
  ['member-id', labelled('member-id', ID)],
  ['birth-date', labelled('birth-date', isPlainDate('v'))],
  ['mbi', labelled('mbi', celTest('v', WHOLE_MBI))],
  ['npi', labelled('npi', isNpi('v'))],
  ['dea', labelled('dea', isDea('v'))],
  ['vehicle', labelled('vehicle', isVin('v'))],
  ['mbi', holdsMbi],
  ['device', holdsDevice],
  ['age', holdsAge],
  ['mrn', holdsPath],
  ['name', holdsName],
];

/**
 * Conditions on a text, one of which holds where an identifier stands in it.
 *
 * @param leftOut kinds that are let pass
 */
export const textConditions = (place: TextPlace, leftOut: readonly string[]): string[] =>
  LOOKS.flatMap(([kind, holds]) => {
    const condition = leftOut.includes(kind) ? 'false' : holds(place);
    return condition === 'false' ? [] : [condition];
  });
