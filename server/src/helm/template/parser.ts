import type { OffsetRange } from '../../syntax/ranges.ts';
import { quote, unquote } from '../go/quote.ts';
import { Lexer, type Token, type TokenType } from './lexer.ts';
import type {
  BranchNode,
  CommandNode,
  ListNode,
  Node,
  Operand,
  PipeNode,
  TemplateNode,
  Tree,
  VariableNode,
} from './nodes.ts';
import { isEmptyTree } from './nodes.ts';
import { parseNumber } from './numbers.ts';

/** Why a template cannot be parsed, in Go's words. */
export interface ParseProblem {
  readonly message: string;
  /** One-based line that Go gives. */
  readonly line: number;
  readonly range: OffsetRange;
}

/** What could be read of a template text. */
export interface ParsedTemplate {
  /** The template of the text itself. */
  readonly main: Tree;
  /** Named templates (`define`, `block`), in source order. */
  readonly defines: readonly Tree[];
  /** In the order found. Go stops at the first; what comes behind is read for the editor. */
  readonly problems: readonly ParseProblem[];
}

/** Parentheses nested deeper than this are an error, in Go as well (at 10 000). */
const MAX_PAREN_DEPTH = 1000;
/** Blocks nested deeper than this are an error here; Go has no limit but its memory. */
const MAX_BLOCK_DEPTH = 1000;

/**
 * Parses a template as text/template does and goes on behind errors.
 *
 * @param isFunction Which names are functions; any other name is an error.
 */
export function parseTemplate(
  name: string,
  text: string,
  isFunction: (name: string) => boolean,
): ParsedTemplate {
  return new Parser(name, text, isFunction).parse();
}

/** Ends the reading of an action. */
class ActionFailure extends Error {}

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

type EndOfList = 'end' | 'else' | 'eof';

class Parser {
  readonly #name: string;
  readonly #text: string;
  readonly #isFunction: (name: string) => boolean;
  readonly #lexer: Lexer;
  readonly #tokens: Token[] = [];
  #index = 0;
  #actionStart = 0;
  #actionLine = 0;
  #variables: string[] = ['$'];
  #rangeDepth = 0;
  #parenDepth = 0;
  #blockDepth = 0;
  readonly #defines: Tree[] = [];
  readonly #problems: ParseProblem[] = [];

  constructor(name: string, text: string, isFunction: (name: string) => boolean) {
    this.#name = name;
    this.#text = text;
    this.#isFunction = isFunction;
    this.#lexer = new Lexer(text);
  }

  parse(): ParsedTemplate {
    const nodes: Node[] = [];
    const start = this.#peek().start;
    for (;;) {
      const { list, end, token } = this.#list(true);
      nodes.push(...list.nodes);
      if (end === 'eof') break;
      this.#problem(`unexpected {{${end}}}`, token);
    }
    const root: ListNode = { kind: 'list', nodes, position: start, start, end: this.#text.length };
    const main = this.#tree(this.#name, root, { start: 0, end: 0 });
    return { main, defines: this.#defines, problems: this.#problems };
  }

  #tree(name: string, root: ListNode, header: OffsetRange): Tree {
    return { name, parseName: this.#name, text: this.#text, root, header };
  }

  // Tokens. Go reports the line of the token that it read last, so none is read before it is asked for.

  #next(): Token {
    const token = this.#tokens[this.#index] ?? this.#read();
    this.#index++;
    return token;
  }

  #peek(): Token {
    return this.#tokens[this.#index] ?? this.#read();
  }

  #read(): Token {
    const token = this.#lexer.next();
    this.#tokens.push(token);
    return token;
  }

  #nextNonSpace(): Token {
    let token = this.#next();
    while (token.type === 'space') token = this.#next();
    return token;
  }

  #peekNonSpace(): Token {
    while (this.#peek().type === 'space') this.#index++;
    return this.#peek();
  }

  #expect(types: readonly TokenType[], context: string): Token {
    const token = this.#nextNonSpace();
    if (!types.includes(token.type)) this.#unexpected(token, context);
    return token;
  }

  #fail(message: string, at?: Token): never {
    this.#problem(message, at, this.#unclosed());
    throw new ActionFailure(message);
  }

  #problem(message: string, at?: Token, unclosed?: OffsetRange): void {
    const last = this.#tokens.at(-1);
    const token = at ?? last;
    const start = Math.min(token?.start ?? 0, this.#text.length);
    const end = Math.max(token?.end ?? start, Math.min(start + 1, this.#text.length));
    const isBehind = unclosed !== undefined && start >= unclosed.end;
    this.#problems.push({ message, line: last?.line ?? 1, range: isBehind ? unclosed : { start, end } });
  }

  /** The line of the present action when its end is missing, so that Go finds fault with what stands on lines behind it. */
  #unclosed(): OffsetRange | undefined {
    const start = this.#actionStart;
    const lineBreak = this.#text.indexOf('\n', start);
    const close = this.#text.indexOf('}}', start);
    const open = this.#text.indexOf('{{', start + 2);
    const isClosed = close !== -1 && (open === -1 || close < open);
    if (this.#actionLine === 0 || isClosed || lineBreak === -1) return undefined;
    return { start, end: start + this.#text.slice(start, lineBreak).trimEnd().length };
  }

  #unexpected(token: Token, context: string): never {
    if (token.type === 'error') {
      let extra = '';
      if (this.#actionLine !== 0 && this.#actionLine !== token.line) {
        const started = `started at ${this.#name}:${this.#actionLine}`;
        extra = token.value.endsWith(' action') ? ` ${started}` : ` in action ${started}`;
      }
      this.#fail(token.value + extra, token);
    }
    this.#fail(`unexpected ${describeToken(token)} in ${context}`, token);
  }

  /** Goes on behind the broken action. */
  #recover(): void {
    if (this.#tokens[this.#index - 1]?.type === 'right-delim') return;
    for (;;) {
      const token = this.#tokens[this.#index];
      if (token === undefined) break;
      this.#index++;
      if (token.type === 'right-delim') return;
    }
    this.#lexer.recover(this.#actionStart);
    this.#tokens.length = this.#index;
  }

  // Lists of nodes.

  #list(isTopLevel: boolean): { list: ListNode; end: EndOfList; token: Token } {
    const nodes: Node[] = [];
    const start = this.#peekNonSpace().start;
    for (;;) {
      const token = this.#nextNonSpace();
      if (token.type === 'eof') {
        const list: ListNode = { kind: 'list', nodes, position: start, start, end: token.start };
        this.#index--;
        return { list, end: 'eof', token };
      }
      if (token.type === 'text') {
        nodes.push({
          kind: 'text',
          text: token.value,
          position: token.start,
          start: token.start,
          end: token.end,
        });
        continue;
      }
      const [openToken, variables, depth] = [token, this.#variables.length, this.#rangeDepth];
      this.#actionStart = token.start;
      this.#actionLine = token.line;
      try {
        if (token.type !== 'left-delim') this.#unexpected(token, 'input');
        const node = this.#action(isTopLevel, openToken);
        this.#actionLine = 0;
        if (node === 'end' || node === 'else') {
          const list: ListNode = { kind: 'list', nodes, position: start, start, end: openToken.start };
          return { list, end: node, token: openToken };
        }
        if (node !== undefined) nodes.push(node);
      } catch (error) {
        if (!(error instanceof ActionFailure)) throw error;
        this.#actionLine = 0;
        this.#parenDepth = 0;
        this.#rangeDepth = depth;
        if (this.#variables.length < variables) this.#variables.length = variables;
        this.#recover();
        nodes.push({ kind: 'broken', position: token.start, start: token.start, end: this.#peek().start });
      }
    }
  }

  /** An action, the `{{` of which is read. `end` and `else` are told to the caller; definitions leave nothing. */
  #action(isTopLevel: boolean, open: Token): Node | 'end' | 'else' | undefined {
    const token = this.#nextNonSpace();
    switch (token.type) {
      case 'define':
        if (!isTopLevel) break;
        this.#definition(open);
        return undefined;
      case 'block':
        return this.#block(open);
      case 'break':
      case 'continue':
        return this.#breakControl(token.type, token);
      case 'else':
        return this.#elseControl();
      case 'end':
        this.#expect(['right-delim'], 'end');
        return 'end';
      case 'if':
      case 'range':
      case 'with':
        return this.#control(token.type, open);
      case 'template':
        return this.#templateControl(open);
      default:
        break;
    }
    this.#index--;
    const first = this.#peek();
    const pipe = this.#pipeline('command', 'right-delim');
    return { kind: 'action', pipe, position: first.start, start: open.start, end: this.#lastEnd() };
  }

  #lastEnd(): number {
    return this.#tokens[this.#index - 1]?.end ?? 0;
  }

  #breakControl(kind: 'break' | 'continue', token: Token): Node {
    const next = this.#nextNonSpace();
    if (next.type !== 'right-delim') this.#unexpected(next, `{{${kind}}}`);
    if (this.#rangeDepth === 0) this.#fail(`{{${kind}}} outside {{range}}`, token);
    return { kind, position: token.start, start: token.start, end: token.end };
  }

  /** `{{else}}`; an `if` or `with` behind it stays to be read. */
  #elseControl(): 'else' {
    const next = this.#peekNonSpace();
    if (next.type !== 'if' && next.type !== 'with') this.#expect(['right-delim'], 'else');
    return 'else';
  }

  #control(kind: 'if' | 'range' | 'with', open: Token): BranchNode {
    if (this.#blockDepth >= MAX_BLOCK_DEPTH) this.#fail('blocks are nested too deeply', open);
    this.#blockDepth++;
    const variables = this.#variables.length;
    const pipe = this.#controlPipeline(kind);
    const header = { start: open.start, end: this.#lastEnd() };
    if (kind === 'range') this.#rangeDepth++;
    const body = this.#list(false);
    if (kind === 'range') this.#rangeDepth--;
    let elseList: ListNode | undefined;
    if (body.end === 'else') elseList = this.#elseList(kind, body.token);
    else if (body.end === 'eof') this.#problem('unexpected EOF', open);
    this.#variables.length = variables;
    this.#blockDepth--;
    return {
      kind,
      pipe,
      list: body.list,
      elseList,
      header,
      position: pipe.position,
      start: open.start,
      end: this.#lastEnd(),
    };
  }

  /** The condition; when it is broken the block is still read, so that its `end` finds it. */
  #controlPipeline(kind: string): PipeNode {
    const start = this.#peekNonSpace().start;
    try {
      return this.#pipeline(kind, 'right-delim');
    } catch (error) {
      if (!(error instanceof ActionFailure)) throw error;
      this.#recover();
      const range = { position: start, start, end: start };
      return { kind: 'pipe', isAssign: false, declarations: [], commands: [], ...range };
    }
  }

  #elseList(kind: 'if' | 'range' | 'with', elseToken: Token): ListNode {
    const next = this.#peek();
    if (next.type === kind && kind !== 'range') {
      // `{{else if x}}` is `{{else}}{{if x}}` with one `end` for both.
      this.#index++;
      const branch = this.#control(kind, elseToken);
      return { kind: 'list', nodes: [branch], position: next.start, start: branch.start, end: branch.end };
    }
    if (next.type === 'if' || next.type === 'with') this.#unexpected(this.#next(), 'input');
    const { list, end, token } = this.#list(false);
    if (end === 'else') this.#fail('expected end; found {{else}}', token);
    if (end === 'eof') this.#problem('unexpected EOF', token);
    return list;
  }

  #definition(open: Token): void {
    const context = 'define clause';
    const token = this.#expect(['string', 'raw-string'], context);
    const name = this.#unquoted(token);
    this.#expect(['right-delim'], context);
    this.#named(name, context, { start: open.start, end: this.#lastEnd() });
  }

  #block(open: Token): TemplateNode {
    const context = 'block clause';
    const token = this.#nextNonSpace();
    const name = this.#templateName(token, context);
    const pipe = this.#pipeline(context, 'right-delim');
    this.#named(name, context, { start: open.start, end: this.#lastEnd() });
    return { kind: 'template', name, pipe, position: token.start, start: open.start, end: this.#lastEnd() };
  }

  /** The body of a definition, which sees no variables from outside. */
  #named(name: string, context: string, header: OffsetRange): void {
    const outside = { variables: this.#variables, rangeDepth: this.#rangeDepth };
    this.#variables = ['$'];
    this.#rangeDepth = 0;
    const { list, end, token } = this.#list(false);
    this.#variables = outside.variables;
    this.#rangeDepth = outside.rangeDepth;
    if (end === 'else') this.#fail(`unexpected {{else}} in ${context}`, token);
    if (end === 'eof') this.#problem('unexpected EOF', token);
    this.#addDefinition(this.#tree(name, list, header), token);
  }

  #addDefinition(tree: Tree, at: Token): void {
    const known = this.#defines.findIndex(({ name }) => name === tree.name);
    const previous = this.#defines[known];
    if (previous === undefined) {
      this.#defines.push(tree);
      return;
    }
    if (isEmptyTree(previous.root)) this.#defines[known] = tree;
    else if (!isEmptyTree(tree.root)) {
      this.#fail(`template: multiple definition of template ${quote(tree.name)}`, at);
    }
  }

  #templateControl(open: Token): TemplateNode {
    const context = 'template clause';
    const token = this.#nextNonSpace();
    const name = this.#templateName(token, context);
    let pipe: PipeNode | undefined;
    if (this.#nextNonSpace().type !== 'right-delim') {
      this.#index--;
      pipe = this.#pipeline(context, 'right-delim');
    }
    return { kind: 'template', name, pipe, position: token.start, start: open.start, end: this.#lastEnd() };
  }

  #templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'raw-string') this.#unexpected(token, context);
    return this.#unquoted(token);
  }

  #unquoted(token: Token): string {
    const text = unquote(token.value);
    if (text === undefined) this.#fail('invalid syntax', token);
    return text;
  }

  // Pipelines.

  #pipeline(context: string, end: 'right-delim' | 'right-paren'): PipeNode {
    const first = this.#peekNonSpace();
    const { declarations, isAssign } = this.#declarations(context);
    const commands: CommandNode[] = [];
    for (;;) {
      const token = this.#nextNonSpace();
      if (token.type === end) break;
      if (!OPERAND_STARTS.has(token.type)) this.#unexpected(token, context);
      this.#index--;
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
      const variable = this.#peekNonSpace();
      if (variable.type !== 'variable') break;
      const mark = this.#index;
      this.#index++;
      const next = this.#peekNonSpace();
      if (next.type === 'assign' || next.type === 'declare') {
        isAssign = next.type === 'assign';
        this.#index++;
        declarations.push(this.#declare(variable));
        break;
      }
      if (next.type !== 'char' || next.value !== ',') {
        this.#index = mark;
        break;
      }
      this.#index++;
      declarations.push(this.#declare(variable));
      if (context !== 'range' || declarations.length >= 2) this.#fail(`too many declarations in ${context}`);
      if (!['variable', 'right-delim', 'right-paren'].includes(this.#peekNonSpace().type)) {
        this.#fail('range can only initialize variables');
      }
    }
    return { declarations, isAssign };
  }

  #declare(token: Token): VariableNode {
    this.#variables.push(token.value);
    return variableNode(token.value, token.start, token.start, token.end);
  }

  #checkPipeline(commands: readonly CommandNode[], context: string): void {
    if (commands.length === 0) this.#fail(`missing value for ${context}`);
    commands.slice(1).forEach((command, index) => {
      const kind = command.args[0]?.kind ?? 'nil';
      if (['bool', 'dot', 'nil', 'number', 'string'].includes(kind)) {
        this.#fail(`non executable command in pipeline stage ${index + 2}`);
      }
    });
  }

  #command(): CommandNode {
    const start = this.#peekNonSpace().start;
    const args: Operand[] = [];
    for (;;) {
      this.#peekNonSpace();
      const operand = this.#operand();
      if (operand !== undefined) args.push(operand);
      const token = this.#next();
      if (token.type === 'space') continue;
      if (token.type === 'right-delim' || token.type === 'right-paren') this.#index--;
      else if (token.type !== 'pipe') this.#unexpected(token, 'operand');
      break;
    }
    if (args.length === 0) this.#fail('empty command');
    return { kind: 'command', args, position: start, start, end: args.at(-1)?.end ?? start };
  }

  /** A term, possibly followed by fields. */
  #operand(): Operand | undefined {
    const node = this.#term();
    if (node === undefined || this.#peek().type !== 'field') return node;
    const position = this.#peek().start;
    const fields: string[] = [];
    while (this.#peek().type === 'field') fields.push(this.#next().value.slice(1));
    const range = { position, start: node.start, end: this.#lastEnd() };
    switch (node.kind) {
      case 'field':
        return { kind: 'field', path: [...node.path, ...fields], ...range };
      case 'variable':
        return { kind: 'variable', path: [...node.path, ...fields], ...range };
      case 'bool':
        return this.#fail(`unexpected . after term ${quote(String(node.value))}`);
      case 'string':
      case 'number':
        return this.#fail(`unexpected . after term ${quote(node.source)}`);
      case 'nil':
      case 'dot':
        return this.#fail(`unexpected . after term ${quote(node.kind === 'nil' ? 'nil' : '.')}`);
      default:
        return { kind: 'chain', node, path: fields, ...range };
    }
  }

  #term(): Operand | undefined {
    const token = this.#nextNonSpace();
    const range = { position: token.start, start: token.start, end: token.end };
    switch (token.type) {
      case 'identifier':
        if (!this.#isFunction(token.value)) this.#fail(`function ${quote(token.value)} not defined`, token);
        return { kind: 'identifier', name: token.value, ...range };
      case 'dot':
        return { kind: 'dot', ...range };
      case 'nil':
        return { kind: 'nil', ...range };
      case 'variable':
        if (!this.#variables.includes(token.value)) {
          this.#fail(`undefined variable ${quote(token.value)}`, token);
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
        if (typeof number === 'string') return this.#fail(number, token);
        return { kind: 'number', source: token.value, ...number, ...range };
      }
      case 'left-paren':
        return this.#parenthesized(token);
      case 'string':
      case 'raw-string':
        return { kind: 'string', source: token.value, text: this.#unquoted(token), ...range };
      default:
        this.#index--;
        return undefined;
    }
  }

  #parenthesized(open: Token): PipeNode {
    if (this.#parenDepth >= MAX_PAREN_DEPTH) this.#fail('max expression depth exceeded', open);
    this.#parenDepth++;
    const pipe = this.#pipeline('parenthesized pipeline', 'right-paren');
    this.#parenDepth--;
    return { ...pipe, start: open.start, end: this.#lastEnd() };
  }
}

function variableNode(source: string, position: number, start: number, end: number): VariableNode {
  const [name = '$', ...fields] = source.split('.');
  return { kind: 'variable', path: [name, ...fields], position, start, end };
}

const KEYWORD_TOKENS = new Set<TokenType>([
  'dot',
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
]);

/** As Go names a token in its messages. */
function describeToken(token: Token): string {
  if (token.type === 'eof') return 'EOF';
  if (KEYWORD_TOKENS.has(token.type)) return `<${token.value}>`;
  if (token.value.length > 10) return `${quote(token.value.slice(0, 10))}...`;
  return quote(token.value);
}
