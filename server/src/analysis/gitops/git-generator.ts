import { compileFileMatch, compileGlob, type TemplateData } from '../../helm/index.ts';
import { parseDocument } from '../../syntax/parse.ts';
import type { Value } from '../../syntax/values.ts';
import { dataOf, type Parameters, parametersFrom } from './parameters.ts';

/** The files of what may be a repository, by their paths from its root. */
export interface RepositoryView {
  /** Folders with anything in them or below. */
  readonly folders: readonly string[];
  /** Those in a folder and below it. */
  filesBelow(folder: string): readonly string[];
  textOf(file: string): string | undefined;
}

/** Files that are read for their parameters are short. */
const MAX_LENGTH = 100_000;

/** More folders and files are not looked at. */
const MAX_FOUND = 100;

/**
 * What a git generator gives for the folders or files of a repository. Which folder is the root of the repository is not known: it is the first
 * in which there is what the generator asks for.
 *
 * @param given parameters of the generator that it is combined with
 * @param views of folders that may be the root, the outermost first
 *
 * Source: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/
 */
export function gitParameters(
  git: Value,
  given: Parameters,
  views: readonly RepositoryView[],
): Parameters['values'][] {
  const directories = patternsIn(git.get('directories'), given);
  const files = patternsIn(git.get('files'), given);
  for (const view of views) {
    const found =
      directories.length > 0
        ? foldersIn(view, directories)
            .slice(0, MAX_FOUND)
            .map((path) => [path, undefined, null] as const)
        : filesIn(view, files).flatMap((file) =>
            objectsIn(view.textOf(file)).map((data) => [folderOf(file), file, data] as const),
          );
    if (found.length === 0) continue;
    return found.map(([path, file, data]) =>
      withValues(parametersOf(path, file, data, git, given), git, given),
    );
  }
  return [];
}

interface Pattern {
  readonly path: string;
  readonly excludes: boolean;
}

function patternsIn(items: Value | undefined, given: Parameters): Pattern[] {
  return (items?.items ?? []).flatMap((item) => {
    const path = dataOf(item.get('path'), given);
    return typeof path === 'string' ? [{ path, excludes: item.get('exclude')?.boolean === true }] : [];
  });
}

/** As path.Match does it, in which `*` stays in a folder. */
function foldersIn({ folders }: RepositoryView, patterns: readonly Pattern[]): string[] {
  return folders.filter((folder) => !/(?:^|\/)\./.test(folder)).filter(matcherOf(patterns, compileFileMatch));
}

/** As github.com/bmatcuk/doublestar does it. */
function filesIn(view: RepositoryView, patterns: readonly Pattern[]): string[] {
  const compiled = (pattern: string) => compileGlob(pattern.replaceAll(/(^|\/)\*\*\//g, '{$1,$1**/}'));
  const wanted = patterns.filter(({ excludes }) => !excludes);
  const candidates = new Set(wanted.flatMap(({ path }) => view.filesBelow(fixedPart(path))));
  return [...candidates].filter(matcherOf(patterns, compiled)).sort().slice(0, MAX_FOUND);
}

function matcherOf(
  patterns: readonly Pattern[],
  compile: (pattern: string) => ((path: string) => boolean) | undefined,
): (path: string) => boolean {
  const compiled = patterns.map(({ path, excludes }) => ({
    excludes,
    matches: compile(path.replace(/^\//, '')),
  }));
  const some = (path: string, isExcluded: boolean) =>
    compiled.some(({ excludes, matches }) => excludes === isExcluded && matches?.(path) === true);
  return (path) => some(path, false) && !some(path, true);
}

/** The folder that everything a pattern matches is in. */
function fixedPart(pattern: string): string {
  const parts = pattern.replace(/^\//, '').split('/').slice(0, -1);
  const end = parts.findIndex((part) => /[*?[{\\]/.test(part));
  return (end === -1 ? parts : parts.slice(0, end)).join('/');
}

/** A file holds one set of parameters, or a list of them. */
function objectsIn(text: string | undefined): TemplateData[] {
  if (text === undefined || text.length > MAX_LENGTH) return [];
  const { root, problems } = parseDocument(text);
  if (root === undefined || problems.length > 0) return [];
  const data = root.toJS() as TemplateData;
  return Array.isArray(data) ? [...data] : [data];
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

function parametersOf(
  path: string,
  file: string | undefined,
  data: TemplateData,
  git: Value,
  { isGoTemplate }: Parameters,
): Parameters['values'] {
  const prefix = git.get('pathParamPrefix')?.text ?? '';
  const basename = path.slice(path.lastIndexOf('/') + 1);
  const filename = file?.slice(file.lastIndexOf('/') + 1);
  const names: Record<string, string> = { basename, basenameNormalized: sanitized(basename) };
  if (filename !== undefined) Object.assign(names, { filename, filenameNormalized: sanitized(filename) });
  const segments = path.split('/');
  const own = parametersFrom(data, isGoTemplate);
  if (isGoTemplate) {
    const all = { path: { path, ...names, segments } };
    return { ...own, ...(prefix === '' ? all : { [prefix]: all }) };
  }
  const name = prefix === '' ? 'path' : `${prefix}.path`;
  const below = Object.entries(names).map(([key, value]) => [`${name}.${key}`, value]);
  const parts = segments.map((segment, index) => [`${name}[${index}]`, segment]);
  return { ...own, [name]: path, ...Object.fromEntries([...below, ...parts]) };
}

/** Source: SanitizeName in https://github.com/argoproj/argo-cd/blob/master/applicationset/utils/utils.go */
function sanitized(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}

/** `values` may name what the generator gives. */
function withValues(
  values: Parameters['values'],
  git: Value,
  { isGoTemplate }: Parameters,
): Parameters['values'] {
  if (!git.has(['values'])) return values;
  const own = dataOf(git.get('values'), { values, isGoTemplate });
  return { ...values, ...parametersFrom({ values: own }, isGoTemplate) };
}
