import { FUNCTIONS } from '../functions/table.ts';
import { type ParsedTemplate, parseTemplate } from '../template/parser.ts';

/** The name of templates that `tpl` makes, for messages. */
export const TPL_NAME = 'gotpl';
const MAX_CACHED_TPLS = 2000;

const isFunction = (name: string) => FUNCTIONS.has(name);

/** A template file, as one rendering names it. */
export interface TemplateSource {
  /** The path that begins with the chart's name: `c/templates/a.yaml`. */
  readonly name: string;
  /** The file from the root of the chart. */
  readonly file: string;
  readonly text: string;
}

/** Parsed templates by name and text, so that only what was edited is parsed again. */
export class TemplateCache {
  readonly #parsed = new Map<string, { text: string; parsed: ParsedTemplate }>();
  readonly #tpls = new Map<string, ParsedTemplate>();

  parse({ name, text }: TemplateSource): ParsedTemplate {
    const known = this.#parsed.get(name);
    if (known?.text === text) return known.parsed;
    const parsed = parseHelmTemplate(name, text);
    this.#parsed.set(name, { text, parsed });
    return parsed;
  }

  parseTpl(text: string): ParsedTemplate {
    const known = this.#tpls.get(text);
    if (known !== undefined) return known;
    if (this.#tpls.size >= MAX_CACHED_TPLS) this.#tpls.clear();
    const parsed = parseHelmTemplate(TPL_NAME, text);
    this.#tpls.set(text, parsed);
    return parsed;
  }
}

/** Parses a template as text of Helm's, which knows Helm's functions. */
export function parseHelmTemplate(name: string, text: string): ParsedTemplate {
  return parseTemplate(name, text, isFunction);
}
