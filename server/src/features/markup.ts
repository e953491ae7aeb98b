import { type MarkupContent, MarkupKind } from 'vscode-languageserver';

/** How a client wants to be told something: the same words with or without Markdown. */
export interface Markup {
  readonly kind: MarkupKind;
  /** Words that may come from a manifest; they never become links or emphasis. */
  text(words: string): string;
  bold(words: string): string;
  link(words: string, address: string): string;
}

export const MARKDOWN: Markup = {
  kind: MarkupKind.Markdown,
  text: escaped,
  bold: (words) => `**${escaped(words)}**`,
  link: (words, address) => `[${escaped(words)}](${address})`,
};

export const PLAIN_TEXT: Markup = {
  kind: MarkupKind.PlainText,
  text: (words) => words,
  bold: (words) => words,
  link: (words, address) => `${words}: ${address}`,
};

export function markupContent({ kind }: Markup, paragraphs: readonly string[]): MarkupContent {
  return { kind, value: paragraphs.filter((paragraph) => paragraph !== '').join('\n\n') };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}
