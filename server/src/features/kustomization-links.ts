/** The way from a kustomization to the files that it names. */

import type { DocumentLink, Location, Position } from 'vscode-languageserver';
import type { KustomizationEntry } from '../workspace/kustomization-entries.ts';
import { toRange, touches } from './to-lsp.ts';

export function kustomizationLinks(entries: readonly KustomizationEntry[]): DocumentLink[] {
  return entries.map(({ placed, range, path, target }) => ({
    range: toRange(placed, range),
    target,
    tooltip: `Open ${path}`,
  }));
}

/** The file whose path stands at a position. */
export function kustomizationDefinitionsAt(
  entries: readonly KustomizationEntry[],
  position: Position,
): Location[] {
  const at = { start: position, end: position };
  const start = { line: 0, character: 0 };
  return entries
    .filter(({ placed, range }) => touches(toRange(placed, range), at))
    .map(({ target }) => ({ uri: target, range: { start, end: start } }));
}
