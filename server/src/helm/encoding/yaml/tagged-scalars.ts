import { decodeUtf8 } from '../../go/utf8.ts';
import { YamlError } from './error.ts';
import type { YamlNode, YamlScalar } from './nodes.ts';
import { resolveScalar } from './plain-scalars.ts';
import type { YamlToken } from './tokens.ts';

/** Scalars that were a plain `<<`. */
const mergeKeys = new WeakSet<YamlNode>();

export function isMergeKey(node: YamlNode): boolean {
  return mergeKeys.has(node);
}

const STANDARD = 'tag:yaml.org,2002:';

/**
 * The value of a scalar with the tag that it has. Source: `resolve` in resolve.go of goyaml.v2, `(*decoder).scalar` in decode.go.
 *
 * @param problems gets what is wrong with the value
 * @throws YamlError for binary data that is none
 */
export function scalar(token: YamlToken, tag: string | undefined, problems: YamlError[]): YamlScalar {
  const { start, end, value: text } = token;
  const at = (value: YamlScalar['value']): YamlScalar => ({ kind: 'scalar', value, start, end });
  if (tag === undefined) {
    if (!token.isPlain) return at(text);
    const node = at(resolveScalar(text));
    if (text === '<<') mergeKeys.add(node);
    return node;
  }
  switch (tag) {
    case `${STANDARD}str`:
      return at(text);
    case `${STANDARD}binary`:
      return at(decodeBinary(text, start));
    case `${STANDARD}float`: {
      const value = resolveScalar(text);
      if (typeof value === 'number') return at(value);
      break;
    }
    case `${STANDARD}int`: {
      const value = resolveScalar(text);
      if (typeof value === 'number' && Number.isInteger(value)) return at(value);
      break;
    }
    case `${STANDARD}bool`: {
      const value = resolveScalar(text);
      if (typeof value === 'boolean') return at(value);
      break;
    }
    case `${STANDARD}null`: {
      if (resolveScalar(text) === null) return at(null);
      break;
    }
    default:
      return at(text);
  }
  const short = `!!${tag.slice(STANDARD.length)}`;
  problems.push(new YamlError(`yaml: cannot decode ${typeTag(text)} \`${text}\` as a ${short}`, start));
  return at(null);
}

/** The tag that goyaml finds for a plain scalar. */
function typeTag(text: string): string {
  const value = resolveScalar(text);
  if (value === null) return '!!null';
  if (typeof value === 'number') return Number.isInteger(value) && !/[.e]/i.test(text) ? '!!int' : '!!float';
  return typeof value === 'boolean' ? '!!bool' : '!!str';
}

function decodeBinary(text: string, offset: number): string {
  try {
    const bytes = atob(text.replace(/[\r\n ]/g, ''));
    return decodeUtf8(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
  } catch {
    throw new YamlError('yaml: !!binary value contains invalid base64 data', offset);
  }
}
