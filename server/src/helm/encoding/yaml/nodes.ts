/** A value of a YAML text as Helm sees it after its way through JSON, and where it is written. */
export type YamlNode = YamlScalar | YamlMap | YamlList;

interface Located {
  /** UTF-16 offsets; of a value that came through an alias, where its anchor stands. */
  readonly start: number;
  readonly end: number;
}

export interface YamlScalar extends Located {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

export interface YamlMap extends Located {
  readonly kind: 'map';
  /** Later entries replace earlier ones of the same key. */
  readonly entries: Map<string, YamlEntry>;
}

export interface YamlEntry {
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: YamlNode;
}

export interface YamlList extends Located {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
}

/** A null that is not written: where it would stand. */
export function nullAt(offset: number): YamlScalar {
  return { kind: 'scalar', value: null, start: offset, end: offset };
}

/** How many values a node holds, itself included. */
export function sizeOf(node: YamlNode): number {
  if (node.kind === 'scalar') return 1;
  let size = 1;
  if (node.kind === 'list') for (const item of node.items) size += sizeOf(item);
  else for (const { value } of node.entries.values()) size += sizeOf(value);
  return size;
}
