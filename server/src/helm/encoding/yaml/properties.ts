import { isBlankOrEnd } from './characters.ts';
import type { YamlCursor } from './cursor.ts';

const DIRECTIVE = /%([A-Za-z0-9_-]*)([^\n\r]*)/y;
const ANCHOR_NAME = /[A-Za-z0-9_-]*/y;
const VERBATIM_TAG = /!<([\w\-;/?:@&=+$,.!~*'()[\]%]+)>/y;
const SHORT_TAG = /!(?:[\w-]*!)?[\w\-;/?:@&=+$,.!~*'()[\]%]*/y;

function matchAt(pattern: RegExp, { text }: YamlCursor, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}

/** Reads a directive, and answers all of its line. Source: `yaml_parser_scan_directive` in scannerc.go of goyaml.v2. @throws YamlError */
export function readDirective(cursor: YamlCursor): string {
  const found = matchAt(DIRECTIVE, cursor, cursor.offset) ?? [''];
  const [, name = '', rest = ''] = found;
  if (name === '') cursor.fail('could not find expected directive name');
  if (!/^(?:[ \t]|$)/.test(rest)) cursor.fail('found unexpected non-alphabetical character');
  if (name !== 'YAML' && name !== 'TAG') cursor.fail('found unknown directive name');
  cursor.offset += found[0].length;
  return found[0];
}

/** Reads `&name` or `*name`, and answers the name. Source: `yaml_parser_scan_anchor`. @throws YamlError */
export function readAnchor(cursor: YamlCursor): string {
  const name = matchAt(ANCHOR_NAME, cursor, cursor.offset + 1)?.[0] ?? '';
  cursor.offset += 1 + name.length;
  const next = cursor.text[cursor.offset] ?? '';
  if (name === '' || !(next === '' || ' \t\n\r?:,]}%@`'.includes(next))) {
    cursor.fail('did not find expected alphabetic or numeric character');
  }
  return name;
}

/** A tag in its parts: `!!str` is the handle `!!` and the suffix `str`; without a handle, the suffix is all of it. */
export interface TagParts {
  readonly handle: string;
  readonly suffix: string;
}

/** Reads a tag. Source: `yaml_parser_scan_tag`. @throws YamlError */
export function readTag(cursor: YamlCursor): TagParts {
  const verbatim = matchAt(VERBATIM_TAG, cursor, cursor.offset);
  const source = verbatim?.[0] ?? matchAt(SHORT_TAG, cursor, cursor.offset)?.[0] ?? '!';
  cursor.offset += source.length;
  if (!isBlankOrEnd(cursor.unit())) {
    cursor.fail('did not find expected whitespace or line break');
  }
  if (verbatim !== null) return { handle: '', suffix: verbatim[1] ?? '' };
  const handle = /^![\w-]*!/.exec(source)?.[0] ?? '!';
  const suffix = source.slice(handle.length);
  if (suffix === '' && handle !== '!') cursor.fail('did not find expected tag URI');
  return suffix === '' ? { handle: '', suffix: '!' } : { handle, suffix };
}
