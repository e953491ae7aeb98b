import type { OffsetRange } from '../../syntax/ranges.ts';
import type { TextBlock, TextSetting } from './sections.ts';

/** A block of a configuration file together with what kind of block it is. */
export interface NamedBlock extends TextBlock {
  /** In lower case: `output`, `match`, `sinks`. */
  readonly type: string;
  readonly name: string;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

function* linesOf(text: string): Generator<Line> {
  let start = 0;
  for (const line of text.split('\n')) {
    yield { text: line.replace(/\r$/, ''), start };
    start += line.length + 1;
  }
}

/** A block while its lines are read. */
class OpenBlock {
  readonly type: string;
  readonly name: string;
  readonly head: OffsetRange;
  readonly settings: TextSetting[] = [];
  /** The line of the newest setting, by which a new one is laid out. */
  last: { readonly text: string; readonly end: number } | undefined;

  constructor(type: string, name: string, head: OffsetRange) {
    this.type = type;
    this.name = name;
    this.head = head;
  }

  add(key: string, value: string, valueStart: number, line: Line): void {
    this.settings.push({ key, value, valueRange: { start: valueStart, end: valueStart + value.length } });
    this.last = { text: line.text, end: line.start + line.text.length };
  }

  toBlock(render: (key: string, value: string, like: string) => string): NamedBlock {
    const { type, name, head, settings, last } = this;
    return {
      type,
      name,
      head,
      settings,
      add: (key, value) => ({
        at: last?.end ?? head.end,
        newText: `\n${render(key, value, last?.text ?? '    ')}`,
      }),
    };
  }
}

/**
 * The classic form of Fluent Bit: `[OUTPUT]`, and below it a key and a value a line.
 *
 * Source: https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
 */
export function fluentBitBlocks(text: string): NamedBlock[] {
  const blocks: OpenBlock[] = [];
  for (const line of linesOf(text)) {
    const header = /^\s*\[([A-Za-z_]+)\]\s*$/.exec(line.text)?.[1];
    if (header !== undefined) {
      const start = line.start + line.text.indexOf('[');
      blocks.push(new OpenBlock(header.toLowerCase(), header, { start, end: start + header.length + 2 }));
      continue;
    }
    const match = /^(\s*([^\s#@]\S*)\s+)(\S.*)$/.exec(line.text);
    if (match === null) continue;
    const [, before = '', key = '', value = ''] = match;
    blocks.at(-1)?.add(key, value.trimEnd(), line.start + before.length, line);
  }
  return blocks.map((block) => ({
    ...block.toBlock((key, value, like) => {
      const [, indent = '    ', old = '', gap = ' '] = /^(\s*)(\S*)(\s*)/.exec(like) ?? [];
      return `${indent}${key.padEnd(old.length + gap.length - 1)} ${value}`;
    }),
    write: (value) => (value === true ? 'On' : String(value)),
  }));
}

/**
 * Fluentd: `<match pattern>` and, in a copy, `<store>`; blocks inside them give keys with a dot.
 *
 * Source: https://docs.fluentd.org/configuration/config-file
 */
export function fluentdBlocks(text: string): NamedBlock[] {
  const done: OpenBlock[] = [];
  const open: { tag: string; block: OpenBlock; prefix: string }[] = [];
  for (const line of linesOf(text)) {
    if (/^\s*<\/\w+>/.test(line.text)) {
      open.pop();
      continue;
    }
    const [, tag, name = ''] = /^\s*<(\w+)\s*([^>]*)>\s*$/.exec(line.text) ?? [];
    if (tag !== undefined) {
      const parent = open.at(-1);
      const ownBlock =
        parent === undefined || /^(?:source|match|store|filter|label)$/.test(tag) || parent.tag === 'label';
      const start = line.start + line.text.indexOf('<');
      const block = ownBlock
        ? new OpenBlock(tag, name, { start, end: line.start + line.text.trimEnd().length })
        : parent.block;
      if (ownBlock) done.push(block);
      open.push({ tag, block, prefix: ownBlock ? '' : `${parent.prefix}${tag}.` });
      continue;
    }
    const match = /^(\s*([@\w][\w.]*)\s+)([^#\s].*)$/.exec(line.text);
    const current = open.at(-1);
    if (match === null || current === undefined) continue;
    const [, before = '', key = '', raw = ''] = match;
    const value = raw.trimEnd();
    const quoted = /^(["'])(.*)\1$/.exec(value);
    const shift = quoted === null ? 0 : 1;
    const last = current.block.last;
    current.block.add(current.prefix + key, quoted?.[2] ?? value, line.start + before.length + shift, line);
    // New settings stand in the block itself, not in one below.
    if (current.prefix !== '' && last !== undefined) current.block.last = last;
  }
  return done.map((block) =>
    block.toBlock((key, value, like) => `${/^\s*/.exec(like)?.[0] ?? '  '}${key} ${value}`),
  );
}

/**
 * Logstash: `output { elasticsearch { hosts => [...] } }`, with conditions around.
 *
 * Source: https://www.elastic.co/docs/reference/logstash/configuration-file-structure
 */
export function logstashBlocks(text: string): NamedBlock[] {
  const blocks: NamedBlock[] = [];
  for (const section of text.matchAll(/(?:^|\n)[ \t]*(input|output)[ \t\n]{0,20}\{/g)) {
    const start = section.index + section[0].length;
    const end = closingBrace(text, start);
    const body = text.slice(start, end);
    let skip = 0;
    for (const plugin of body.matchAll(/(?:^|[\s{}])([a-z][\w-]{0,60})[ \t]{0,20}\{/g)) {
      if (plugin.index < skip || /^(?:if|else)$/.test(plugin[1] ?? '')) continue;
      const open = start + plugin.index + plugin[0].length;
      const close = closingBrace(text, open);
      skip = close - start;
      blocks.push(logstashBlock(text, section[1] ?? '', plugin[1] ?? '', open, close));
    }
  }
  return blocks;
}

function logstashBlock(text: string, type: string, name: string, open: number, close: number): NamedBlock {
  const body = text.slice(open, close);
  const settings: TextSetting[] = [];
  for (const pair of body.matchAll(
    /(?<=^|[\s{])([a-z_]\w{0,60})[ \t]{0,20}=>[ \t]{0,20}(\[[^\]]*\]|"[^"]*"|'[^']*'|[^\s}]+)/g,
  )) {
    if (isCommented(text, open + pair.index)) continue;
    const raw = pair[2] ?? '';
    const at = open + pair.index + pair[0].length - raw.length;
    const strings = [...raw.matchAll(/"([^"]*)"|'([^']*)'/g)];
    const values =
      strings.length === 0
        ? [{ value: raw, start: at }]
        : strings.map((match) => ({ value: match[1] ?? match[2] ?? '', start: at + match.index + 1 }));
    for (const { value, start } of values)
      settings.push({ key: pair[1] ?? '', value, valueRange: { start, end: start + value.length } });
  }
  const headStart = text.lastIndexOf(name, open);
  const indent = /^[ \t]*\n([ \t]*)/.exec(body)?.[1];
  return {
    type,
    name,
    head: { start: headStart, end: headStart + name.length },
    settings,
    add: (key, value) => ({
      at: open,
      newText: indent === undefined ? ` ${key} => ${value}` : `\n${indent}${key} => ${value}`,
    }),
    write: (value) => (typeof value === 'boolean' ? String(value) : JSON.stringify(value)),
  };
}

function isCommented(text: string, at: number): boolean {
  return /^\s*#/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at));
}

/** The offset of the brace that closes one before an offset, quotes and comments left out. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (const token of text
    .slice(from)
    .matchAll(/"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|#[^\n]*|[{}]/g)) {
    if (token[0] === '{') depth++;
    if (token[0] === '}' && --depth === 0) return from + token.index;
  }
  return text.length;
}
