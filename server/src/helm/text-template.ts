import { Engine } from './render/engine.ts';
import { NO_VALUE } from './template/exec.ts';
import { Bool, Dict, Float, type GoValue, Int, List, Nil, Str } from './value/value.ts';

/** Data as YAML and JSON have it. */
export type TemplateData =
  | string
  | number
  | boolean
  | null
  | readonly TemplateData[]
  | { readonly [key: string]: TemplateData };

/** A text of so many steps is no honest field of a manifest. */
const LIMITS = { steps: 20_000, output: 200_000 };

const NAME = 'field';

/** Runs a text as a Go template with the functions of Sprig; undefined when it cannot be run, or prints what the data does not have. */
export function runTextTemplate(text: string, data: TemplateData): string | undefined {
  const engine = new Engine(undefined, LIMITS, 0, { isTraced: false, showsMissing: true });
  engine.add({ name: NAME, file: NAME, text });
  const { text: printed, failure } = engine.renderNoted(NAME, goValueOf(data));
  return failure !== undefined || printed?.text.includes(NO_VALUE) ? undefined : printed?.text;
}

function goValueOf(data: TemplateData): GoValue {
  if (data === null) return new Nil([]);
  if (typeof data === 'string') return new Str(data, []);
  if (typeof data === 'boolean') return new Bool(data, []);
  if (typeof data === 'number')
    return Number.isSafeInteger(data) ? new Int(BigInt(data), 'int64', []) : new Float(data, []);
  if (isList(data)) return new List(data.map(goValueOf), '[]interface {}', []);
  const entries = Object.entries(data).map(([key, value]) => [key, goValueOf(value)] as const);
  return new Dict(new Map(entries), 'map[string]interface {}', []);
}

function isList(data: TemplateData): data is readonly TemplateData[] {
  return Array.isArray(data);
}
