/** How deep a policy looks; maps and lists count one each. CEL does not recurse. */
const DEPTH = 12;

const children = (node: string) =>
  `(type(${node}) == map ? ${node}.map(k, ${node}[k]) : type(${node}) == list ? ${node} : [])`;
/** A text as a line, and each of a list; of a map what its `type` says. */
const linesOf = (value: string) =>
  `(type(${value}) == list ? ${value} : type(${value}) == map ? ('type' in ${value} ? [${value}['type']] : []) : [${value}]).map(t, type(t) == string || type(t) == double, string(t) + '\\n').join('')`;

/**
 * The texts that stand under certain keys anywhere below a value, and those of items that have such a key for a name, as in `env`: a list of texts with one empty
 * one.
 *
 * @param keys a list, as CEL
 */
export function celTextsUnder(keys: string, root: string): string {
  const level = (node: string, depth: number): string => {
    const own = `(type(${node}) == map ? ${node}.map(k, k in ${keys}, ${linesOf(`${node}[k]`)}).join('') + ('name' in ${node} && 'value' in ${node} && ${node}['name'] in ${keys} ? ${linesOf(`${node}['value']`)} : '') : '')`;
    if (depth === DEPTH) return own;
    const next = `n${depth}`;
    return `${own} + ${children(node)}.map(${next}, ${level(next, depth + 1)}).join('')`;
  };
  return `(${level(root, 0)}).split('\\n')`;
}
