import { resolvePlainScalar } from '../scalars.ts';
import type { ScalarStyle } from '../values.ts';
import type { Layout } from './layout.ts';
import type { PlainValue } from './operations.ts';

/**
 * Text that stays one plain scalar wherever it stands: no indicator at its ends (dashes of a flag are none), no `: ` or ` #`, no flow punctuation. Deliberately narrower
 * than YAML allows.
 */
const PLAIN =
  /^(?:--?(?=[A-Za-z]))?[A-Za-z0-9_./$(<][A-Za-z0-9_./@+()$<>=~^ -]*(?::[A-Za-z0-9_./@+()$<>=~^-]+)*$/;

export function renderScalar(
  value: string | number | boolean | null,
  layout: Layout,
  style: ScalarStyle = layout.quotes,
): string {
  if (typeof value !== 'string') return String(value);
  if (layout.json || style === 'double-quoted') return JSON.stringify(value);
  if (style === 'single-quoted' && !/\p{Cc}/u.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return isPlain(value) ? value : JSON.stringify(value);
}

export function isPlain(text: string): boolean {
  if (text === '<<' || text.startsWith('...')) return false;
  return (
    PLAIN.test(text) &&
    !text.endsWith(' ') &&
    !text.includes(' #') &&
    typeof resolvePlainScalar(text) === 'string'
  );
}

export function renderKey(key: string, layout: Layout, style: ScalarStyle = layout.quotes): string {
  if (!layout.json && style === 'plain' && isPlain(key)) return key;
  return renderScalar(key, layout, style === 'plain' ? 'double-quoted' : style);
}

/** `{ a: 1, b: [x] }`, or JSON: on one line, or on the lines that the layout asks for. */
export function renderFlow(value: PlainValue, layout: Layout): string {
  const { padding, gap, lines } = layout.flow;
  if (!isList(value) && !isMap(value)) return renderScalar(value, layout);
  const inner = lines && { ...lines, indentation: lines.indentation + lines.step };
  const below = inner === undefined ? layout : { ...layout, flow: { ...layout.flow, lines: inner } };
  const parts = isList(value)
    ? value.map((item) => renderFlow(item, below))
    : Object.entries(value).map(
        ([key, item]) => `${renderKey(key, layout)}:${gap}${renderFlow(item, below)}`,
      );
  const [open, close] = isList(value) ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  if (lines === undefined || inner === undefined) {
    const blank = isList(value) ? '' : padding;
    return `${open}${blank}${parts.join(`,${gap}`)}${blank}${close}`;
  }
  const start = layout.lineEnd + inner.indentation;
  return `${open}${start}${parts.join(`,${start}`)}${layout.lineEnd}${lines.indentation}${close}`;
}

/** Whether a value takes lines of its own in block style. */
export function isBlockCollection(value: PlainValue): boolean {
  return (isList(value) && value.length > 0) || (isMap(value) && Object.keys(value).length > 0);
}

/**
 * The lines of a value in block style, without the indentation of the first line; further lines are indented by `column` spaces plus what
 * they need.
 */
export function renderBlock(value: PlainValue, column: number, layout: Layout): string {
  const separator = layout.lineEnd + ' '.repeat(column);
  if (isList(value) && value.length > 0) {
    return value.map((item) => `- ${renderBlock(item, column + 2, layout)}`).join(separator);
  }
  if (isMap(value) && Object.keys(value).length > 0) {
    return Object.entries(value)
      .map(([key, item]) => renderEntry(key, item, column, layout))
      .join(separator);
  }
  if (typeof value === 'string' && value.includes('\n')) return renderLiteral(value, column, layout);
  return renderFlow(value, layout);
}

/** `key: value`, with collections and long texts below the key. */
export function renderEntry(key: string, value: PlainValue, column: number, layout: Layout): string {
  const name = renderKey(key, layout);
  if (!isBlockCollection(value)) return `${name}: ${renderBlock(value, column + layout.step, layout)}`;
  const inner = column + (isList(value) ? layout.listStep : layout.step);
  return `${name}:${layout.lineEnd}${' '.repeat(inner)}${renderBlock(value, inner, layout)}`;
}

/** A literal block scalar, or a quoted one where a literal could not hold the text. */
function renderLiteral(text: string, column: number, layout: Layout): string {
  if (/^[ \n]|[^\P{Cc}\n]|\n{2,}$/u.test(text) || text.trim() === '') return JSON.stringify(text);
  const chomping = text.endsWith('\n') ? '' : '-';
  const lines = text.replace(/\n$/, '').split('\n');
  const indentation = ' '.repeat(Math.max(column, 1));
  return [`|${chomping}`, ...lines.map((line) => (line === '' ? '' : indentation + line))].join(
    layout.lineEnd,
  );
}

export function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

export function isMap(value: PlainValue): value is { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
