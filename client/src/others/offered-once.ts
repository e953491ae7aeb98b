/**
 * Leaves out of what is offered in an action of a template what others offer there, too: the Kubernetes extension knows functions and keywords of older
 * releases, objects, and the values of the chart that was open when it started.
 */

import {
  type CompletionItem,
  CompletionItemKind,
  CompletionList,
  type Position,
  Range,
  type TextDocument,
} from 'vscode';
import { helpInTemplates, type Others } from './others.ts';

export type Offered = CompletionItem[] | CompletionList | null | undefined;

/** Words of the text and snippets are no names of the template. */
const NO_NAMES: ReadonlySet<CompletionItemKind | undefined> = new Set([
  CompletionItemKind.Text,
  CompletionItemKind.Snippet,
]);

/** As far as the server looks back for the beginning of an action, in lines. */
const MAX_LOOK_BACK = 30;

export async function offeredOnce(
  offered: Offered,
  document: TextDocument,
  position: Position,
  others: Others,
): Promise<Offered> {
  const items = itemsOf(offered);
  if (items.length === 0 || !helpInTemplates(document) || !isInAction(document, position)) return offered;
  const theirs = itemsOf(await others.say<CompletionList>('completion', document, position));
  const known = new Set(theirs.filter(({ kind }) => !NO_NAMES.has(kind)).map(labelOf));
  const isIncomplete = offered instanceof CompletionList && offered.isIncomplete === true;
  return new CompletionList(
    items.filter((item) => !known.has(labelOf(item))),
    isIncomplete,
  );
}

/** Elsewhere fields of manifests are offered, which others may have functions of the same names for. */
function isInAction(document: TextDocument, position: Position): boolean {
  const start = position.with(Math.max(0, position.line - MAX_LOOK_BACK), 0);
  const before = document.getText(new Range(start, position));
  return before.lastIndexOf('{{') > before.lastIndexOf('}}');
}

function itemsOf(offered: Offered): readonly CompletionItem[] {
  return (offered instanceof CompletionList ? offered.items : offered) ?? [];
}

function labelOf({ label }: CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}
