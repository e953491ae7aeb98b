import type { OffsetRange } from '../../syntax/ranges.ts';
import type {
  BranchNode,
  CommandNode,
  ListNode,
  Node,
  Operand,
  PipeNode,
  StringNode,
  Tree,
} from '../template/nodes.ts';
import { elementOf, fieldOf, type Known, type KnownField } from './known.ts';

/** A place where a template names a field: `tag` in `.Values.image.tag`. */
export interface FieldUse {
  /** The name alone. */
  readonly range: OffsetRange;
  readonly field: KnownField;
  /** Whether it is written as a text: `index .Values "tag"`. */
  readonly isText: boolean;
}

/** A place where a template names another one. */
export interface TemplateUse {
  readonly name: string;
  /** Inside of the quotes. */
  readonly range: OffsetRange;
  /** What it is given. */
  readonly argument: Known;
}

/** A place where a template names a file: `.Files.Get "conf/app.ini"`. */
export interface FileUse {
  readonly name: string;
  readonly range: OffsetRange;
  readonly chart: string;
}

export interface Uses {
  readonly fields: readonly FieldUse[];
  readonly templates: readonly TemplateUse[];
  readonly files: readonly FileUse[];
}

/** Everything that a template names when it is given `dot`, however far it could be read. */
export function usesOf(tree: Tree, dot: Known): Uses {
  const reader = new Reader(dot);
  reader.list(tree.root, dot);
  return reader;
}

interface Variable {
  readonly name: string;
  value: Known;
}

/** Functions that give one of their arguments back, by its index; negative ones count from the end. */
const PASSED_ON: ReadonlyMap<string, number> = new Map([
  ['default', -1],
  ['required', -1],
  ['deepCopy', 0],
  ['mustDeepCopy', 0],
  ['coalesce', 0],
  ['or', 0],
  ['and', -1],
  ['merge', 0],
  ['mustMerge', 0],
  ['mergeOverwrite', 0],
  ['mustMergeOverwrite', 0],
]);

class Reader implements Uses {
  readonly fields: FieldUse[] = [];
  readonly templates: TemplateUse[] = [];
  readonly files: FileUse[] = [];
  readonly #variables: Variable[];

  constructor(dot: Known) {
    this.#variables = [{ name: '$', value: dot }];
  }

  list({ nodes }: ListNode, dot: Known): void {
    for (const node of nodes) this.#node(node, dot);
  }

  #node(node: Node, dot: Known): void {
    switch (node.kind) {
      case 'action':
        this.#pipe(node.pipe, dot);
        return;
      case 'if':
      case 'with':
      case 'range':
        this.#branch(node, dot);
        return;
      case 'template': {
        const argument = node.pipe === undefined ? undefined : this.#pipe(node.pipe, dot);
        const start = node.position + 1;
        this.templates.push({ name: node.name, range: { start, end: start + node.name.length }, argument });
        return;
      }
      case 'list':
        this.list(node, dot);
        return;
      default:
    }
  }

  #branch(node: BranchNode, dot: Known): void {
    const mark = this.#variables.length;
    const value = this.#pipe(node.pipe, dot);
    let inner = dot;
    if (node.kind === 'with') inner = value;
    if (node.kind === 'range') {
      inner = elementOf(value);
      const names = node.pipe.declarations.map(({ path }) => path[0]);
      const last = this.#variables.findLast(({ name }) => name === names.at(-1));
      if (last !== undefined) last.value = inner;
      if (names.length > 1) this.#assign(names[0] ?? '', undefined);
    }
    this.list(node.list, inner);
    if (node.elseList !== undefined) this.list(node.elseList, dot);
    this.#variables.length = mark;
  }

  #pipe(pipe: PipeNode, dot: Known): Known {
    let value: Known;
    pipe.commands.forEach((command, index) => {
      value = this.#command(command, dot, index === 0 ? undefined : { value });
    });
    for (const { path } of pipe.declarations) {
      if (pipe.isAssign) this.#assign(path[0], value);
      else this.#variables.push({ name: path[0], value });
    }
    return value;
  }

  /** A variable that is assigned different things in different branches keeps what was known first. */
  #assign(name: string, value: Known): void {
    const variable = this.#variables.findLast((candidate) => candidate.name === name);
    if (variable !== undefined) variable.value ??= value;
  }

  #command({ args }: CommandNode, dot: Known, final: { value: Known } | undefined): Known {
    const [first, ...operands] = args;
    if (first === undefined) return undefined;
    if (first.kind !== 'identifier') {
      const value = this.#operand(first, dot);
      const given = operands.map((operand) => this.#operand(operand, dot));
      this.#fileUse(value, operands);
      return given.length > 0 || final !== undefined ? undefined : value;
    }
    const values = operands.map((operand) => this.#operand(operand, dot));
    if (final !== undefined) values.push(final.value);
    return this.#call(first.name, operands, values);
  }

  #call(name: string, operands: readonly Operand[], values: readonly Known[]): Known {
    const passed = PASSED_ON.get(name);
    if (passed !== undefined) return values.at(passed) ?? values.find((value) => value !== undefined);
    if (name === 'include') this.#include(operands, values);
    switch (name) {
      case 'dict':
        return dictOf(operands, values);
      case 'list':
      case 'tuple':
        return { kind: 'entries', entries: new Map(values.map((value, index) => [String(index), value])) };
      case 'first':
        return values[0]?.kind === 'entries' ? values[0].entries.get('0') : elementOf(values[0]);
      case 'last':
        return elementOf(values[0]);
      case 'index':
      case 'get':
        return this.#indexed(operands, values);
      default:
        return undefined;
    }
  }

  #include(operands: readonly Operand[], values: readonly Known[]): void {
    const [name] = operands;
    if (name?.kind !== 'string') return;
    this.templates.push({ name: name.text, range: insideQuotes(name), argument: values[1] });
  }

  /** `index .Values "a" "b"`. */
  #indexed(operands: readonly Operand[], values: readonly Known[]): Known {
    let value = values[0];
    for (const operand of operands.slice(1)) {
      if (operand.kind === 'string') {
        value = fieldOf(value, operand.text);
        this.#note(value, insideQuotes(operand), true);
      } else if (operand.kind === 'number' && value?.kind === 'entries') {
        value = value.entries.get(operand.source);
      } else value = elementOf(value);
    }
    return value;
  }

  #fileUse(value: Known, operands: readonly Operand[]): void {
    const [name] = operands;
    if (value?.kind !== 'field' || value.path[0] !== 'Files' || name?.kind !== 'string') return;
    this.files.push({ name: name.text, range: insideQuotes(name), chart: value.chart });
  }

  #operand(node: Operand, dot: Known): Known {
    switch (node.kind) {
      case 'dot':
        return dot;
      case 'field':
        return this.#path(dot, node.path, node.start);
      case 'variable': {
        const [name, ...path] = node.path;
        const variable = this.#variables.findLast((candidate) => candidate.name === name);
        return this.#path(variable?.value, path, node.start + name.length);
      }
      case 'chain': {
        const length = node.path.reduce((sum, name) => sum + name.length + 1, 0);
        return this.#path(this.#operand(node.node, dot), node.path, node.end - length);
      }
      case 'pipe':
        return this.#pipe(node, dot);
      case 'identifier':
        return this.#call(node.name, [], []);
      default:
        return undefined;
    }
  }

  /** @param start Where the point before the first name stands. */
  #path(base: Known, names: readonly string[], start: number): Known {
    let value = base;
    let offset = start;
    for (const name of names) {
      value = fieldOf(value, name);
      this.#note(value, { start: offset + 1, end: offset + 1 + name.length }, false);
      offset += name.length + 1;
    }
    return value;
  }

  #note(value: Known, range: OffsetRange, isText: boolean): void {
    if (value?.kind === 'field') this.fields.push({ range, field: value, isText });
  }
}

function dictOf(operands: readonly Operand[], values: readonly Known[]): Known {
  const entries = new Map<string, Known>();
  operands.forEach((operand, index) => {
    if (index % 2 === 0 && operand.kind === 'string') entries.set(operand.text, values[index + 1]);
  });
  return { kind: 'entries', entries };
}

function insideQuotes({ start, end }: StringNode): OffsetRange {
  return { start: start + 1, end: end - 1 };
}
