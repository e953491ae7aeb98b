import {
  type CompletionContext,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  CompletionTriggerKind,
  type Range,
} from 'vscode-languageserver';

const VALUES = new Set<CompletionItemKind | undefined>([
  CompletionItemKind.Value,
  CompletionItemKind.EnumMember,
]);

/**
 * Values as they are offered while somebody types: a word that has become one of them is offered no more, since the Enter behind it should begin a
 * line, not accept the word once more. For that, editors have to ask again with each letter. Whoever asks by hand sees all of them.
 *
 * @param textIn what stands in the file where a value would be put
 */
export function valuesWhileTyping(
  items: CompletionItem[],
  context: CompletionContext | undefined,
  textIn: (range: Range) => string,
): CompletionItem[] | CompletionList {
  if (!items.some(({ kind }) => VALUES.has(kind))) return items;
  const isTyping = context?.triggerKind === CompletionTriggerKind.TriggerForIncompleteCompletions;
  const isTyped = ({ textEdit }: CompletionItem) =>
    textEdit !== undefined && 'range' in textEdit && textIn(textEdit.range) === textEdit.newText;
  return { isIncomplete: true, items: isTyping && items.some(isTyped) ? [] : items };
}
