import { type MarkupContent, MarkupKind } from 'vscode-languageserver';

/** How a client wants to be told something: the same words with or without Markdown. */
export interface Markup {
  readonly kind: MarkupKind;
  /** Words that may come from a manifest; they never become links or emphasis. */
  text(words: string): string;
  bold(words: string): string;
  link(words: string, address: string): string;
  /** Words that say where something is, which lead there where that can be. */
  place(words: string, address: string): string;
  code(words: string): string;
  /** Lines of a language, as they are. */
  block(language: string, lines: string): string;
}

export const MARKDOWN: Markup = {
  kind: MarkupKind.Markdown,
  text: escaped,
  bold: (words) => `**${escaped(words)}**`,
  link: (words, address) => `[${escaped(words)}](${address})`,
  place: (words, address) => `[${escaped(words)}](${address})`,
  code: (words) => codeSpan(words),
  block: (language, lines) => {
    const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
    return `${fence}${language}\n${lines}\n${fence}`;
  },
};

export const PLAIN_TEXT: Markup = {
  kind: MarkupKind.PlainText,
  text: (words) => words,
  bold: (words) => words,
  link: (words, address) => `${words}: ${address}`,
  place: (words) => words,
  code: (words) => words,
  block: (_, lines) => lines,
};

export function markupContent({ kind }: Markup, paragraphs: readonly string[]): MarkupContent {
  return { kind, value: paragraphs.filter((paragraph) => paragraph !== '').join('\n\n') };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}

function codeSpan(words: string): string {
  const fence = '`'.repeat(longestRun(words) + 1);
  return `${fence}${words}${fence}`;
}

/** The length of the longest run of backticks. */
function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
