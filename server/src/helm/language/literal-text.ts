import type { OffsetRange } from '../../syntax/ranges.ts';
import { FUNCTIONS } from '../functions/table.ts';
import type { Node } from '../template/nodes.ts';
import { parseTemplate } from '../template/parser.ts';

/** What a template writes whatever its values are. */
export interface LiteralText {
  /** As long as the template; in place of everything else stand blanks, or `UNKNOWN` where a part of a line is not known. */
  readonly text: string;
  /** Where something else may stand, with the white space before it; in order. */
  readonly unknown: readonly OffsetRange[];
}

/** A character that nobody types. */
export const UNKNOWN = '\ue000';

const VISIBLE = /[^ \t\r\n]/g;

/**
 * Reads a template, which may be broken. Nothing is known of what an action writes, nor of what stands under a condition.
 */
export function literalText(source: string): LiteralText {
  const { main, problems } = parseTemplate('', source, (name) => FUNCTIONS.has(name));
  const strayEnds = problems
    .filter(({ message }) => /^unexpected \{\{(?:end|else)\}\}$/.test(message))
    .map(({ range }) => range.start);
  const kept = withoutStrayBlocks(main.root.nodes, strayEnds).flatMap((node) => keptOf(node, source));
  const unknown: OffsetRange[] = [];
  let text = '';
  let end = 0;
  const fill = (gap: OffsetRange) => {
    text += filled(source, gap, kept);
    const before = source.slice(0, gap.start).trimEnd().length;
    if (source.slice(gap.start, gap.end).trim() !== '') unknown.push({ start: before, end: gap.end });
  };
  for (const range of kept) {
    if (range.start > end) fill({ start: end, end: range.start });
    text += source.slice(range.start, range.end);
    end = range.end;
  }
  if (end < source.length) fill({ start: end, end: source.length });
  return { text, unknown };
}

/** Whether a range has to do with what is not known. */
export function touchesUnknown({ unknown }: LiteralText, { start, end }: OffsetRange): boolean {
  return unknown.some((range) => range.start <= end && start <= range.end);
}

/** Without what stands between a broken action and an `end` that then has no beginning: it may be a condition. */
function withoutStrayBlocks(nodes: readonly Node[], ends: readonly number[]): Node[] {
  const dropped = ends.flatMap((end) => {
    const broken = nodes.findLast(({ kind, start }) => kind === 'broken' && start < end);
    return broken === undefined ? [] : [{ start: broken.start, end }];
  });
  return nodes.filter(({ start }) => !dropped.some((range) => range.start <= start && start < range.end));
}

function keptOf(node: Node, source: string): OffsetRange[] {
  if (node.kind === 'text') return [{ start: node.start, end: node.end }];
  if (node.kind !== 'broken') return [];
  // Where the end of an action is missing, the lines behind it are text.
  const action = source.slice(node.start, node.end);
  const lineBreak = action.indexOf('\n');
  if (lineBreak === -1 || action.trimEnd().endsWith('}}')) return [];
  return [{ start: node.start + lineBreak, end: node.end }];
}

/** What stands for a part that is not known: blanks for lines and blocks, and `UNKNOWN` for a part of a line. */
function filled(source: string, { start, end }: OffsetRange, kept: readonly OffsetRange[]): string {
  const gap = source.slice(start, end);
  const blanks = gap.replace(VISIBLE, ' ');
  if (gap.trim().includes('\n')) return blanks;
  const actionStart = start + gap.length - gap.trimStart().length;
  const actionEnd = start + gap.trimEnd().length;
  const lineStart = source.lastIndexOf('\n', actionStart - 1) + 1;
  const lineBreak = source.indexOf('\n', actionEnd);
  const lineEnd = lineBreak === -1 ? source.length : lineBreak;
  const before = source.slice(lineStart, actionStart);
  const hasBefore = before.trim() !== '' && isKept(kept, lineStart + before.trimEnd().length - 1);
  const hasAfter = source.slice(actionEnd, lineEnd).trim() !== '';
  if (!hasBefore && !hasAfter) return blanks;
  const isValue = /[:-][ \t]+$/.test(before);
  if (!hasAfter && isValue && indentBehind(source, lineEnd) > indentOf(before)) return blanks;
  const lead = source.slice(start, actionStart);
  return lead + UNKNOWN.repeat(actionEnd - actionStart) + source.slice(actionEnd, end);
}

function isKept(kept: readonly OffsetRange[], offset: number): boolean {
  return kept.some(({ start, end }) => start <= offset && offset < end);
}

/** Where the key of a line stands; of an item without one, where its dash does. */
function indentOf(line: string): number {
  const [head = '', dashes = ''] = /^[ \t]*((?:-[ \t]+)*)/.exec(line) ?? [];
  return head.length === line.length ? head.length - dashes.length : head.length;
}

/** How far the next line with text is indented; -1 when there is none. */
function indentBehind(source: string, lineEnd: number): number {
  const next = /\S/.exec(source.slice(lineEnd));
  if (next === null) return -1;
  const at = lineEnd + next.index;
  return at - (source.lastIndexOf('\n', at - 1) + 1);
}
