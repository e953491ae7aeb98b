import { INTERESTING } from '../analysis/endpoints/settings.ts';
import { CA } from '../analysis/endpoints/verification.ts';
import { UNVERIFIED_SETTINGS } from '../analysis/endpoints/verification-table.ts';
import { anyOf, celMatches, celTest, celText } from './cel.ts';
import { HOST, isLocal, NAMES_AUTHORITY, SERVER } from './cel-endpoints.ts';

/*
 * Settings that switch verification off: variables, and names with values in the texts of files. What the machine itself may be meant by is let in.
 */

const NAMES_HOST = /host|server|addr|url|uri|endpoint/i;

const IS_OFF = anyOf(
  ...UNVERIFIED_SETTINGS.map(
    ({ names, values }) => `(${celTest('e.value', values)} && ${celTest('e.name', names)})`,
  ),
  `(${celTest('e.name', /ssl_?mode$/i)} && (${celTest('e.value', /^(?:allow|prefer)$/i)} || (${celTest('e.value', /^require$/i)} && !${NAMES_AUTHORITY})))`,
);
/** Variables that begin alike belong together: those of hosts tell whom a setting is about. */
export const PREFIX = `[(e.name.lowerAscii().findAll('[_.-]?(ssl|tls|security|insecure)') + [''])[0]].map(m, m == '' ? '' : e.name.substring(0, e.name.lowerAscii().indexOf(m)))`;

/**
 * Whether a variable `e` of a container `c` keeps it from verifying anybody but itself.
 *
 * @param mayBeItself whether any name may be that of the pod
 */
export function isUnverifiedVariable(mayBeItself: string): string {
  const isAboutItself = `${PREFIX}.exists(p, [c.env.filter(o, has(o.value) && o.value != '' && o.name.startsWith(p) && ${celTest('o.name', NAMES_HOST)})].exists(h, size(h) > 0 && h.all(o, ${mayBeItself} || ${isLocal('o.value')})))`;
  return `(has(e.value) && e.value != '' && ${celTest('e.name', INTERESTING)} && !e.value.contains('\\n') && ${IS_OFF} && !${isAboutItself})`;
}

const BETWEEN = `["']?[ \\t]*(?:=>|[:=])[ \\t]*`;
const PAIR = `[A-Za-z][\\w.-]{0,79}["']?[ \\t]{0,8}(?:=>|[:=])[ \\t]{0,8}(?:"[^"\\n]{0,200}"|'[^'\\n]{0,200}'|[^\\s"',;{}\\[\\]<>&#]{1,200})?`;

const endingIn = (values: RegExp) => `(?:${values.source.replace(/^\^|\$$/g, '')})["']?$`;

/** A name with its value, as one pattern. */
function pairOf(names: RegExp, values: RegExp): RegExp {
  const named = names.source.replaceAll('.*', '[\\w.-]*').replaceAll('$', `${BETWEEN}["']?`);
  const isOneOf = names.source.includes('$|');
  const whole = isOneOf ? `(?:${named})` : named;
  const front = whole.startsWith('^') ? '' : '^[\\w.-]*';
  return new RegExp(`${front}${whole}${endingIn(values)}`, names.flags || values.flags);
}
const IN_FILES = [
  ...UNVERIFIED_SETTINGS.filter(({ values }) => !values.source.includes('(?!')),
  { names: /ssl_?mode$/i, values: /^(?:allow|prefer)$/ },
];
/** The value first, which is the cheaper question. */
const IS_PAIR_OFF = anyOf(
  ...[...new Set(IN_FILES.map(({ values }) => values))].map((values) => {
    const pairs = IN_FILES.filter((row) => row.values === values).map(({ names }) => pairOf(names, values));
    return `(${celTest('p', new RegExp(`[:=>][ \\t]*["']?${endingIn(values)}`, values.flags))} && ${anyOf(...pairs.map((pair) => celTest('p', pair)))})`;
  }),
);
const IS_REQUIRED = celTest('p', pairOf(/ssl_?mode$/i, /^require$/));

/** Whether a line of a file, which stands beside others in a container `c`, has such a setting. */
export function isUnverifiedLine(line: string, file: string): string {
  const isOff = `(${IS_PAIR_OFF} || (${IS_REQUIRED} && !${celTest(file, CA)} && !${NAMES_AUTHORITY}))`;
  return `!${celMatches(`${line}.lowerAscii()`, SERVER)} && ${line}.findAll(${celText(`(?:^|[\\s,{(\\["'<])${PAIR}`)}).exists(x, x.findAll(${celText(PAIR)}).exists(p, ${celTest('p', INTERESTING)} && ${isOff}))`;
}

/** Whether a file names the machine itself anywhere, so that its settings may be about that. */
export const mayBeAboutItself = (file: string) =>
  celMatches(
    `${file}.lowerAscii()`,
    `(?:${NAMES_HOST.source})[\\w.-]*${BETWEEN}["']?(?:[\\w.+-]+://)?(?:${HOST}(?:[:/"'\\s,;}]|$)|[:/@])`,
  );
