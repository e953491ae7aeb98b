import type { OffsetRange } from '../../syntax/ranges.ts';
import { quote } from '../go/quote.ts';
import {
  type BranchNode,
  isEmptyTree,
  type ListNode,
  type Node,
  type PipeNode,
  type TemplateNode,
  type Tree,
} from './nodes.ts';
import { PipelineParser } from './pipeline-parser.ts';
import { ActionFailure, type ParseProblem, TokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';

/** What could be read of a template text. */
export interface ParsedTemplate {
  /** The template of the text itself. */
  readonly main: Tree;
  /** Named templates (`define`, `block`), in source order. */
  readonly defines: readonly Tree[];
  /** In the order found. Go stops at the first; what comes behind is read for the editor. */
  readonly problems: readonly ParseProblem[];
}

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

type EndOfList = 'end' | 'else' | 'eof';

/** Lists, blocks and definitions. */
class Parser {
  readonly #name: string;
  readonly #text: string;
  readonly #reader: TokenReader;
  readonly #pipelines: PipelineParser;
  #rangeDepth = 0;
  #blockDepth = 0;
  readonly #defines: Tree[] = [];

  constructor(name: string, text: string, isFunction: (name: string) => boolean) {
    this.#name = name;
    this.#text = text;
    this.#reader = new TokenReader(name, text);
    this.#pipelines = new PipelineParser(this.#reader, isFunction);
  }

  parse(): ParsedTemplate {
    const nodes: Node[] = [];
    const start = this.#reader.peek().start;
    for (;;) {
      const { list, end, token } = this.#list(true);
      nodes.push(...list.nodes);
      if (end === 'eof') break;
      this.#reader.problem(`unexpected {{${end}}}`, token);
    }
    const root: ListNode = { kind: 'list', nodes, position: start, start, end: this.#text.length };
    const main = this.#tree(this.#name, root, { start: 0, end: 0 });
    return { main, defines: this.#defines, problems: this.#reader.problems };
  }

  #tree(name: string, root: ListNode, header: OffsetRange): Tree {
    return { name, parseName: this.#name, text: this.#text, root, header };
  }

  // Lists of nodes.

  #list(isTopLevel: boolean): { list: ListNode; end: EndOfList; token: Token } {
    const nodes: Node[] = [];
    const start = this.#reader.peekNonSpace().start;
    for (;;) {
      const token = this.#reader.nextNonSpace();
      if (token.type === 'eof') {
        const list: ListNode = { kind: 'list', nodes, position: start, start, end: token.start };
        this.#reader.back();
        return { list, end: 'eof', token };
      }
      if (token.type === 'text') {
        const { value, start, end } = token;
        nodes.push({ kind: 'text', text: value, position: start, start, end });
        continue;
      }
      const [rangeDepth, blockDepth] = [this.#rangeDepth, this.#blockDepth];
      this.#reader.beginAction(token);
      try {
        if (token.type !== 'left-delim') this.#reader.unexpected(token, 'input');
        const node = this.#action(isTopLevel, token);
        this.#reader.endAction();
        if (node === 'end' || node === 'else') {
          const list: ListNode = { kind: 'list', nodes, position: start, start, end: token.start };
          return { list, end: node, token };
        }
        if (node !== undefined) nodes.push(node);
      } catch (error) {
        if (!(error instanceof ActionFailure)) throw error;
        this.#reader.recover();
        this.#pipelines.abandon();
        this.#rangeDepth = rangeDepth;
        this.#blockDepth = blockDepth;
        nodes.push({
          kind: 'broken',
          position: token.start,
          start: token.start,
          end: this.#reader.peek().start,
        });
      }
    }
  }

  /** An action, the `{{` of which is read. `end` and `else` are told to the caller; definitions leave nothing. */
  #action(isTopLevel: boolean, open: Token): Node | 'end' | 'else' | undefined {
    const token = this.#reader.nextNonSpace();
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
        this.#reader.expect(['right-delim'], 'end');
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
    this.#reader.back();
    const first = this.#reader.peek();
    const pipe = this.#pipelines.pipeline('command', 'right-delim');
    return { kind: 'action', pipe, position: first.start, start: open.start, end: this.#reader.lastEnd };
  }

  #breakControl(kind: 'break' | 'continue', token: Token): Node {
    const next = this.#reader.nextNonSpace();
    if (next.type !== 'right-delim') this.#reader.unexpected(next, `{{${kind}}}`);
    if (this.#rangeDepth === 0) this.#reader.fail(`{{${kind}}} outside {{range}}`, token);
    return { kind, position: token.start, start: token.start, end: token.end };
  }

  /** `{{else}}`; an `if` or `with` behind it stays to be read. */
  #elseControl(): 'else' {
    const next = this.#reader.peekNonSpace();
    if (next.type !== 'if' && next.type !== 'with') this.#reader.expect(['right-delim'], 'else');
    return 'else';
  }

  #control(kind: 'if' | 'range' | 'with', open: Token): BranchNode {
    if (this.#blockDepth >= MAX_BLOCK_DEPTH) this.#reader.fail('blocks are nested too deeply', open);
    this.#blockDepth++;
    const variables = this.#pipelines.variables.length;
    const pipe = this.#controlPipeline(kind);
    const header = { start: open.start, end: this.#reader.lastEnd };
    if (kind === 'range') this.#rangeDepth++;
    const body = this.#list(false);
    if (kind === 'range') this.#rangeDepth--;
    let elseList: ListNode | undefined;
    if (body.end === 'else') elseList = this.#elseList(kind, body.token);
    else if (body.end === 'eof') this.#reader.problem('unexpected EOF', open);
    this.#pipelines.variables.length = variables;
    this.#blockDepth--;
    return {
      kind,
      pipe,
      list: body.list,
      elseList,
      header,
      position: pipe.position,
      start: open.start,
      end: this.#reader.lastEnd,
    };
  }

  /** The condition; when it is broken the block is still read, so that its `end` finds it. */
  #controlPipeline(kind: string): PipeNode {
    const start = this.#reader.peekNonSpace().start;
    try {
      return this.#pipelines.pipeline(kind, 'right-delim');
    } catch (error) {
      if (!(error instanceof ActionFailure)) throw error;
      this.#reader.recover();
      this.#pipelines.abandon();
      const range = { position: start, start, end: start };
      return { kind: 'pipe', isAssign: false, declarations: [], commands: [], ...range };
    }
  }

  #elseList(kind: 'if' | 'range' | 'with', elseToken: Token): ListNode {
    const next = this.#reader.peek();
    if (next.type === kind && kind !== 'range') {
      // `{{else if x}}` is `{{else}}{{if x}}` with one `end` for both.
      this.#reader.next();
      const branch = this.#control(kind, elseToken);
      return { kind: 'list', nodes: [branch], position: next.start, start: branch.start, end: branch.end };
    }
    if (next.type === 'if' || next.type === 'with') this.#reader.unexpected(this.#reader.next(), 'input');
    const { list, end, token } = this.#list(false);
    if (end === 'else') this.#reader.fail('expected end; found {{else}}', token);
    if (end === 'eof') this.#reader.problem('unexpected EOF', token);
    return list;
  }

  #definition(open: Token): void {
    const context = 'define clause';
    const token = this.#reader.expect(['string', 'raw-string'], context);
    const name = this.#pipelines.unquoted(token);
    this.#reader.expect(['right-delim'], context);
    this.#named(name, context, { start: open.start, end: this.#reader.lastEnd });
  }

  #block(open: Token): TemplateNode {
    const context = 'block clause';
    const token = this.#reader.nextNonSpace();
    const name = this.#templateName(token, context);
    const pipe = this.#pipelines.pipeline(context, 'right-delim');
    this.#named(name, context, { start: open.start, end: this.#reader.lastEnd });
    return this.#templateNode(open, token, name, pipe);
  }

  /** The body of a definition, which sees no variables from outside. */
  #named(name: string, context: string, header: OffsetRange): void {
    const outside = { variables: this.#pipelines.variables, rangeDepth: this.#rangeDepth };
    this.#pipelines.variables = ['$'];
    this.#rangeDepth = 0;
    const { list, end, token } = this.#list(false);
    this.#pipelines.variables = outside.variables;
    this.#rangeDepth = outside.rangeDepth;
    if (end === 'else') this.#reader.fail(`unexpected {{else}} in ${context}`, token);
    if (end === 'eof') this.#reader.problem('unexpected EOF', token);
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
      this.#reader.fail(`template: multiple definition of template ${quote(tree.name)}`, at);
    }
  }

  #templateControl(open: Token): TemplateNode {
    const context = 'template clause';
    const token = this.#reader.nextNonSpace();
    const name = this.#templateName(token, context);
    let pipe: PipeNode | undefined;
    if (this.#reader.nextNonSpace().type !== 'right-delim') {
      this.#reader.back();
      pipe = this.#pipelines.pipeline(context, 'right-delim');
    }
    return this.#templateNode(open, token, name, pipe);
  }

  /** A node up to where the reader stands. */
  #templateNode(open: Token, { start }: Token, name: string, pipe: PipeNode | undefined): TemplateNode {
    return { kind: 'template', name, pipe, position: start, start: open.start, end: this.#reader.lastEnd };
  }

  #templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'raw-string') this.#reader.unexpected(token, context);
    return this.#pipelines.unquoted(token);
  }
}
