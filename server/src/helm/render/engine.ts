import { FUNCTIONS } from '../functions/table.ts';
import { quote } from '../go/quote.ts';
import { ExecError, FunctionError, LimitError } from '../template/errors.ts';
import { type Execution, executeTemplate, NO_VALUE } from '../template/exec.ts';
import { isEmptyTree, type Tree } from '../template/nodes.ts';
import type { ParsedTemplate } from '../template/parser.ts';
import type { Noted } from '../template/pieces.ts';
import type { Observation, Runtime, Template } from '../template/runtime.ts';
import type { CallContext } from '../template/signature.ts';
import type { ParseProblem } from '../template/token-reader.ts';
import { joinTraces, type SkippedBranch } from '../trace/origin.ts';
import { replaceParts, Str } from '../trace/text.ts';
import type { GoValue } from '../value/value.ts';
import { type Limits, SHARE_BEYOND, TEMPLATES_AT_LIMIT } from './limits.ts';
import type { Run } from './memo.ts';
import { parseHelmTemplate, TemplateCache, type TemplateSource, TPL_NAME } from './template-cache.ts';

/** How often a template may stand inside of itself. */
const MAX_RECURSION = 1000;

/** Charts that render include themselves less often than this. */
const DEEP = 50;

/** Whether a text may hold named templates. */
function mayDefine(text: string): boolean {
  return text.includes('define') || text.includes('block');
}

/** A template file that cannot be parsed. */
export interface ParseFailure {
  readonly source: TemplateSource;
  readonly problem: ParseProblem;
}

/** What came of a template: its text, or what stopped it; neither when it cannot be parsed. */
export interface Rendered {
  readonly text: Str | undefined;
  readonly failure: ExecError | LimitError | undefined;
  readonly run: Run;
}

export interface EngineOptions {
  readonly isTraced?: boolean | undefined;
  /** Whether what Go prints for missing values stays, rather than being removed as by Helm. */
  readonly showsMissing?: boolean | undefined;
  readonly observe?: ((observation: Observation) => void) | undefined;
}

/** Helm's engine: named templates shared by all files, and the functions that call templates. */
export class Engine {
  readonly failures: ParseFailure[] = [];
  #templates = new Map<string, Template>();
  /** Files that define nothing, which are parsed when they are run. */
  readonly #unparsed = new Map<string, TemplateSource>();
  readonly #cache: TemplateCache;
  readonly #isLate: boolean;
  readonly #showsMissing: boolean;
  readonly #limits: Limits;
  readonly #runtime: Runtime;
  readonly #included = new Map<string, number>();
  #steps = 0;
  #output = 0;
  /** Where the template at work is stopped. */
  #stepsEnd = 0;
  #outputEnd = 0;
  #seed = 0;
  /** How often functions have changed maps. */
  #mapChanges = 0;
  /** What the template at work has looked up; absent when nobody will ask. */
  #trees: Map<string, Tree | undefined> | undefined;

  /** @param cache Without one, a file is parsed as late as possible, and its tree is let go once it has run. */
  constructor(
    cache: TemplateCache | undefined,
    limits: Limits,
    now: number,
    { isTraced = true, showsMissing = false, observe }: EngineOptions = {},
  ) {
    this.#cache = cache ?? new TemplateCache();
    this.#isLate = cache === undefined;
    this.#showsMissing = showsMissing;
    this.#limits = limits;
    this.#runtime = {
      functions: FUNCTIONS,
      lookup: (name) => this.#lookup(name),
      context: this.#context(now),
      step: () => this.#charge(1),
      output: (length) => this.#chargeOutput(length),
      isTraced,
      skipped: [],
      observe,
      guard: undefined,
      site: undefined,
    };
  }

  #charge(amount: number): void {
    this.#steps += amount;
    if (!(this.#steps <= this.#stepsEnd)) throw new LimitError('it takes too many steps');
  }

  #chargeOutput(length: number): void {
    this.#output += length;
    if (this.#output > this.#outputEnd) throw new LimitError('it writes too much text');
  }

  /** Which part of the limits a template may take that begins now. */
  get share(): number {
    const { steps, output } = this.#limits;
    const isSpent =
      !(this.#steps <= steps * TEMPLATES_AT_LIMIT) || this.#output > output * TEMPLATES_AT_LIMIT;
    return isSpent ? SHARE_BEYOND : 1;
  }

  #begin(): void {
    const { share } = this;
    this.#stepsEnd = this.#steps + this.#limits.steps * share;
    this.#outputEnd = this.#output + this.#limits.output * share;
  }

  /** Adds a file and its named templates; those added later replace earlier ones of the same name. */
  add(source: TemplateSource): void {
    const { name, text } = source;
    if (this.#isLate && !mayDefine(text) && !this.#templates.has(name)) {
      this.#unparsed.set(name, source);
      return;
    }
    const parsed = this.#noteProblems(source, this.#cache.parse(source));
    this.#define(this.#templates, parsed, source.file, undefined);
  }

  #noteProblems(source: TemplateSource, parsed: ParsedTemplate): ParsedTemplate {
    for (const problem of parsed.problems) this.failures.push({ source, problem });
    return parsed;
  }

  /** Parses a file that was put off. */
  #parseLate(source: TemplateSource): Template {
    const parsed = parseHelmTemplate(source.name, source.text);
    return { tree: this.#noteProblems(source, parsed).main, file: source.file, source: undefined };
  }

  /** A template that others may ask for more than once. */
  #lookup(name: string): Template | undefined {
    const known = this.#templates.get(name);
    // What a `tpl` defines is not found by others, and changes only with its text.
    if (known?.source === undefined) this.#trees?.set(name, known?.tree);
    const source = this.#unparsed.get(name);
    if (known !== undefined || source === undefined) return known;
    const template = this.#parseLate(source);
    this.#templates.set(name, template);
    return template;
  }

  /** An empty definition does not replace another. */
  #define(
    templates: Map<string, Template>,
    { main, defines }: ParsedTemplate,
    file: string | undefined,
    source: Str | undefined,
  ): void {
    for (const tree of [main, ...defines]) {
      const isKnown = templates.has(tree.name) || this.#unparsed.has(tree.name);
      if (isKnown && isEmptyTree(tree.root)) continue;
      templates.set(tree.name, { tree, file, source });
    }
  }

  /** Runs the template of a file; undefined when it cannot be parsed. @throws ExecError, LimitError */
  render(name: string, data: GoValue, run?: (execution: Execution) => void): Str | undefined {
    const unparsed = this.#unparsed.get(name);
    const template = this.#templates.get(name) ?? (unparsed && this.#parseLate(unparsed));
    if (this.failures.some(({ source }) => source.name === name)) return undefined;
    if (template === undefined) return new Str('', []);
    this.#runtime.guard = undefined;
    this.#runtime.skipped.length = 0;
    this.#included.clear();
    try {
      const text = executeTemplate(this.#runtime, template, data, run);
      return this.#showsMissing ? text : withoutNoValue(text);
    } catch (error) {
      if (isStackOverflow(error)) throw new LimitError('templates call each other too deeply');
      throw error;
    }
  }

  /** The template of a name, among those that are parsed. */
  treeOf(name: string): Tree | undefined {
    return this.#templates.get(name)?.tree;
  }

  /** How many random values have been made. */
  get seeds(): number {
    return this.#seed;
  }

  /** Does a piece of work of a template, and tells what that took. */
  measure<Result>(work: () => Result): { result: Result; taken: Omit<Noted, 'reads'> } {
    const [steps, output, before, changes] = [this.#steps, this.#output, this.#seed, this.#mapChanges];
    const result = work();
    const seeds = { before, count: this.#seed - before };
    const changesMaps = this.#mapChanges !== changes;
    return {
      result,
      taken: { steps: this.#steps - steps, output: this.#output - output, seeds, changesMaps },
    };
  }

  /** Renders a template, and tells what that took and asked for. @param run how; absent: all of it */
  renderNoted(name: string, data: GoValue, run?: (execution: Execution) => void): Rendered {
    const trees = new Map([[name, this.treeOf(name)]]);
    const [steps, output, before, share] = [this.#steps, this.#output, this.#seed, this.share];
    this.#begin();
    this.#trees = trees;
    let text: Str | undefined;
    let failure: Rendered['failure'];
    try {
      text = this.render(name, data, run);
    } catch (error) {
      if (!(error instanceof ExecError || error instanceof LimitError)) throw error;
      failure = error;
    } finally {
      this.#trees = undefined;
    }
    const seeds = { before, count: this.#seed - before };
    const taken = { steps: this.#steps - steps, output: this.#output - output };
    return { text, failure, run: { trees, ...taken, seeds, share } };
  }

  /** Whether a template that need not be run again would come as far as it did. */
  comesAsFar({ steps, output, share }: Run, isStopped: boolean): boolean {
    const now = this.share;
    return (
      now === share ||
      (!isStopped && steps <= this.#limits.steps * now && output <= this.#limits.output * now)
    );
  }

  /** Counts a template that need not be run again as if it were. */
  skip({ steps, output, seeds }: Pick<Run, 'steps' | 'output' | 'seeds'>): void {
    this.#steps += steps;
    this.#output += output;
    this.#seed += seeds.count;
  }

  /** The branches that the last rendered template did not take. */
  get skipped(): SkippedBranch[] {
    return [...this.#runtime.skipped];
  }

  #context(now: number): CallContext {
    return {
      siteTrace: () => {
        const { site } = this.#runtime;
        return site === undefined ? [] : site.execution.traceOf(site.node);
      },
      include: (name, data) => this.#include(name.text, data),
      tpl: (text, data) => this.#tpl(text, data),
      generatedTrace(name) {
        return joinTraces([{ kind: 'generated', file: name, path: [] }], this.siteTrace());
      },
      nextSeed: () => this.#seed++,
      now,
      charge: (amount) => this.#charge(amount),
      noteChange: () => void this.#mapChanges++,
    };
  }

  #include(name: string, data: GoValue): Str {
    const depth = this.#included.get(name) ?? 0;
    if (depth > MAX_RECURSION) throw recursionError(name);
    const template = this.#lookup(name);
    if (template === undefined) {
      throw new FunctionError(`template: no template ${quote(name)} associated with template "gotpl"`);
    }
    this.#included.set(name, depth + 1);
    try {
      return executeTemplate(this.#runtime, template, data);
    } catch (error) {
      // Our stack is smaller than Go's: endless recursion ends it before the limit does.
      // A getter that had no stack left gives nothing, which then is not what it should be.
      const isDeep = depth > DEEP && error instanceof TypeError;
      if (isStackOverflow(error) || isDeep) throw recursionError(name);
      if (error instanceof ExecError) throw new FunctionError(error.text, error);
      throw error;
    } finally {
      this.#included.set(name, depth);
    }
  }

  /** Text as a template. What it defines is seen inside of it only. */
  #tpl(text: Str, data: GoValue): Str {
    if (!text.text.includes('{{')) return withoutNoValue(text);
    this.#charge(text.text.length / 20);
    const parsed = this.#cache.parseTpl(text.text);
    const shown = quote(text.text);
    const [problem] = parsed.problems;
    if (problem !== undefined) {
      throw new FunctionError(
        `cannot parse template ${shown}: template: ${TPL_NAME}:${problem.line}: ${problem.message}`,
      );
    }
    const outer = this.#templates;
    if (parsed.defines.length > 0) {
      this.#templates = new Map(outer);
      this.#define(this.#templates, parsed, undefined, text);
    }
    try {
      const main = { tree: parsed.main, file: undefined, source: text };
      return withoutNoValue(executeTemplate(this.#runtime, main, data));
    } catch (error) {
      if (!(error instanceof ExecError)) throw error;
      throw new FunctionError(`error during tpl function execution for ${shown}: ${error.text}`, error);
    } finally {
      this.#templates = outer;
    }
  }
}

function recursionError(name: string): FunctionError {
  return new FunctionError(
    `rendering template has a nested reference name: ${name}: unable to execute template`,
  );
}

/** V8 says so by a RangeError, and by a SyntaxError where a regular expression had no stack left to compile. */
function isStackOverflow(error: unknown): boolean {
  return (
    error instanceof RangeError || (error instanceof SyntaxError && error.message.endsWith('Stack overflow'))
  );
}

/** Helm removes what Go prints for missing values, even where a template says so itself. */
function withoutNoValue(text: Str): Str {
  if (!text.text.includes(NO_VALUE)) return text;
  const parts: { start: number; end: number; by: string }[] = [];
  for (
    let at = text.text.indexOf(NO_VALUE);
    at !== -1;
    at = text.text.indexOf(NO_VALUE, at + NO_VALUE.length)
  ) {
    parts.push({ start: at, end: at + NO_VALUE.length, by: '' });
  }
  return replaceParts(text, parts);
}
