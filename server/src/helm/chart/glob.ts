/** Patterns for file names: `.Files.Glob` (github.com/gobwas/glob) and `.helmignore` (filepath.Match). */

type Matcher = (path: string) => boolean;

/** One element of a pattern; alternatives hold patterns of their own. */
type Element =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'some'; readonly crossesFolders: boolean }
  | { readonly kind: 'set'; readonly isNegated: boolean; readonly members: string }
  | { readonly kind: 'either'; readonly alternatives: readonly (readonly Element[])[] };

/**
 * Compiles a pattern of `.Files.Glob`: `*` stays inside of a folder, `**` does not, `?`, `[a-z]`, `[!a]`, `{a,b}`. Undefined when
 * it is not valid.
 */
export function compileGlob(pattern: string): Matcher | undefined {
  const parsed = parse(pattern, 0, false);
  if (parsed === undefined || parsed.end !== pattern.length) return undefined;
  return (path) => isMatch(parsed.elements, path);
}

/** Compiles a pattern of filepath.Match; undefined when it is not valid. */
export function compileFileMatch(pattern: string): Matcher | undefined {
  const elements: Element[] = [];
  for (let index = 0; index < pattern.length; ) {
    const character = pattern[index] ?? '';
    if (character === '*') elements.push({ kind: 'some', crossesFolders: false });
    else if (character === '?') elements.push({ kind: 'one' });
    else if (character === '[') {
      const set = readSet(pattern, index, '^');
      if (set === undefined) return undefined;
      elements.push(set.element);
      index = set.end;
      continue;
    } else if (character === '\\') {
      index++;
      if (index >= pattern.length) return undefined;
      elements.push({ kind: 'text', text: pattern[index] ?? '' });
    } else elements.push({ kind: 'text', text: character });
    index++;
  }
  return (path) => isMatch(elements, path);
}

function parse(
  pattern: string,
  start: number,
  isNested: boolean,
): { elements: Element[]; end: number } | undefined {
  const elements: Element[] = [];
  let index = start;
  while (index < pattern.length) {
    const character = pattern[index] ?? '';
    if (isNested && (character === ',' || character === '}')) break;
    if (character === '*') {
      const crossesFolders = pattern[index + 1] === '*';
      elements.push({ kind: 'some', crossesFolders });
      index += crossesFolders ? 2 : 1;
    } else if (character === '?') {
      elements.push({ kind: 'one' });
      index++;
    } else if (character === '[') {
      const set = readSet(pattern, index, '!');
      if (set === undefined) return undefined;
      elements.push(set.element);
      index = set.end;
    } else if (character === '{') {
      const either = readAlternatives(pattern, index);
      if (either === undefined) return undefined;
      elements.push(either.element);
      index = either.end;
    } else {
      if (character === '\\') index++;
      elements.push({ kind: 'text', text: pattern[index] ?? '' });
      index++;
    }
  }
  return { elements, end: index };
}

function readAlternatives(pattern: string, start: number): { element: Element; end: number } | undefined {
  const alternatives: Element[][] = [];
  let index = start;
  do {
    const parsed = parse(pattern, index + 1, true);
    if (parsed === undefined) return undefined;
    alternatives.push(parsed.elements);
    index = parsed.end;
  } while (pattern[index] === ',');
  if (pattern[index] !== '}') return undefined;
  return { element: { kind: 'either', alternatives }, end: index + 1 };
}

/** `[abc]` or `[a-z]`, negated by a leading mark. The members are pairs of first and last character. */
function readSet(
  pattern: string,
  start: number,
  negation: string,
): { element: Element; end: number } | undefined {
  let index = start + 1;
  const isNegated = pattern[index] === negation;
  if (isNegated) index++;
  let members = '';
  for (let isFirst = true; isFirst || pattern[index] !== ']'; isFirst = false) {
    if (pattern[index] === '\\') index++;
    const low = pattern[index];
    if (low === undefined || (isFirst && low === ']')) return undefined;
    let high = low;
    if (pattern[index + 1] === '-' && pattern[index + 2] !== undefined && pattern[index + 2] !== ']') {
      high = pattern[index + 2] ?? low;
      index += 2;
    }
    members += low + high;
    index++;
  }
  return { element: { kind: 'set', isNegated, members }, end: index + 1 };
}

function isMatch(elements: readonly Element[], path: string): boolean {
  return ends(elements, path).has(path.length);
}

/** All offsets at which a match of the elements can end: every element moves a set of offsets on, so no pattern is slow. */
function ends(
  elements: readonly Element[],
  path: string,
  starts: ReadonlySet<number> = new Set([0]),
): Set<number> {
  let offsets = new Set(starts);
  for (const element of elements) {
    offsets = step(element, path, offsets);
    if (offsets.size === 0) break;
  }
  return offsets;
}

function step(element: Element, path: string, offsets: ReadonlySet<number>): Set<number> {
  const next = new Set<number>();
  if (element.kind === 'some') {
    for (let offset = Math.min(...offsets), isOpen = false; offset <= path.length; offset++) {
      isOpen ||= offsets.has(offset);
      if (isOpen) next.add(offset);
      if (path[offset] === '/' && !element.crossesFolders) isOpen = false;
    }
    return next;
  }
  if (element.kind === 'either') {
    for (const alternative of element.alternatives) {
      for (const end of ends(alternative, path, offsets)) next.add(end);
    }
    return next;
  }
  for (const offset of offsets) {
    const character = path[offset];
    if (character !== undefined && accepts(element, character)) next.add(offset + 1);
  }
  return next;
}

function accepts(element: Extract<Element, { kind: 'text' | 'one' | 'set' }>, character: string): boolean {
  if (element.kind === 'text') return element.text === character;
  if (character === '/') return false;
  if (element.kind === 'one') return true;
  let isMember = false;
  for (let index = 0; index < element.members.length; index += 2) {
    const [low = '', high = ''] = [element.members[index], element.members[index + 1]];
    if (character >= low && character <= high) isMember = true;
  }
  return isMember !== element.isNegated;
}
