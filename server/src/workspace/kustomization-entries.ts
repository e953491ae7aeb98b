import { joinPath, KUSTOMIZATION_NAMES, namedPathsIn } from '../kustomize/index.ts';
import type { PlacedDocument } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import type { OpenState } from './open-files.ts';
import type { Surroundings } from './surroundings.ts';
import { canonicalUri, childUri, folderOf, nameOf } from './uris.ts';

/** A path in a kustomization, and the file that it leads to: of a folder, its kustomization. */
export interface KustomizationEntry {
  readonly placed: PlacedDocument;
  /** In offsets of the document. */
  readonly range: OffsetRange;
  readonly path: string;
  readonly target: string;
}

/** The files that an open kustomization names, as far as they are in the workspace folder; empty for other files. */
export function kustomizationEntries(
  { key, source }: OpenState,
  surroundings: Surroundings,
): KustomizationEntry[] {
  if (!KUSTOMIZATION_NAMES.includes(nameOf(key))) return [];
  const { root, index } = surroundings.scopeOf(key);
  const folder = folderOf(key) ?? key;
  const inside = folder === root ? '' : decodeURIComponent(folder.slice(root.length + 1));
  return source.documents.flatMap((placed) => {
    const value = parseDocument(placed.document.text).root;
    return (value === undefined ? [] : namedPathsIn(value)).flatMap((named) => {
      const path = joinPath(inside, named.path);
      if (path === undefined) return [];
      const uri = path === '' ? root : canonicalUri(childUri(root, path));
      const kustomization = KUSTOMIZATION_NAMES.map((name) => childUri(uri, name)).find((file) =>
        index.filesIn(uri).includes(file),
      );
      const isFile = /\.[^./]+$/.test(path);
      const target = kustomization ?? (isFile ? uri : undefined);
      return target === undefined ? [] : [{ placed, range: named.value.range, path: named.path, target }];
    });
  });
}
