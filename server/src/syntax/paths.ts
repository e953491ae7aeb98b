/** A key of a map or an index of a list. */
export type PathSegment = string | number;

/** A YAML path from the root of a document, outermost segment first. */
export type Path = readonly PathSegment[];

/**
 * A path as people write it: `spec.containers[0].image`. Keys that hold dots or blanks are quoted:
 * `metadata.annotations["a.b/c"]`.
 */
export function formatPath(path: Path): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (/^[\w$-]+$/.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment)}]`;
  }
  return text;
}

export function startsWithPath(path: Path, prefix: Path): boolean {
  return path.length >= prefix.length && prefix.every((segment, index) => segment === path[index]);
}

/** Document order of paths: indexes by number, a path before those below it. */
export function comparePaths(a: Path, b: Path): number {
  for (const [index, segment] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (segment === other) continue;
    if (typeof segment === 'number' && typeof other === 'number') return segment - other;
    return String(segment) < String(other) ? -1 : 1;
  }
  return a.length - b.length;
}
