import { Composer, type CST, type Document, isScalar, Parser, type Scalar } from 'yaml';
import { outdentedQuotes, withoutLineBreaksIn } from './outdented-quotes.ts';
import type { OffsetRange } from './ranges.ts';

/** What the parser of the `yaml` package makes of a text. */
export interface Tree {
  readonly tokens: CST.Token[];
  readonly document: Document | undefined;
  /** Quoted texts that were read as if they stood on one line. */
  readonly outdented: readonly OffsetRange[];
}

/** Passes in which outdented quotes are looked for: errors behind one of them can hide the next. */
const MAX_PASSES = 4;

/** The tree of a document, with quoted texts read as `kubectl` reads them. */
export function readTree(text: string): Tree {
  let best = readTokens(text, []);
  for (let pass = 0; pass < MAX_PASSES && (best.document?.errors.length ?? 0) > 0; pass++) {
    const quotes = outdentedQuotes(best.tokens, text);
    if (quotes.length === 0) break;
    const known = [...best.outdented, ...quotes].sort((a, b) => a.start - b.start);
    const next = readTokens(text, known);
    if ((next.document?.errors.length ?? 0) >= (best.document?.errors.length ?? 0)) break;
    best = next;
  }
  return best;
}

function readTokens(text: string, outdented: readonly OffsetRange[]): Tree {
  const read = withoutLineBreaksIn(text, outdented);
  const tokens = [...new Parser().parse(read)];
  return { tokens, document: compose(tokens, read), outdented };
}

function compose(tokens: CST.Token[], text: string): Document | undefined {
  // Scalars are resolved by us and duplicate keys found by us: the parser's check is quadratic in the number of keys.
  const composer = new Composer({
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents = [...composer.compose(tokens, true, text.length)] as Document[];
  return documents.find((document) => document.contents !== null) ?? documents[0];
}

/** A scalar that makes up the whole text. */
export function readScalar(text: string): Scalar | undefined {
  const contents = compose([...new Parser().parse(text)], text)?.contents;
  return isScalar(contents) ? contents : undefined;
}
