/** The values that each factor of a test can take. */
export type Factors<Case> = { readonly [Name in keyof Case]: readonly Case[Name][] };

/**
 * Cases in which every two values of different factors meet at least once. The first case has the first value of every factor.
 *
 * A greedy search: each case is begun with a pair that is still missing, and takes of each other factor the value that adds most.
 */
export function pairwise<Case extends object>(factors: Factors<Case>): Case[] {
  const names = Object.keys(factors) as (keyof Case & string)[];
  const sizes = names.map((name) => factors[name].length);
  const missing = new Set<string>();
  forEachPair(sizes, (pair) => missing.add(pair));
  const cases: number[][] = [sizes.map(() => 0)];
  cover(cases[0] ?? [], missing);
  while (missing.size > 0) {
    const [first = ''] = missing;
    const choice = completed(first, sizes, missing);
    cover(choice, missing);
    cases.push(choice);
  }
  return cases.map(
    (choice) => Object.fromEntries(names.map((name, at) => [name, factors[name][choice[at] ?? 0]])) as Case,
  );
}

function pairOf(one: number, value: number, other: number, otherValue: number): string {
  return one < other ? `${one}.${value} ${other}.${otherValue}` : `${other}.${otherValue} ${one}.${value}`;
}

function forEachPair(sizes: readonly number[], use: (pair: string) => void): void {
  for (const [one, size] of sizes.entries())
    for (let other = one + 1; other < sizes.length; other++)
      for (let value = 0; value < size; value++)
        for (let otherValue = 0; otherValue < (sizes[other] ?? 0); otherValue++)
          use(pairOf(one, value, other, otherValue));
}

function completed(pair: string, sizes: readonly number[], missing: ReadonlySet<string>): number[] {
  const choice = new Map(pair.split(' ').map((part) => part.split('.').map(Number) as [number, number]));
  for (const [factor, size] of sizes.entries()) {
    if (choice.has(factor)) continue;
    const gains = Array.from(
      { length: size },
      (_, value) =>
        [...choice].filter(([other, otherValue]) => missing.has(pairOf(factor, value, other, otherValue)))
          .length,
    );
    choice.set(factor, gains.indexOf(Math.max(...gains)));
  }
  return sizes.map((_, factor) => choice.get(factor) ?? 0);
}

function cover(choice: readonly number[], missing: Set<string>): void {
  for (const [one, value] of choice.entries())
    for (let other = one + 1; other < choice.length; other++)
      missing.delete(pairOf(one, value, other, choice[other] ?? 0));
}
