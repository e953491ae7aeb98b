/** Help with the names by which objects speak of each other: where one is declared, who uses it, and which one was meant. */

import type { CodeAction, Diagnostic, DocumentLink, Location, Position, Range } from 'vscode-languageserver';
import { CodeActionKind, DiagnosticSeverity } from 'vscode-languageserver';
import type { NameInDocument } from '../analysis/names/index.ts';
import type { Say } from '../l10n/say.ts';
import type { MistypedName, NameAt, NamePlace, Names } from '../workspace/names.ts';
import { canonicalUri } from '../workspace/uris.ts';
import { DIAGNOSTIC_SOURCE } from './protocol.ts';
import { toRange, touches } from './to-lsp.ts';
import { type EditCapabilities, workspaceEdit } from './workspace-edits.ts';

/** The `code` of the note on a name that seems mistyped. */
const UNKNOWN_NAME = 'unknown-name';

/** Where the object is declared whose name stands at a position. */
export function nameDefinitionsAt(names: Names, uri: string, position: Position): Location[] {
  const at = nameAt([...names.usedIn(uri), ...names.declaredIn(uri)], position);
  return at === undefined ? [] : names.declarationsOf(uri, at.name).map(locationOf);
}

/** Who uses the object whose name stands at a position. */
export async function nameReferencesAt(
  names: Names,
  uri: string,
  position: Position,
  withDeclarations: boolean,
): Promise<Location[]> {
  const at = nameAt([...names.usedIn(uri), ...names.declaredIn(uri)], position);
  if (at === undefined) return [];
  const declared = withDeclarations ? names.declarationsOf(uri, at.name) : [];
  return [...declared, ...(await names.usesOf(uri, at.name))].map(locationOf);
}

/** Links to the objects that other files declare; those of the same file are near enough. */
export function nameLinks(names: Names, uri: string): DocumentLink[] {
  const own = canonicalUri(uri);
  return names.usedIn(uri).flatMap(({ placed, name }) => {
    const places = names.declarationsOf(uri, name);
    const [place] = places;
    if (place === undefined || places.some((other) => canonicalUri(other.uri) === own)) return [];
    const target = `${place.uri}#L${place.start.line + 1},${place.start.character + 1}`;
    return [{ range: toRange(placed, name.range), target, tooltip: `Open ${name.kind} ${name.name}` }];
  });
}

/** Notes on names that nothing declares, where one that is declared is almost the same. Objects from elsewhere are normal and get no note. */
export function nameNotes(names: Names, uri: string): Diagnostic[] {
  return names.mistypedIn(uri).map(({ placed, name, meant }) => ({
    range: toRange(placed, name.range),
    severity: DiagnosticSeverity.Information,
    code: UNKNOWN_NAME,
    source: DIAGNOSTIC_SOURCE,
    message: `No ${name.kind} "${name.name}" is in these files; did you mean "${meant}"?`,
  }));
}

/** Corrects mistyped names in a range. */
export function nameFixes(
  names: Names,
  { uri, version }: { readonly uri: string; readonly version: number },
  within: Range,
  diagnostics: readonly Diagnostic[],
  capabilities: EditCapabilities,
  say: Say,
): CodeAction[] {
  const isHere = ({ placed, name }: MistypedName) => touches(toRange(placed, name.range), within);
  return names
    .mistypedIn(uri)
    .filter(isHere)
    .flatMap(({ placed, name, meant }) => {
      const { start, end } = name.range;
      const written = placed.document.text.slice(start, end);
      // An anchor or a folded scalar is not what its text says.
      if (!written.includes(name.name)) return [];
      const range = toRange(placed, name.range);
      const edits = [{ range, newText: written.replace(name.name, () => meant) }];
      return [
        {
          title: say('Change to "{0}"', meant),
          kind: CodeActionKind.QuickFix,
          diagnostics: diagnostics.filter(
            ({ code, range: known }) =>
              code === UNKNOWN_NAME &&
              known.start.line === range.start.line &&
              known.start.character === range.start.character,
          ),
          edit: workspaceEdit([{ uri, version, edits }], capabilities),
          isPreferred: true,
        },
      ];
    });
}

function nameAt(names: readonly NameAt[], position: Position): NameAt<NameInDocument> | undefined {
  const within = { start: position, end: position };
  return names.find(({ placed, name }) => touches(toRange(placed, name.range), within));
}

function locationOf({ uri, start, end }: NamePlace): Location {
  return { uri, range: { start, end } };
}
