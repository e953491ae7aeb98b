import { decodeTracedJson, JsonError } from '../encoding/json-decode.ts';
import { encodeJson, type JsonOptions } from '../encoding/json-encode.ts';
import { decodeToml } from '../encoding/toml/decode.ts';
import { encodeToml } from '../encoding/toml/encode.ts';
import { TomlError } from '../encoding/toml/error.ts';
import { decodeTracedYaml } from '../encoding/yaml/decode.ts';
import { encodePrettyYaml, encodeYaml } from '../encoding/yaml/encode.ts';
import { YamlError } from '../encoding/yaml/error.ts';
import { FunctionError } from '../template/errors.ts';
import { type CallContext, fn, type TemplateFunction } from '../template/signature.ts';
import { Dict, type GoValue, List, Nil, Str } from '../value/value.ts';
import { dictOf, listOf, ZERO_VALUE_TYPE } from './support.ts';

const JSON_DEFAULT: JsonOptions = { escapesHtml: true, indent: 0 };
const JSON_PRETTY: JsonOptions = { escapesHtml: true, indent: 2 };
const JSON_RAW: JsonOptions = { escapesHtml: false, indent: 0 };

function json(options: JsonOptions, mustSucceed: boolean) {
  return (context: CallContext, value: GoValue): Str => {
    const encoded = encodeJson(value, options);
    if (typeof encoded !== 'string') return charged(context, encoded);
    if (mustSucceed) throw new FunctionError(encoded);
    return new Str('', value.trace);
  };
}

function charged(context: CallContext, text: Str): Str {
  context.charge(text.text.length / 100);
  return text;
}

/** `toYaml` drops the last line end only, and answers with nothing when the value cannot be written. */
function yaml(context: CallContext, value: GoValue): Str {
  const encoded = encodeYaml(value);
  return encoded === undefined ? new Str('', value.trace) : charged(context, withoutLineEnd(encoded));
}

function withoutLineEnd(text: Str): Str {
  return text.text.endsWith('\n') ? text.slice(0, text.text.length - 1) : text;
}

const MAP_TYPE = 'map[string]interface {}';
const LIST_TYPE = '[]interface {}';

function jsonTypeName(value: GoValue): string {
  if (value.kind === 'list') return 'array';
  if (value.kind === 'map') return 'object';
  return value.kind === 'float' ? 'number' : value.kind;
}

function cannotUnmarshal(value: GoValue, type: string): string {
  return `json: cannot unmarshal ${jsonTypeName(value)} into Go value of type ${type}`;
}

/** Reads a text into a map or list; whatever goes wrong is told inside of the result. */
function decodeInto(
  kind: 'map' | 'list',
  source: Str,
  decode: (source: Str) => GoValue | undefined,
  explainMismatch: (reason: string) => string,
): GoValue {
  const problem = (message: string): GoValue => {
    const text = new Str(message, source.trace);
    return kind === 'map' ? dictOf([['Error', text]], source.trace) : listOf([text], source.trace);
  };
  let value: GoValue | undefined;
  try {
    value = decode(source);
  } catch (error) {
    if (error instanceof YamlError) return problem(`error converting YAML to JSON: ${error.message}`);
    if (error instanceof JsonError || error instanceof TomlError) return problem(error.message);
    throw error;
  }
  if (value === undefined || value.kind === 'nil') {
    const isNil = decode === decodeTracedJson;
    return kind === 'map'
      ? new Dict(new Map(), MAP_TYPE, source.trace, isNil)
      : new List([], LIST_TYPE, source.trace, isNil);
  }
  if (value.kind === kind) return value;
  return problem(explainMismatch(cannotUnmarshal(value, kind === 'map' ? MAP_TYPE : LIST_TYPE)));
}

const yamlMismatch = (reason: string) => `error unmarshaling JSON: while decoding JSON: ${reason}`;
const jsonMismatch = (reason: string) => reason;

/** Reading and writing of YAML, JSON and TOML, as Helm has them. */
export const DATA_FUNCTIONS: readonly TemplateFunction[] = [
  fn('toYaml', ['value'], yaml),
  fn('mustToYaml', ['value'], (context, value) => {
    const encoded = encodeYaml(value);
    if (encoded === undefined) throw new FunctionError('error marshaling into JSON: json: unsupported value');
    return charged(context, withoutLineEnd(encoded));
  }),
  fn('toYamlPretty', ['value'], (context, value) => {
    const encoded = encodePrettyYaml(value);
    return encoded === undefined ? new Str('', value.trace) : charged(context, withoutLineEnd(encoded));
  }),
  fn('fromYaml', ['string'], (context, source) =>
    decodeInto('map', charged(context, source), decodeTracedYaml, yamlMismatch),
  ),
  fn('fromYamlArray', ['string'], (context, source) =>
    decodeInto('list', charged(context, source), decodeTracedYaml, yamlMismatch),
  ),
  fn('toJson', ['value'], json(JSON_DEFAULT, false)),
  fn('mustToJson', ['value'], json(JSON_DEFAULT, true)),
  fn('toPrettyJson', ['value'], json(JSON_PRETTY, false)),
  fn('mustToPrettyJson', ['value'], json(JSON_PRETTY, true)),
  fn('toRawJson', ['value'], json(JSON_RAW, true)),
  fn('mustToRawJson', ['value'], json(JSON_RAW, true)),
  fn('fromJson', ['string'], (context, source) =>
    decodeInto('map', charged(context, source), decodeTracedJson, jsonMismatch),
  ),
  fn('fromJsonArray', ['string'], (context, source) =>
    decodeInto('list', charged(context, source), decodeTracedJson, jsonMismatch),
  ),
  fn('mustFromJson', ['string'], (context, source) => {
    try {
      const value = decodeTracedJson(charged(context, source));
      return value.kind === 'nil' ? new Nil(value.trace) : value;
    } catch (error) {
      if (error instanceof JsonError) throw new FunctionError(error.message);
      throw error;
    }
  }),
  fn('toToml', ['value'], (context, value) => {
    if (value.kind === 'nil') throw new FunctionError(ZERO_VALUE_TYPE);
    try {
      return charged(context, encodeToml(value));
    } catch (error) {
      if (error instanceof TomlError) return new Str(error.message, value.trace);
      throw error;
    }
  }),
  fn('fromToml', ['string'], (context, source) =>
    decodeInto('map', charged(context, source), decodeToml, jsonMismatch),
  ),
];
