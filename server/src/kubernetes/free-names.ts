/** A name that is not taken: the wanted one, or with the first number behind it that makes it so. */
export function freeName(wanted: string, taken: ReadonlySet<string | undefined>, separator = '-'): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}${separator}${number}`;
  return name;
}
