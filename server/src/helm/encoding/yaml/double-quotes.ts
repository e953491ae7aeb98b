const NAMED_ESCAPES: Record<string, string> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/**
 * How a character stands in double quotes, when not as itself. Source: `yaml_emitter_write_double_quoted` in emitterc.go of goyaml.v2.
 *
 * @param isMarked whether the text begins with a byte order mark, which makes goyaml take each of its characters for one
 */
export function doubleQuoteEscape(character: string, isMarked: boolean): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (!isMarked && code >= 0x20 && code < 0x7f && character !== '"' && character !== '\\') return undefined;
  const named = NAMED_ESCAPES[character];
  if (named !== undefined) return named;
  if (!isMarked && code >= 0xa0 && code <= 0xd7ff) return undefined;
  if (!isMarked && code >= 0xe000 && code <= 0xfffd && code !== 0xfeff) return undefined;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, width: number): string {
  return code.toString(16).toUpperCase().padStart(width, '0');
}
