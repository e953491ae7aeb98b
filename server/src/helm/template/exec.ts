import { formatValue } from '../go/format.ts';
import { quote } from '../go/quote.ts';
import { type Guard, NO_TRACE, type Origin, type Trace } from '../trace/origin.ts';
import { TextBuilder } from '../trace/text.ts';
import { compareStrings, type GoValue, Int, isTrue, Nil, Str, typeName, wholeTrace } from '../value/value.ts';
import { ExecError, type FunctionError } from './errors.ts';
import { evalPipeline } from './eval.ts';
import type { BranchNode, ListNode, Node, Operand, TemplateNode, TextNode } from './nodes.ts';
import { printNode } from './nodes.ts';
import { goPosition } from './position.ts';
import type { Runtime, Template, Variable } from './runtime.ts';

type Signal = 'break' | 'continue' | undefined;

/** What Go prints for a value that there is not. */
export const NO_VALUE = '<no value>';
/** Go allows 100 000 levels; our stack is smaller, and only endless recursion gets there. */
const MAX_TEMPLATE_DEPTH = 400;

/** One template at work: its variables, its output, and the node at hand for messages. */
export class Execution {
  readonly runtime: Runtime;
  readonly template: Template;
  /** What it writes to. */
  out: TextBuilder;
  readonly variables: Variable[];
  /** Whether `.` is the element of a range, which Go holds as an interface. */
  dotIsInterface = false;
  /** The node at hand, for messages. */
  node: Node | Operand | undefined;
  readonly #depth: number;

  constructor(runtime: Runtime, template: Template, data: GoValue, out: TextBuilder, depth = 0) {
    this.runtime = runtime;
    this.template = template;
    this.out = out;
    this.variables = [{ name: '$', value: data, isInterface: false }];
    this.#depth = depth;
  }

  run(data: GoValue): void {
    this.#walkList(this.template.tree.root, data);
  }

  #walkList(list: ListNode, dot: GoValue): Signal {
    for (const node of list.nodes) {
      const signal = this.walk(node, dot);
      if (signal !== undefined) return signal;
    }
    return undefined;
  }

  /** Runs one node. */
  walk(node: Node, dot: GoValue): Signal {
    this.runtime.step();
    this.node = node;
    switch (node.kind) {
      case 'text':
        this.#writeText(node);
        return undefined;
      case 'action': {
        const value = evalPipeline(this, dot, node.pipe);
        this.#observe(node, value);
        if (node.pipe.declarations.length === 0) this.#print(node, value);
        return undefined;
      }
      case 'if':
      case 'with':
        return this.#walkBranch(node, dot);
      case 'range':
        this.#walkRange(node, dot);
        return undefined;
      case 'template':
        this.#walkTemplate(node, dot);
        return undefined;
      case 'break':
      case 'continue':
        return node.kind;
      case 'list':
        return this.#walkList(node, dot);
      case 'broken':
        return undefined;
    }
  }

  #writeText(node: TextNode): void {
    this.runtime.output(node.text.length);
    if (!this.runtime.isTraced) {
      this.out.add(node.text, NO_TRACE);
      return;
    }
    if (this.template.source !== undefined) {
      const text = this.template.source.slice(node.start, node.end);
      this.out.addStr(text, this.runtime.guard);
      return;
    }
    node.trace ??= [this.originOf(node)];
    this.out.add(node.text, node.trace, this.runtime.guard);
  }

  #print(node: Node, value: GoValue): void {
    this.node = node;
    if (value.kind === 'string') {
      this.runtime.output(value.text.length);
      if (this.runtime.isTraced) this.out.addStr(value, this.runtime.guard);
      else this.out.add(value.text, NO_TRACE);
      return;
    }
    if (value.kind === 'native' && value.native.kindName === 'func') {
      this.fail(`can't print ${printNode(node)} of type ${typeName(value)}`);
    }
    const text = displayed(value);
    this.runtime.output(text.length);
    this.out.add(text, this.runtime.isTraced ? wholeTrace(value) : NO_TRACE, this.runtime.guard);
  }

  #walkBranch(node: BranchNode, dot: GoValue): Signal {
    const mark = this.variables.length;
    const outer = this.runtime.guard;
    const value = evalPipeline(this, dot, node.pipe);
    this.#observe(node.header, value);
    let signal: Signal;
    if (isTrue(value)) {
      this.runtime.guard = this.guardOf(node, value, true);
      const inner = node.kind === 'with';
      const wasInterface = this.dotIsInterface;
      if (inner) this.dotIsInterface = false;
      signal = this.#walkList(node.list, inner ? value : dot);
      this.dotIsInterface = wasInterface;
      if (node.elseList !== undefined) this.skip(node, value, node.elseList, true);
    } else {
      this.skip(node, value, node.list, false);
      if (node.elseList !== undefined) {
        this.runtime.guard = this.guardOf(node, value, false);
        signal = this.#walkList(node.elseList, dot);
      }
    }
    this.runtime.guard = outer;
    this.variables.length = mark;
    return signal;
  }

  #observe({ start, end }: { readonly start: number; readonly end: number }, value: GoValue): void {
    const { file } = this.template;
    if (file !== undefined) this.runtime.observe?.({ file, range: { start, end }, value });
  }

  guardOf(node: BranchNode, value: GoValue, taken: boolean): Guard | undefined {
    if (!this.runtime.isTraced) return undefined;
    const parent = this.runtime.guard;
    const [site = this.originOf(node.header)] = this.traceOf(node.header);
    return { trace: value.trace, site, taken, parent, depth: (parent?.depth ?? 0) + 1 };
  }

  /** Notes a branch that is not taken. */
  skip(node: BranchNode, value: GoValue, body: ListNode, isTrue: boolean): void {
    if (!this.runtime.isTraced) return;
    const [site = this.originOf(node.header)] = this.traceOf(node.header);
    const [text = site] = this.traceOf(body);
    this.runtime.skipped.push({ origins: value.trace, site, body: text, isTrue });
  }

  #walkRange(node: BranchNode, dot: GoValue): void {
    const mark = this.variables.length;
    const outer = this.runtime.guard;
    const evaluated = evalPipeline(this, dot, node.pipe);
    this.#observe(node.header, evaluated);
    const value = evaluated.kind === 'native' ? (evaluated.native.contents?.() ?? evaluated) : evaluated;
    this.runtime.guard = this.guardOf(node, value, true);
    const ranAny = this.#iterate(node, value);
    if (!ranAny) this.skip(node, value, node.list, false);
    if (!ranAny && node.elseList !== undefined) {
      this.runtime.guard = this.guardOf(node, value, false);
      this.#walkList(node.elseList, dot);
    }
    this.runtime.guard = outer;
    this.variables.length = mark;
  }

  /** Runs the body for each element; false when there was none. */
  #iterate(node: BranchNode, value: GoValue): boolean {
    switch (value.kind) {
      case 'nil':
        return false;
      case 'list': {
        const isInterface = value.type === '[]interface {}';
        value.items.some((item, index) => {
          const key = new Int(BigInt(index), 'int', value.trace);
          return this.#iteration(node, key, item, isInterface);
        });
        return value.items.length > 0;
      }
      case 'map': {
        const isInterface = value.holdsInterfaces;
        // Go sorts a snapshot of the map: what the body adds or changes is not seen.
        const entries = [...value.entries].sort(([a], [b]) => compareStrings(a, b));
        entries.some(([key, item]) =>
          this.#iteration(node, new Str(key, value.keyTrace(key)), item, isInterface),
        );
        return entries.length > 0;
      }
      case 'int': {
        if (node.pipe.declarations.length > 1) {
          this.fail(`can't use ${formatValue(value)} to iterate over more than one variable`);
        }
        for (let index = 0n; index < value.value; index++) {
          const item = new Int(index, value.type, value.trace);
          if (this.#iteration(node, new Nil(value.trace), item, false)) break;
        }
        return value.value > 0n;
      }
      default:
        return this.fail(`range can't iterate over ${formatValue(value)}`);
    }
  }

  /** True ends the loop. */
  #iteration(node: BranchNode, key: GoValue, item: GoValue, isInterface: boolean): boolean {
    this.runtime.step();
    const { declarations, isAssign } = node.pipe;
    const mark = this.variables.length;
    const [first, second] = declarations;
    if (first !== undefined) {
      const element = second ?? first;
      if (isAssign) {
        if (second !== undefined) this.setVariable(first.path[0], key, false);
        this.setVariable(element.path[0], item, isInterface);
      } else {
        this.#setTop(1, item, isInterface);
        if (second !== undefined) this.#setTop(2, key, false);
      }
    }
    const wasInterface = this.dotIsInterface;
    this.dotIsInterface = isInterface;
    const guard = this.runtime.guard;
    const signal = this.#walkList(node.list, item);
    this.runtime.guard = guard;
    this.dotIsInterface = wasInterface;
    this.variables.length = mark;
    return signal === 'break';
  }

  #setTop(distance: number, value: GoValue, isInterface: boolean): void {
    const variable = this.variables[this.variables.length - distance];
    if (variable === undefined) return;
    variable.value = value;
    variable.isInterface = isInterface;
  }

  #walkTemplate(node: TemplateNode, dot: GoValue): void {
    const template = this.runtime.lookup(node.name);
    if (template === undefined) this.fail(`template ${quote(node.name)} not defined`);
    if (this.#depth >= MAX_TEMPLATE_DEPTH) {
      this.fail(`exceeded maximum template depth (${MAX_TEMPLATE_DEPTH})`);
    }
    const data =
      node.pipe === undefined ? new Nil([this.originOf(node)]) : evalPipeline(this, dot, node.pipe);
    new Execution(this.runtime, template, data, this.out, this.#depth + 1).run(data);
  }

  // Variables.

  variable(name: string): Variable {
    for (let index = this.variables.length - 1; index >= 0; index--) {
      const variable = this.variables[index];
      if (variable?.name === name) return variable;
    }
    return this.fail(`undefined variable: ${name}`);
  }

  setVariable(name: string, value: GoValue, isInterface = false): void {
    const variable = this.variable(name);
    variable.value = value;
    variable.isInterface = isInterface;
  }

  // Places and messages.

  originOf(range: { readonly start: number; readonly end: number }): Origin {
    const { file, source, tree } = this.template;
    if (file === undefined) {
      const [origin] = source?.traceOf(range.start, range.end) ?? [];
      if (origin !== undefined) return origin;
    }
    return {
      kind: 'template',
      file: file ?? tree.parseName,
      range: { start: range.start, end: range.end },
      path: [],
    };
  }

  /** The origins of a literal or a call in this template. */
  traceOf(range: { readonly start: number; readonly end: number; trace?: Trace }): Trace {
    if (!this.runtime.isTraced) return NO_TRACE;
    const { source } = this.template;
    if (source !== undefined) return source.traceOf(range.start, range.end);
    range.trace ??= [this.originOf(range)];
    return range.trace;
  }

  /** Ends the execution with a message about the node at hand. */
  fail(problem: string, cause?: FunctionError): never {
    const { tree, file } = this.template;
    const { node } = this;
    if (node === undefined) {
      const site = { template: tree.name, file, range: { start: 0, end: 0 } };
      throw new ExecError(site, tree.name, problem, cause);
    }
    const { line, column } = goPosition(tree.text, node.position);
    const location = `${tree.parseName}:${line}:${column}: executing ${quote(tree.name)} at <${printNode(node)}>`;
    const range = { start: node.start, end: node.end };
    throw new ExecError({ template: tree.parseName, file, range }, location, problem, cause);
  }
}

function displayed(value: GoValue): string {
  if (value.kind === 'nil') return NO_VALUE;
  const display = value.kind === 'native' ? value.native.display?.() : undefined;
  return display ?? formatValue(value);
}

/** Runs a template into text of its own. @param run how; absent: all of it */
export function executeTemplate(
  runtime: Runtime,
  template: Template,
  data: GoValue,
  run = (execution: Execution) => execution.run(data),
): Str {
  const out = new TextBuilder();
  run(new Execution(runtime, template, data, out));
  return out.build();
}
