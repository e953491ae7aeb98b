import { DEFINITIONS } from '../detect/formats/fhir.ts';
import { TRANSLATION } from '../detect/keys/meaning.ts';
import { celMatches, celTest, celText } from './cel.ts';
import { pairsIn } from './checks/credentials/text.ts';

/*
 * Names and values in files, as `detect/formats` reads them: tables with commas, and lines of settings. What might be read in another way has none.
 */

const COLUMN = '[A-Za-z_][\\w ]{0,40}';
const HEADER = `^${COLUMN}(?:,${COLUMN})+\\r?\\n[^\\n]*[^\\s]`;
const STATEMENT = 'insert|replace|update|select|delete|create|merge|copy';
/** Whether each line of a text has as many commas as the first, which names columns. */
export const isTable = (text: string) =>
  `(${celMatches(text, HEADER)} && !${celMatches(text, '["|*\\x1c]')} && !${celMatches(`${text}.lowerAscii()`, STATEMENT)} && [${text}.split('\\n').filter(l, l.trim() != '').map(l, size(l.split(',')))].exists(n, n.all(i, i == n[0])))`;

/** Of a table the first rows, each a list of columns with their values and what stands above. */
export const rowsOf = (text: string, above: string) =>
  `[${text}.find(${celText('^[^\\n]+(?:\\n[^\\n]+){1,5}')}).split('\\n').map(l, l.split(',').map(c, c.trim()))].map(r, r.map(c, [${Array.from({ length: 20 }, (_, index) => index).join(', ')}].filter(i, i < size(c)).map(i, [dyn(r[0][i]), dyn(c[i]), dyn(${above})])))[0]`;

/** What other readers than that of lines take, or takes lines for the text of one setting. */
const OTHER = `^\\s*[{\\[<]|^[^\\n]*[,;|\\t][^\\n]*\\n|(?m:[|>][-+0-9]{0,2}\\s*$)|</|[|*\\x1c]|${[...DEFINITIONS].join('|')}`;
/** Of a file of settings a list of its names with their values and what stands above. */
export const settingsOf = (text: string, above: string) =>
  `(${celMatches(text, OTHER)} || ${celTest(`${above}.lowerAscii()`, TRANSLATION)} ? [] : (${pairsIn(text)}).map(p, [dyn(p[0]), dyn(p[1]), dyn(${above})]))`;
