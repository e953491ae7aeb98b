import type { ParsedDocument } from '../../syntax/parse.ts';
import type { Path } from '../../syntax/paths.ts';
import { keyOf, type Locator } from './locate.ts';
import type { DerivedDocument } from './source-map.ts';
import type { TypedFiles } from './typed-files.ts';

/** Stand in renderings for names that are not known before an installation; a repair must not write them down. */
export const RELEASE_WORDS = /release-name/;

/** A derived document with its tree. */
export interface Target {
  readonly derived: DerivedDocument;
  readonly parsed: ParsedDocument;
}

/** Text for a template, with the object's name and namespace as the template itself writes them. */
export function namedAsTyped(text: string, target: Target, locator: Locator, files: TypedFiles): string {
  const names: readonly Path[] = [
    ['metadata', 'name'],
    ['metadata', 'namespace'],
  ];
  let named = text;
  for (const path of names) {
    const value = target.parsed.root?.at(path);
    const action =
      value?.text === undefined ? undefined : actionAt(keyOf(value).start, target, locator, files);
    if (value?.text !== undefined && action !== undefined) named = named.replaceAll(value.text, action);
  }
  return named
    .replaceAll('release-namespace', '{{ .Release.Namespace }}')
    .replaceAll('release-name', '{{ .Release.Name }}');
}

/** What a template has behind a key, when that is an action. */
function actionAt(offset: number, target: Target, locator: Locator, files: TypedFiles): string | undefined {
  const place = locator.templateAt(offset, target);
  const text = place && files.text(place.file);
  if (place === undefined || text === undefined) return undefined;
  const start = text.lastIndexOf('\n', place.range.start - 1) + 1;
  const end = text.indexOf('\n', place.range.start);
  const line = text.slice(start, end === -1 ? text.length : end);
  return /^\s*name(?:space)?:\s*(\{\{[^{}]*\}\})\s*$/.exec(line)?.[1];
}
