import { quote } from '../go/quote.ts';
import type { Trace } from '../trace/origin.ts';

/** A node of a template's tree. Offsets are UTF-16 code units of the template. */
interface NodeBase {
  /** Where Go says that the node is: in a chain of fields that is the second one. */
  readonly position: number;
  readonly start: number;
  readonly end: number;
}

export type Node = TextNode | ActionNode | BranchNode | TemplateNode | BreakNode | BrokenNode | ListNode;

export interface TextNode extends NodeBase {
  readonly kind: 'text';
  readonly text: string;
  /** Filled on first use, where the origin does not change from run to run. */
  trace?: Trace;
}

export interface ActionNode extends NodeBase {
  readonly kind: 'action';
  readonly pipe: PipeNode;
}

export interface BranchNode extends NodeBase {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: PipeNode;
  readonly list: ListNode;
  readonly elseList: ListNode | undefined;
  /** The action with the condition, from `{{` to `}}`. */
  readonly header: { readonly start: number; readonly end: number };
}

export interface TemplateNode extends NodeBase {
  readonly kind: 'template';
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}

export interface BreakNode extends NodeBase {
  readonly kind: 'break' | 'continue';
}

/** An action that could not be read. */
export interface BrokenNode extends NodeBase {
  readonly kind: 'broken';
}

export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly nodes: Node[];
}

export interface PipeNode extends NodeBase {
  readonly kind: 'pipe';
  readonly isAssign: boolean;
  readonly declarations: readonly VariableNode[];
  readonly commands: readonly CommandNode[];
}

export interface CommandNode extends NodeBase {
  readonly kind: 'command';
  /** The function, field or value first, then its arguments. */
  readonly args: readonly Operand[];
}

export type Operand =
  | IdentifierNode
  | VariableNode
  | FieldNode
  | ChainNode
  | PipeNode
  | DotNode
  | NilNode
  | BoolNode
  | NumberNode
  | StringNode;

export interface IdentifierNode extends NodeBase {
  readonly kind: 'identifier';
  readonly name: string;
}

/** `$x.Field.Field`; the name with its `$`, then the fields. */
export interface VariableNode extends NodeBase {
  readonly kind: 'variable';
  readonly path: readonly [string, ...string[]];
}

export interface FieldNode extends NodeBase {
  readonly kind: 'field';
  readonly path: readonly string[];
}

/** `(pipeline).Field.Field`. */
export interface ChainNode extends NodeBase {
  readonly kind: 'chain';
  readonly node: Operand;
  readonly path: readonly string[];
}

export interface DotNode extends NodeBase {
  readonly kind: 'dot';
}

export interface NilNode extends NodeBase {
  readonly kind: 'nil';
}

export interface BoolNode extends NodeBase {
  readonly kind: 'bool';
  readonly value: boolean;
  trace?: Trace;
}

export interface NumberNode extends NodeBase {
  readonly kind: 'number';
  readonly source: string;
  /** What the literal can stand for. */
  readonly int: bigint | undefined;
  readonly uint: bigint | undefined;
  readonly float: number | undefined;
  readonly isComplex: boolean;
  trace?: Trace;
}

export interface StringNode extends NodeBase {
  readonly kind: 'string';
  /** With its quotes. */
  readonly source: string;
  readonly text: string;
  trace?: Trace;
}

/** A template: that of a file, or one of its `define`s. */
export interface Tree {
  readonly name: string;
  /** The name of the file (or of the `tpl` text) that holds it, for messages. */
  readonly parseName: string;
  readonly text: string;
  readonly root: ListNode;
  /** The `define` action, or the empty range at the start for a file itself. */
  readonly header: { readonly start: number; readonly end: number };
}

/** Whether a list prints nothing but white space; such a `define` does not replace another. */
export function isEmptyTree(node: Node): boolean {
  if (node.kind === 'list') return node.nodes.every(isEmptyTree);
  return node.kind === 'text' && node.text.trim() === '';
}

/** The source of a node in Go's normal form, as it stands in messages. */
export function printNode(node: Node | Operand | CommandNode): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'list':
      return node.nodes.map(printNode).join('');
    case 'action':
      return `{{${printPipe(node.pipe)}}}`;
    case 'if':
    case 'with':
    case 'range': {
      const otherwise = node.elseList === undefined ? '' : `{{else}}${printNode(node.elseList)}`;
      return `{{${node.kind} ${printPipe(node.pipe)}}}${printNode(node.list)}${otherwise}{{end}}`;
    }
    case 'template': {
      const argument = node.pipe === undefined ? '' : ` ${printPipe(node.pipe)}`;
      return `{{template ${quote(node.name)}${argument}}}`;
    }
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'broken':
      return '';
    case 'pipe':
      return printPipe(node);
    case 'command':
      return node.args.map((arg) => (arg.kind === 'pipe' ? `(${printPipe(arg)})` : printNode(arg))).join(' ');
    case 'identifier':
      return node.name;
    case 'variable':
      return node.path.join('.');
    case 'field':
      return node.path.map((name) => `.${name}`).join('');
    case 'chain': {
      const inner = node.node.kind === 'pipe' ? `(${printPipe(node.node)})` : printNode(node.node);
      return inner + node.path.map((name) => `.${name}`).join('');
    }
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'number':
    case 'string':
      return node.source;
  }
}

function printPipe(pipe: PipeNode): string {
  const commands = pipe.commands.map(printNode).join(' | ');
  if (pipe.declarations.length === 0) return commands;
  return `${pipe.declarations.map(printNode).join(', ')} ${pipe.isAssign ? '=' : ':='} ${commands}`;
}
