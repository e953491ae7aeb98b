import { formatDuration } from '../../go/duration.ts';
import { formatJsonNumber, formatShortest } from '../../go/float.ts';
import type { Str } from '../../trace/text.ts';
import type { GoValue } from '../../value/value.ts';
import { Emitter } from './emitter.ts';
import { UnwritableError, type YamlStyle } from './style.ts';

/** sigs.k8s.io/yaml: through JSON to the emitter of goyaml.v2. */
const HELM_STYLE: YamlStyle = {
  width: 80,
  indentsLists: false,
  number: (value) => (value.kind === 'int' ? value.value.toString() : jsonToYamlNumber(value.value)),
  readsJson: true,
};

/** goyaml.v3 with an indentation of two. */
const PRETTY_STYLE: YamlStyle = {
  width: Number.POSITIVE_INFINITY,
  indentsLists: true,
  number: (value) => {
    if (value.kind === 'float') return formatShortest(value.value);
    return value.type === 'time.Duration' ? formatDuration(value.value) : value.value.toString();
  },
  readsJson: false,
};

/** `toYaml`, with its final line end. Undefined when the value cannot be written: NaN, infinity, a map inside of itself. */
export function encodeYaml(value: GoValue): Str | undefined {
  return encode(value, HELM_STYLE);
}

/** `toYamlPretty`, with its final line end. */
export function encodePrettyYaml(value: GoValue): Str | undefined {
  return encode(value, PRETTY_STYLE);
}

function encode(value: GoValue, style: YamlStyle): Str | undefined {
  try {
    return new Emitter(style).document(value);
  } catch (error) {
    if (error instanceof UnwritableError) return undefined;
    throw error;
  }
}

/** Whole numbers up to 64 bits are written in full, others as `%g` writes them. */
function jsonToYamlNumber(value: number): string {
  if (!Number.isFinite(value)) throw new UnwritableError('not a number of JSON');
  if (Number.isInteger(value) && value < 2 ** 64 && value >= -(2 ** 63)) {
    return value === 0 ? '0' : formatJsonNumber(value);
  }
  return formatShortest(value);
}
