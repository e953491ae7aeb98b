import { quote, unquote } from '../go/quote.ts';
import type { CommandNode, Operand, PipeNode, VariableNode } from './nodes.ts';
import { parseNumber } from './numbers.ts';
import type { TokenReader } from './token-reader.ts';
import type { Token, TokenType } from './tokens.ts';

/** Parentheses nested deeper than this are an error, in Go as well (at 10 000). */
const MAX_PAREN_DEPTH = 1000;

const OPERAND_STARTS = new Set<TokenType>([
  'bool',
  'char-constant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'raw-string',
  'string',
  'variable',
  'left-paren',
]);

/** Reads what stands inside of actions: pipelines, commands and their operands. Source: parse.go of text/template/parse, from `pipeline` on. */
export class PipelineParser {
  /** The variables in scope, outermost first. */
  variables: string[] = ['$'];
  readonly #reader: TokenReader;
  readonly #isFunction: (name: string) => boolean;
  #parenDepth = 0;

  /** @param isFunction Which names are functions; any other name is an error. */
  constructor(reader: TokenReader, isFunction: (name: string) => boolean) {
    this.#reader = reader;
    this.#isFunction = isFunction;
  }

  /** Forgets an action that failed. */
  abandon(): void {
    this.#parenDepth = 0;
  }

  /** @throws ActionFailure */
  pipeline(context: string, end: 'right-delim' | 'right-paren'): PipeNode {
    const first = this.#reader.peekNonSpace();
    const { declarations, isAssign } = this.#declarations(context);
    const commands: CommandNode[] = [];
    for (;;) {
      const token = this.#reader.nextNonSpace();
      if (token.type === end) break;
      if (!OPERAND_STARTS.has(token.type)) this.#reader.unexpected(token, context);
      this.#reader.back();
      commands.push(this.#command());
    }
    this.#checkPipeline(commands, context);
    const lastCommand = commands.at(-1);
    return {
      kind: 'pipe',
      isAssign,
      declarations,
      commands,
      position: first.start,
      start: first.start,
      end: lastCommand?.end ?? first.end,
    };
  }

  #declarations(context: string): { declarations: VariableNode[]; isAssign: boolean } {
    const declarations: VariableNode[] = [];
    let isAssign = false;
    for (;;) {
      const variable = this.#reader.peekNonSpace();
      if (variable.type !== 'variable') break;
      const mark = this.#reader.mark;
      this.#reader.next();
      const next = this.#reader.peekNonSpace();
      if (next.type === 'assign' || next.type === 'declare') {
        isAssign = next.type === 'assign';
        this.#reader.next();
        declarations.push(this.#declare(variable));
        break;
      }
      if (next.type !== 'char' || next.value !== ',') {
        this.#reader.reset(mark);
        break;
      }
      this.#reader.next();
      declarations.push(this.#declare(variable));
      if (context !== 'range' || declarations.length >= 2)
        this.#reader.fail(`too many declarations in ${context}`);
      if (!['variable', 'right-delim', 'right-paren'].includes(this.#reader.peekNonSpace().type)) {
        this.#reader.fail('range can only initialize variables');
      }
    }
    return { declarations, isAssign };
  }

  #declare(token: Token): VariableNode {
    this.variables.push(token.value);
    return variableNode(token.value, token.start, token.start, token.end);
  }

  #checkPipeline(commands: readonly CommandNode[], context: string): void {
    if (commands.length === 0) this.#reader.fail(`missing value for ${context}`);
    commands.slice(1).forEach((command, index) => {
      const kind = command.args[0]?.kind ?? 'nil';
      if (['bool', 'dot', 'nil', 'number', 'string'].includes(kind)) {
        this.#reader.fail(`non executable command in pipeline stage ${index + 2}`);
      }
    });
  }

  #command(): CommandNode {
    const start = this.#reader.peekNonSpace().start;
    const args: Operand[] = [];
    for (;;) {
      this.#reader.peekNonSpace();
      const operand = this.#operand();
      if (operand !== undefined) args.push(operand);
      const token = this.#reader.next();
      if (token.type === 'space') continue;
      if (token.type === 'right-delim' || token.type === 'right-paren') this.#reader.back();
      else if (token.type !== 'pipe') this.#reader.unexpected(token, 'operand');
      break;
    }
    if (args.length === 0) this.#reader.fail('empty command');
    return { kind: 'command', args, position: start, start, end: args.at(-1)?.end ?? start };
  }

  /** A term, possibly followed by fields. */
  #operand(): Operand | undefined {
    const node = this.#term();
    if (node === undefined || this.#reader.peek().type !== 'field') return node;
    const position = this.#reader.peek().start;
    const fields: string[] = [];
    while (this.#reader.peek().type === 'field') fields.push(this.#reader.next().value.slice(1));
    const range = { position, start: node.start, end: this.#reader.lastEnd };
    switch (node.kind) {
      case 'field':
        return { kind: 'field', path: [...node.path, ...fields], ...range };
      case 'variable':
        return { kind: 'variable', path: [...node.path, ...fields], ...range };
      case 'bool':
        return this.#reader.fail(`unexpected . after term ${quote(String(node.value))}`);
      case 'string':
      case 'number':
        return this.#reader.fail(`unexpected . after term ${quote(node.source)}`);
      case 'nil':
      case 'dot':
        return this.#reader.fail(`unexpected . after term ${quote(node.kind === 'nil' ? 'nil' : '.')}`);
      default:
        return { kind: 'chain', node, path: fields, ...range };
    }
  }

  #term(): Operand | undefined {
    const token = this.#reader.nextNonSpace();
    const range = { position: token.start, start: token.start, end: token.end };
    switch (token.type) {
      case 'identifier':
        if (!this.#isFunction(token.value))
          this.#reader.fail(`function ${quote(token.value)} not defined`, token);
        return { kind: 'identifier', name: token.value, ...range };
      case 'dot':
        return { kind: 'dot', ...range };
      case 'nil':
        return { kind: 'nil', ...range };
      case 'variable':
        if (!this.variables.includes(token.value)) {
          this.#reader.fail(`undefined variable ${quote(token.value)}`, token);
        }
        return variableNode(token.value, token.start, token.start, token.end);
      case 'field':
        return { kind: 'field', path: [token.value.slice(1)], ...range };
      case 'bool':
        return { kind: 'bool', value: token.value === 'true', ...range };
      case 'char-constant':
      case 'complex':
      case 'number': {
        const number = parseNumber(token.value, token.type);
        if (typeof number === 'string') return this.#reader.fail(number, token);
        return { kind: 'number', source: token.value, ...number, ...range };
      }
      case 'left-paren':
        return this.#parenthesized(token);
      case 'string':
      case 'raw-string':
        return { kind: 'string', source: token.value, text: this.unquoted(token), ...range };
      default:
        this.#reader.back();
        return undefined;
    }
  }

  #parenthesized(open: Token): PipeNode {
    if (this.#parenDepth >= MAX_PAREN_DEPTH) this.#reader.fail('max expression depth exceeded', open);
    this.#parenDepth++;
    const pipe = this.pipeline('parenthesized pipeline', 'right-paren');
    this.#parenDepth--;
    return { ...pipe, start: open.start, end: this.#reader.lastEnd };
  }

  /** The text of a literal. @throws ActionFailure */
  unquoted(token: Token): string {
    const text = unquote(token.value);
    if (text === undefined) this.#reader.fail('invalid syntax', token);
    return text;
  }
}

function variableNode(source: string, position: number, start: number, end: number): VariableNode {
  const [name = '$', ...fields] = source.split('.');
  return { kind: 'variable', path: [name, ...fields], position, start, end };
}
