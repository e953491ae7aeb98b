/**
 * Orders two Kubernetes versions: negative when the first is older. `v1.31`, `1.31.4` and `v1.31.4-eks-a1b2` are all
 * understood; a missing part counts as 0, and what follows the numbers does not count.
 */
export function compareVersions(first: string, second: string): number {
  const one = numbersOf(first);
  const other = numbersOf(second);
  for (const index of [0, 1, 2]) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): number[] {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version.trim());
  return (match?.slice(1) ?? []).map((part) => Number(part ?? 0));
}
