/**
 * Reads the type declarations that API generators write, and those in `schemas/types/`: interfaces, classes of
 * properties and type aliases. It understands just that part of TypeScript, and throws on what it cannot skip.
 *
 * Reading them here, rather than through a general TypeScript-to-JSON-Schema tool, keeps the types of one name in
 * several Go packages apart, needs no second TypeScript compiler, and takes a tenth of the time.
 */

export type TypeNode =
  | { readonly kind: 'primitive'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'array'; readonly items: TypeNode }
  | { readonly kind: 'object'; readonly members: readonly Member[]; readonly values?: TypeNode }
  | { readonly kind: 'union' | 'intersection'; readonly types: readonly TypeNode[] }
  | { readonly kind: 'reference'; readonly name: string };

/** A property of an object type; `doc` is its comment as text, empty when there is none. */
export interface Member {
  readonly name: string;
  readonly optional: boolean;
  readonly type: TypeNode;
  readonly doc: string;
}

/** A named type: an interface or class with what it extends, or an alias. */
export interface Declaration {
  readonly name: string;
  readonly keyword: 'interface' | 'class' | 'type';
  readonly doc: string;
  readonly extends: readonly string[];
  readonly type: TypeNode;
}

/** What one file declares, and where its other names come from. */
export interface DeclarationFile {
  readonly types: ReadonlyMap<string, Declaration>;
  /** Local name to the module and the name there. */
  readonly imports: ReadonlyMap<string, { readonly from: string; readonly name: string }>;
  /** Exported name to local name, where they differ. */
  readonly renames: ReadonlyMap<string, string>;
}

/** Parses the text of one `.d.ts` file. Throws with the offset of what it does not understand. */
export function parseDeclarations(text: string): DeclarationFile {
  return new Parser(text).file();
}

const TOKEN =
  /\s+|\/\/[^\n]*|(\/\*.*?\*\/)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_$][\w$]*)|(\d+)|(.)/gsy;

interface Token {
  readonly type: 'string' | 'name' | 'number' | 'punctuation' | 'end';
  readonly text: string;
  readonly offset: number;
  /** The documentation comment right before it. */
  readonly doc: string;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let doc = '';
  for (const match of text.matchAll(TOKEN)) {
    const [, comment, string, name, number, punctuation] = match;
    if (comment?.startsWith('/**')) doc = commentText(comment);
    const type = string
      ? 'string'
      : name
        ? 'name'
        : number
          ? 'number'
          : punctuation
            ? 'punctuation'
            : undefined;
    if (!type) continue;
    tokens.push({ type, text: string ? unquote(string) : match[0], offset: match.index, doc });
    doc = '';
  }
  tokens.push({ type: 'end', text: '', offset: text.length, doc });
  return tokens;
}

function unquote(string: string): string {
  return string.slice(1, -1).replace(/\\(.)/g, '$1');
}

/** Generators escape quotes and stars in comments; the text has neither comment signs nor those escapes. */
function commentText(comment: string): string {
  const lines = comment.slice(3, -2).split('\n');
  return lines
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .join('\n')
    .replace(/\\(['"*\\/`])/g, '$1')
    .trim();
}

class Parser {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(text: string) {
    this.tokens = tokensOf(text);
  }

  file(): DeclarationFile {
    const types = new Map<string, Declaration>();
    const imports = new Map<string, { from: string; name: string }>();
    const renames = new Map<string, string>();
    while (this.peek().type !== 'end') {
      const { doc } = this.peek();
      const words = this.leadingWords();
      const last = words.at(-1);
      if (last === 'import') this.importClause(imports);
      else if (last === 'interface' || last === 'class') this.add(types, this.objectDeclaration(last, doc));
      else if (last === 'type' && this.peek().type === 'name') this.add(types, this.alias(doc));
      else if (words[0] === 'export' && this.at('{')) this.exportClause(renames);
      else this.skipStatement();
    }
    return { types, imports, renames };
  }

  private add(types: Map<string, Declaration>, declaration: Declaration): void {
    types.set(declaration.name, declaration);
  }

  private leadingWords(): string[] {
    const words: string[] = [];
    const keywords = new Set(['export', 'declare', 'import', 'interface', 'class', 'type', 'abstract']);
    while (this.peek().type === 'name' && keywords.has(this.peek().text)) {
      const word = this.next().text;
      words.push(word);
      if (word === 'interface' || word === 'class') break;
      if (word === 'type' && words[0] !== 'import') break;
    }
    if (words[0] === 'import') return ['import'];
    return words;
  }

  private importClause(imports: Map<string, { from: string; name: string }>): void {
    if (!this.at('{')) {
      this.skipStatement();
      return;
    }
    const names = this.nameList();
    this.expect('from');
    const from = this.next().text;
    for (const [name, local] of names) imports.set(local, { from, name });
    this.skipIf(';');
  }

  private exportClause(renames: Map<string, string>): void {
    for (const [local, exported] of this.nameList()) renames.set(exported, local);
    this.skipStatement();
  }

  /** `{ a, b as c }` as pairs of first and last name. */
  private nameList(): [string, string][] {
    const names: [string, string][] = [];
    this.expect('{');
    while (!this.at('}')) {
      const name = this.next().text;
      if (this.skipIf('as')) names.push([name, this.next().text]);
      else names.push([name, name]);
      this.skipIf(',');
    }
    this.expect('}');
    return names;
  }

  private objectDeclaration(keyword: 'interface' | 'class', doc: string): Declaration {
    const name = this.next().text;
    const parents: string[] = [];
    while (!this.at('{')) {
      const word = this.next().text;
      if (word === '<') this.skipTypeArguments();
      else if (word !== 'extends' && word !== 'implements' && word !== ',') parents.push(word);
    }
    return { name, keyword, doc, extends: parents, type: this.objectType() };
  }

  private alias(doc: string): Declaration {
    const name = this.next().text;
    this.expect('=');
    const type = this.type();
    this.skipIf(';');
    return { name, keyword: 'type', doc, extends: [], type };
  }

  private type(): TypeNode {
    return this.operands('|', 'union', () => this.operands('&', 'intersection', () => this.postfixType()));
  }

  private operands(sign: string, kind: 'union' | 'intersection', operand: () => TypeNode): TypeNode {
    this.skipIf(sign);
    const types = [operand()];
    while (this.skipIf(sign)) types.push(operand());
    return types.length === 1 && types[0] ? types[0] : { kind, types };
  }

  private postfixType(): TypeNode {
    let type = this.primaryType();
    while (this.skipIf('[')) {
      if (this.skipIf(']')) type = { kind: 'array', items: type };
      else {
        this.type();
        this.expect(']');
        type = { kind: 'primitive', name: 'any' };
      }
    }
    return type;
  }

  private primaryType(): TypeNode {
    if (this.at('{')) return this.objectType();
    if (this.skipIf('(')) {
      const type = this.type();
      this.expect(')');
      return type;
    }
    const token = this.next();
    if (token.type === 'string') return { kind: 'literal', value: token.text };
    if (token.type === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.type !== 'name') throw new Error(`Unexpected ${token.text} at offset ${token.offset}`);
    if (token.text === 'Array') {
      this.expect('<');
      const items = this.type();
      this.expect('>');
      return { kind: 'array', items };
    }
    if (token.text === 'Record') return this.recordType();
    if (PRIMITIVES.has(token.text)) return { kind: 'primitive', name: token.text };
    if (this.skipIf('<')) this.skipTypeArguments();
    return { kind: 'reference', name: token.text };
  }

  private recordType(): TypeNode {
    this.expect('<');
    this.type();
    this.expect(',');
    const values = this.type();
    this.expect('>');
    return { kind: 'object', members: [], values };
  }

  private objectType(): TypeNode {
    const members: Member[] = [];
    let values: TypeNode | undefined;
    this.expect('{');
    while (!this.at('}')) {
      const token = this.next();
      const isName = token.type === 'name' && (this.at(':') || this.at('?'));
      if (token.type === 'string' || isName) {
        const optional = this.skipIf('?');
        this.expect(':');
        members.push({ name: token.text, optional, type: this.type(), doc: token.doc });
        this.skipIf(';');
      } else if (token.text === '[') {
        while (!this.skipIf(']')) this.next();
        this.expect(':');
        values = this.type();
        this.skipIf(';');
      } else this.skipStatement();
    }
    this.expect('}');
    return values ? { kind: 'object', members, values } : { kind: 'object', members };
  }

  private skipTypeArguments(): void {
    for (let depth = 1; depth > 0; ) {
      const { text } = this.next();
      if (text === '<') depth++;
      if (text === '>') depth--;
    }
  }

  /** To after the next `;` outside brackets, or before the `}` that closes the body around. */
  private skipStatement(): void {
    let depth = 0;
    while (this.peek().type !== 'end') {
      if (depth === 0 && this.at('}')) return;
      const { text } = this.next();
      if (text === '{' || text === '(') depth++;
      if (text === '}' || text === ')') depth--;
      if (text === ';' && depth === 0) return;
    }
  }

  private peek(): Token {
    const token = this.tokens[this.position] ?? this.tokens.at(-1);
    if (!token) throw new Error('No tokens');
    return token;
  }

  private next(): Token {
    const token = this.peek();
    this.position++;
    return token;
  }

  private at(text: string): boolean {
    return this.peek().text === text && this.peek().type !== 'string';
  }

  private skipIf(text: string): boolean {
    const found = this.at(text);
    if (found) this.position++;
    return found;
  }

  private expect(text: string): void {
    const token = this.next();
    if (token.text !== text)
      throw new Error(`Expected ${text} but found ${token.text} at offset ${token.offset}`);
  }
}

const PRIMITIVES = new Set(['string', 'number', 'boolean', 'any', 'object', 'Date', 'unknown']);
