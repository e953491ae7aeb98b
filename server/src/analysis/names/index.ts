import { resourcesOf } from '../../kubernetes/resource.ts';
import type { ParsedDocument } from '../../syntax/parse.ts';
import type { OffsetRange } from '../../syntax/ranges.ts';
import { declaredNames } from './declared.ts';
import type { ObjectName } from './kinds.ts';
import { usedNames } from './used.ts';

/** A name in a document. */
export interface NameInDocument extends ObjectName {
  /** In offsets of the document. */
  readonly range: OffsetRange;
}

export interface NameUse extends NameInDocument {
  /** Whether the resource does without the object. */
  readonly isOptional: boolean;
}

/** What a document names, without its tree. */
export interface DocumentNames {
  readonly declared: readonly NameInDocument[];
  readonly used: readonly NameUse[];
}

export const NO_NAMES: DocumentNames = { declared: [], used: [] };

export function namesOfDocument(document: ParsedDocument): DocumentNames {
  return {
    declared: declaredOf(document),
    used: resourcesOf(document)
      .flatMap(usedNames)
      .map(({ at, ...use }) => ({ ...use, range: at.site })),
  };
}

export function declaredOf(document: ParsedDocument): NameInDocument[] {
  return declaredNames(document).map(({ at, ...name }) => ({ ...name, range: at.site }));
}
