/*
 * Selectors of Calico, which are expressions over labels.
 *
 * Source: https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors
 */

type Comparison = '==' | '!=' | 'contains' | 'starts with' | 'ends with';

export type SelectorExpression =
  | { readonly op: 'all' }
  /** Resources without a namespace, which pods never are; and what cannot be read. */
  | { readonly op: 'none' }
  | { readonly op: 'has'; readonly key: string }
  | { readonly op: Comparison; readonly key: string; readonly value: string }
  | { readonly op: 'in' | 'not in'; readonly key: string; readonly values: readonly string[] }
  | { readonly op: 'not'; readonly operand: SelectorExpression }
  | { readonly op: '&&' | '||'; readonly operands: readonly SelectorExpression[] };

/** Deeper expressions are not read. */
const MAX_DEPTH = 32;

const TOKEN =
  /\s*(?:(&&|\|\||==|!=|[!(){},])|"([^"]*)"|'([^']*)'|(not\s+in|starts\s+with|ends\s+with)(?![\w./-])|([A-Za-z0-9_][\w./-]*))/y;

interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

/** Reads a selector; an empty one takes everything, and one that cannot be read nothing. */
export function parseSelector(text: string | undefined): SelectorExpression {
  if (text === undefined || text.trim() === '') return { op: 'all' };
  const tokens = tokensOf(text);
  const parser = tokens && new SelectorParser(tokens);
  return parser?.parse() ?? { op: 'none' };
}

function tokensOf(text: string): Token[] | undefined {
  const trimmed = text.trimEnd();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (match === null) return undefined;
    const quoted = match[2] ?? match[3];
    const bare = (match[1] ?? match[4] ?? match[5] ?? '').replace(/\s+/, ' ');
    tokens.push({ text: quoted ?? bare, quoted: quoted !== undefined });
  }
  return tokens;
}

/** By recursive descent: `||` binds least, then `&&`, then `!`. */
class SelectorParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): SelectorExpression | undefined {
    const expression = this.#chain('||', 0);
    return this.#at === this.#tokens.length ? expression : undefined;
  }

  #chain(op: '&&' | '||', depth: number): SelectorExpression | undefined {
    const operands: SelectorExpression[] = [];
    do {
      const operand = op === '||' ? this.#chain('&&', depth) : this.#operand(depth);
      if (operand === undefined) return undefined;
      operands.push(operand);
    } while (this.#takes(op));
    const [first] = operands;
    return operands.length === 1 ? first : { op, operands };
  }

  #operand(depth: number): SelectorExpression | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (this.#takes('!')) {
      const operand = this.#operand(depth + 1);
      return operand && { op: 'not', operand };
    }
    if (this.#takes('(')) {
      const inner = this.#chain('||', depth + 1);
      return this.#takes(')') ? inner : undefined;
    }
    const key = this.#word();
    if (key === undefined) return undefined;
    return this.#takes('(') ? this.#call(key) : this.#comparison(key);
  }

  #call(name: string): SelectorExpression | undefined {
    const argument = name === 'has' ? this.#word() : undefined;
    if (!this.#takes(')')) return undefined;
    if (name === 'all') return { op: 'all' };
    if (name === 'global') return { op: 'none' };
    return argument === undefined ? undefined : { op: 'has', key: argument };
  }

  #comparison(key: string): SelectorExpression | undefined {
    for (const op of ['==', '!=', 'contains', 'starts with', 'ends with'] as const) {
      if (!this.#takes(op)) continue;
      const value = this.#quoted();
      return value === undefined ? undefined : { op, key, value };
    }
    for (const op of ['in', 'not in'] as const) if (this.#takes(op)) return this.#membership(op, key);
    return undefined;
  }

  #membership(op: 'in' | 'not in', key: string): SelectorExpression | undefined {
    if (!this.#takes('{')) return undefined;
    const values: string[] = [];
    while (!this.#takes('}')) {
      const value = this.#quoted();
      if (value === undefined) return undefined;
      values.push(value);
      this.#takes(',');
    }
    return { op, key, values };
  }

  #takes(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.quoted || token.text !== text) return false;
    this.#at++;
    return true;
  }

  #word(): string | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.quoted || !/^\w/.test(token.text)) return undefined;
    this.#at++;
    return token.text;
  }

  #quoted(): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.quoted !== true) return undefined;
    this.#at++;
    return token.text;
  }
}

/** Whether labels satisfy an expression. As in Calico, `!=` and `not in` hold for a label that is missing. */
export function satisfies(expression: SelectorExpression, labels: ReadonlyMap<string, string>): boolean {
  switch (expression.op) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'has':
      return labels.has(expression.key);
    case '==':
      return labels.get(expression.key) === expression.value;
    case '!=':
      return labels.get(expression.key) !== expression.value;
    case 'contains':
      return labels.get(expression.key)?.includes(expression.value) === true;
    case 'starts with':
      return labels.get(expression.key)?.startsWith(expression.value) === true;
    case 'ends with':
      return labels.get(expression.key)?.endsWith(expression.value) === true;
    case 'in':
      return labels.has(expression.key) && expression.values.includes(labels.get(expression.key) ?? '');
    case 'not in':
      return !expression.values.includes(labels.get(expression.key) ?? '') || !labels.has(expression.key);
    case 'not':
      return !satisfies(expression.operand, labels);
    case '&&':
      return expression.operands.every((operand) => satisfies(operand, labels));
    case '||':
      return expression.operands.some((operand) => satisfies(operand, labels));
  }
}
