/** A text as CEL writes it. */
export function celText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function celList(texts: Iterable<string>): string {
  return `[${[...texts].map(celText).join(', ')}]`;
}

/** Whether a text matches one of the patterns, as an expression. Only what JavaScript and RE2 read alike may stand in them. */
export function celMatches(text: string, pattern: string): string {
  return `${text}.matches(${celText(pattern)})`;
}

/**
 * Whether a text matches a regular expression of the rules. CEL knows no flags, so that where case does not count small letters are compared; RE2 does not look
 * ahead, so that what must not follow is a condition of its own.
 */
export function celTest(text: string, { source, flags }: RegExp): string {
  const ignoresCase = flags.includes('i');
  const pattern = ignoresCase ? source.replace(/\\.|[A-Z]/g, inSmallLetters) : source;
  const [wanted, unwanted] = withoutLookahead(pattern.replaceAll('\\/', '/'));
  const read = ignoresCase ? `${text}.lowerAscii()` : text;
  if (unwanted === undefined) return celMatches(read, wanted);
  return `(${celMatches(read, wanted)} && !${celMatches(read, unwanted)})`;
}

/** Classes such as `\S` are not letters. */
const inSmallLetters = (part: string) => (part.startsWith('\\') ? part : part.toLowerCase());

/** A pattern without its negative lookahead, and the pattern of what that excludes. */
function withoutLookahead(pattern: string): [wanted: string, unwanted?: string] {
  const start = pattern.indexOf('(?!');
  if (start === -1) return [pattern];
  let end = start;
  let depth = 0;
  do {
    const character = pattern.charAt(end);
    if (character === '(') depth++;
    if (character === ')') depth--;
    end += character === '\\' ? 2 : 1;
  } while (depth > 0 && end < pattern.length);
  const head = pattern.slice(0, start);
  return [head + pattern.slice(end), head + pattern.slice(start + 3, end - 1)];
}

/** A duration as Go writes them, as long as CEL can hold it. */
export const IS_DURATION = '^([0-9]{1,6}([.][0-9]{1,9})?(h|m|s|ms|us|ns))+$';

/** A pattern with `*` for any of some characters, as a regular expression without anchors. */
export function wildcardPattern(pattern: string, any = '.'): string {
  return pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join(`${any}*`);
}

/** The value of an optional list; empty when it is not there. */
export function celItems(field: string): string {
  return `(has(${field}) ? ${field} : [])`;
}

/** The list at the end of a path, whose parts may each be missing: `object.spec.servers`. */
export function celItemsAt(path: string): string {
  return `(${hasPath(path)} ? ${path} : [])`;
}

/** Whether an optional list, map or text is there and not empty. */
export function celIsSet(field: string): string {
  return `(has(${field}) && size(${field}) > 0)`;
}

const MOST_ENVIRONMENT = 20_000;
const MOST_ARGUMENTS = 30_000;
/** The words of a container `c`. */
export const WORDS = `(${celItems('c.command')} + ${celItems('c.args')})`;
const isLonger = (most: number, size: string) => `variables.containers.map(c, ${size}.sum()).sum() > ${most}`;

/**
 * Whether a pod has more in its variables, or arguments, than one expression may read: what it costs is bounded, and what fails is refused. Names count as 20.
 *
 * Source: https://kubernetes.io/docs/reference/using-api/cel/#runtime-cost-budget
 */
export const IS_LONG_ENVIRONMENT = isLonger(
  MOST_ENVIRONMENT,
  `${celItems('c.env')}.map(e, 20 + (has(e.value) ? size(e.value) : 0))`,
);
export const ARE_LONG_ARGUMENTS = isLonger(MOST_ARGUMENTS, `${WORDS}.map(w, size(w))`);
/** What is admitted then, in words. */
export const LONG_PODS = `pods with more than ${MOST_ENVIRONMENT / 1000},000 characters in variables or ${MOST_ARGUMENTS / 1000},000 in arguments, which cost an API server too much to read`;

/** The annotations of the object. */
const HAS_ANNOTATIONS = 'has(object.metadata.annotations)';

/** Whether the object has an annotation, whose value satisfies a condition on `object.metadata.annotations[key]`. */
export function hasAnnotation(key: string, condition?: (value: string) => string): string {
  const name = celText(key);
  const held = `${HAS_ANNOTATIONS} && ${name} in object.metadata.annotations`;
  return condition === undefined
    ? `(${held})`
    : `(${held} && ${condition(`object.metadata.annotations[${name}]`)})`;
}

/** One of the conditions holds. */
export function anyOf(...conditions: readonly string[]): string {
  return `(${conditions.join(' || ')})`;
}

/** Whether all of a path is there, where its parts below the root may each be missing: `object.spec.backup`. */
export function hasPath(path: string): string {
  const keys = path.split('.');
  const parts = keys.slice(1).map((_, index) => `has(${keys.slice(0, index + 2).join('.')})`);
  return `(${parts.join(' && ')})`;
}
