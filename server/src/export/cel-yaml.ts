import { celMatches, celText } from './cel.ts';

/*
 * YAML inside of texts, of which CEL knows nothing, as far as patterns find it: blocks by their indentation, from which the next pattern is put together, and braces on one line. A block is a text: a
 * line with its key (a dash, for an item of a list), and what stands below.
 */

/** Tabs, further documents, templates, and lines at the top without a key, among which a text may be no YAML. */
export const NO_YAML = '\\t|\\n---|(?:[:-]|\\n) *\\{\\{|\\n[^\\s#-][^:\\n]*\\n';

const EMPTY = ' *(?:#[^\\n]*)?';
/** What stands before the first key, or item, in a block; empty where there is another sort of value. */
const indent = (block: string, first: string) =>
  `${block}.find(${celText(`^[^\\n]*[:-]${EMPTY}(?:\\n${EMPTY})*\\n +[^ #\\n]`)}).find(' +${first}$').find('^ +')`;
/** The texts that begin at the indentation `i` of what is in a block, with lines that go on further in. */
const parts = (first: string, next: string) =>
  `b.findAll('(?m)^' + i + ${celText(`${first}[^\\n]*(?:\\n(?:`)} + i + ${celText(`${next}[^\\n]*|${EMPTY})$)*`)})`;
const inside = (block: string, first: string, found: string) =>
  `[${block}].map(b, [${indent('b', first)}].map(i, i == '' ? [] : ${found})[0])[0]`;

const topLevel = (key: string) => celText(`(?m)^${key}:${EMPTY}$(?:\\n(?:[ #][^\\n]*)?$)*`);
/** The block of a key at the top of a text; empty where it is none. */
export const blockAt = (text: string, key: string) => `${text}.find(${topLevel(key)})`;
export const blocksAt = (text: string, keys: string) => `${text}.findAll(${topLevel(keys)})`;

/** The blocks of the keys in a block. */
export const entriesOf = (block: string) => inside(block, '[^-]', parts('[^ #\\n-]', '[ -]'));

/** Those of some keys, as one block. */
export const entriesAt = (block: string, keys: string) =>
  `${entriesOf(block)}.filter(e, ${celMatches('e.trim()', `^(?:${keys}):`)}).join('\\n')`;

/** The items of the list in a block. */
export const itemsOf = (block: string) =>
  inside(block, '-', `${parts('- ', ' ')}.map(t, '-\\n' + i + '  ' + t.substring(size(i) + 2))`);

/** The settings of a block itself, one a line: of maps in it the keys alone. */
export const settingsOf = (block: string) =>
  `(${celMatches(block, '^ *(?:-|[\\w./"-]+:)\\s*\\{[^{}]*\\}(?:\\s|#[^\\n]*)*$')} ? ${block}.find(${celText('\\{[^}]*')}).substring(1).split(',') : ${inside(block, '[^-]', `b.findAll('(?m)^' + i + ${celText('[^ #\\n-][^\\n]*(?:\\n *-[^\\n]*)*')})`)}).join('\\n')`;
