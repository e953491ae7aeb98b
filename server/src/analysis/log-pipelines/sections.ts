import { type DocumentOperation, replaceText } from '../../syntax/edit/operations.ts';
import { planOperation } from '../../syntax/edit/plan.ts';
import { type ParsedDocument, parseDocument } from '../../syntax/parse.ts';
import type { Path } from '../../syntax/paths.ts';
import type { OffsetRange } from '../../syntax/ranges.ts';
import { sourceRangeOf } from '../../syntax/scalar-offsets.ts';
import { MapValue, ScalarValue, type Value } from '../../syntax/values.ts';

/** A place of the document: a value, or a part of a text that is one. */
export interface Spot {
  readonly at: Value;
  /** In offsets of the decoded text. */
  readonly part?: OffsetRange;
}

/** One setting of a section. */
export interface Setting {
  readonly value: string;
  /** The value alone. */
  readonly spot: Spot;
  /** A part of the value, in offsets of it. */
  readonly partAt: (part: OffsetRange) => Spot;
  readonly replacePart: (part: OffsetRange, newText: string) => DocumentOperation[];
}

/** A block of settings that belong together, in whatever notation: one output of a pipeline, say. */
export interface Section {
  /** What stands for the whole block: its name, its header. */
  readonly head: Spot;
  /** Keys are compared without case; a dot goes into a block below. */
  get(key: string): Setting | undefined;
  /** Texts of all settings below a key, such as the items of a list. */
  all(key: string): readonly Setting[];
  /** Sets or adds a setting. Empty where that cannot be done in place. */
  set(key: string, value: string | boolean): DocumentOperation[];
}

/** Data in YAML: fields of a resource, or a text that embeds a document of its own. */
export interface Tree {
  readonly root: Value;
  /** The scalar of the manifest whose text it is; undefined for the manifest's own fields. */
  readonly outer: ScalarValue | undefined;
  readonly document: ParsedDocument | undefined;
}

/** The YAML or JSON that a text embeds; undefined when it is not a map, or not well-formed. Fluent Bit repeats keys, such as `header`. */
export function embeddedTree(scalar: ScalarValue): Tree | undefined {
  const document = parseDocument(scalar.decoded);
  const isBroken = document.problems.some(({ kind }) => kind !== 'duplicate-key');
  if (!(document.root instanceof MapValue) || isBroken) return undefined;
  return { root: document.root, outer: scalar, document };
}

export function treeOf(root: Value): Tree {
  return { root, outer: undefined, document: undefined };
}

export function spotOf(tree: Tree, value: Value): Spot {
  return tree.outer === undefined ? { at: value } : { at: tree.outer, part: value.site };
}

/** An operation on a tree, said of the manifest. Empty where it cannot be done. */
export function inTree({ outer, document }: Tree, operation: DocumentOperation): DocumentOperation[] {
  if (outer === undefined || document === undefined) return [operation];
  const plan = planOperation(document, operation);
  if ('refused' in plan) return [];
  return [...plan.edits]
    .sort((a, b) => b.range.start - a.range.start)
    .map(({ range, newText }) => replaceText(outer.path, range, newText));
}

/** A map of a tree as a section. */
export function treeSection(tree: Tree, value: Value, head: Value): Section {
  const at = (key: string): Value | undefined => find(value, key.split('.'));
  const settingAt = (found: Value): Setting[] =>
    found instanceof ScalarValue && !found.isNull ? [settingIn(tree, found)] : [];
  return {
    head: spotOf(tree, head),
    get(key) {
      const found = at(key);
      return found === undefined ? undefined : settingAt(found)[0];
    },
    all(key) {
      const found = at(key);
      if (found === undefined) return [];
      return found.kind === 'list' ? found.items.flatMap(settingAt) : settingAt(found);
    },
    set(key, wanted) {
      const path: Path = at(key)?.path ?? [...value.path, ...key.split('.')];
      return inTree(tree, { op: 'set', path, value: wanted });
    },
  };
}

function settingIn(tree: Tree, scalar: ScalarValue): Setting {
  const { outer, document } = tree;
  return {
    value: scalar.decoded,
    spot: spotOf(tree, scalar),
    partAt: (part) =>
      outer === undefined || document === undefined
        ? { at: scalar, part }
        : { at: outer, part: sourceRangeOf(scalar, document.text, part) },
    replacePart: (part, newText) => inTree(tree, replaceText(scalar.path, part, newText)),
  };
}

/** Goes down a path of keys; a key may itself contain the dots, as `output.logstash` does. */
function find(value: Value, path: readonly string[]): Value | undefined {
  if (path.length === 0) return value;
  for (let taken = path.length; taken > 0; taken--) {
    const key = path.slice(0, taken).join('.').toLowerCase();
    const entry = value.entries.findLast((candidate) => candidate.key.toLowerCase() === key);
    const found = entry && find(entry.value, path.slice(taken));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A setting of a text, with its place. */
export interface TextSetting {
  readonly key: string;
  readonly value: string;
  readonly valueRange: OffsetRange;
}

/** A block of a text that is no YAML. */
export interface TextBlock {
  readonly head: OffsetRange;
  readonly settings: readonly TextSetting[];
  /** The text that adds a setting, and where. */
  readonly add: (key: string, value: string) => { at: number; newText: string };
  /** How a value is written: quoted, or as it is. */
  readonly write?: (value: string | boolean) => string;
}

export function textSection(scalar: ScalarValue, block: TextBlock): Section {
  const named = (key: string) =>
    block.settings.filter((setting) => setting.key.toLowerCase() === key.toLowerCase());
  const toSetting = ({ value, valueRange }: TextSetting): Setting => {
    const shifted = ({ start, end }: OffsetRange) => ({
      start: start + valueRange.start,
      end: end + valueRange.start,
    });
    return {
      value,
      spot: { at: scalar, part: valueRange },
      partAt: (part) => ({ at: scalar, part: shifted(part) }),
      replacePart: (part, newText) => [replaceText(scalar.path, shifted(part), newText)],
    };
  };
  return {
    head: { at: scalar, part: block.head },
    get(key) {
      const found = named(key).at(-1);
      return found && toSetting(found);
    },
    all: (key) => named(key).map(toSetting),
    set(key, value) {
      const written = (block.write ?? String)(value);
      const known = named(key).at(-1);
      // What is there already has its quotes.
      const bare = typeof value === 'string' ? value : written;
      if (known !== undefined) return [replaceText(scalar.path, known.valueRange, bare)];
      const { at, newText } = block.add(key, written);
      return [replaceText(scalar.path, { start: at, end: at }, newText)];
    },
  };
}
