/** How deep a policy looks; maps and lists count one each. CEL does not recurse. */
const DEPTH = 12;

const children = (node: string) =>
  `(type(${node}) == map ? ${node}.map(k, ${node}[k]) : type(${node}) == list ? ${node} : [])`;
/** A text as a line, and each of a list; of a map what its `type` says. */
const linesOf = (value: string) =>
  `(type(${value}) == list ? ${value} : type(${value}) == map ? ('type' in ${value} ? [${value}['type']] : []) : [${value}]).map(t, type(t) == string || type(t) == double, string(t) + '\\n').join('')`;

/** What `own` says of a value, and, put together by `join`, of what is below it. */
function below(
  root: string,
  own: (node: string) => string,
  join: (own: string, children: string, each: string) => string,
): string {
  const level = (node: string, depth: number): string => {
    const next = `n${depth}`;
    return depth === DEPTH
      ? own(node)
      : join(own(node), children(node), `(${next}, ${level(next, depth + 1)})`);
  };
  return level(root, 0);
}

/**
 * The texts that stand under certain keys anywhere below a value, and those of items that have such a key for a name, as in `env`: a list of texts with one empty
 * one.
 *
 * @param keys a list, as CEL
 */
export function celTextsUnder(keys: string, root: string): string {
  const own = (node: string) =>
    `(type(${node}) == map ? ${node}.map(k, k in ${keys}, ${linesOf(`${node}[k]`)}).join('') + ('name' in ${node} && 'value' in ${node} && ${node}['name'] in ${keys} ? ${linesOf(`${node}['value']`)} : '') : '')`;
  return celLinesBelow(own, root);
}

/**
 * What is said of a value and of all below it.
 *
 * @param own the lines of one value, each with its end, as CEL
 */
export function celLinesBelow(own: (node: string) => string, root: string): string {
  return `(${below(root, own, (here, nodes, each) => `${here} + ${nodes}.map${each}.join('')`)}).split('\\n')`;
}

/** Whether some map at or below a value satisfies a condition on a key `k` of it. */
export function celSomeKey(condition: (node: string) => string, root: string): string {
  const own = (node: string) => `(type(${node}) == map && ${node}.exists(k, ${condition(node)}))`;
  return below(root, own, (here, nodes, each) => `(${here} || ${nodes}.exists${each})`);
}
