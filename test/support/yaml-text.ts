import fc from 'fast-check';

/** A generated YAML text and whether it uses anchors. */
export interface YamlSample {
  readonly text: string;
  readonly anchors: boolean;
}

type Tree =
  | { readonly type: 'scalar'; readonly text: string }
  | { readonly type: 'map'; readonly flow: boolean; readonly entries: readonly (readonly [string, Tree])[] }
  | { readonly type: 'list'; readonly flow: boolean; readonly items: readonly Tree[] };

const keys = fc.constantFrom('a', 'b', 'name', 'image', 'spec', '"q k"', "'s'", 'x.y/z');
const inlineScalars = fc.constantFrom(
  '1',
  'true',
  'text',
  'two words',
  '"d # q"',
  "'it''s'",
  '~',
  '12',
  '"a\\n b"',
  'a:b',
  '""',
);
const blockScalars = fc.constantFrom(
  '|\n@one\n@ two\n',
  '|-\n@one\n\n@two\n',
  '>\n@one\n@two\n',
  '|+\n@keep\n\n',
  '',
);

const trees = fc.letrec<{ tree: Tree; map: Tree; list: Tree; scalar: Tree; flow: Tree; root: Tree }>(
  (tie) => ({
    scalar: fc
      .oneof({ weight: 4, arbitrary: inlineScalars }, { weight: 1, arbitrary: blockScalars })
      .map((text) => ({ type: 'scalar', text })),
    flow: fc.oneof(
      { depthSize: 'small' },
      inlineScalars.map((text): Tree => ({ type: 'scalar', text })),
      fc
        .uniqueArray(fc.tuple(keys, tie('flow')), { maxLength: 3, selector: ([key]) => key })
        .map((entries): Tree => ({ type: 'map', flow: true, entries })),
      fc.array(tie('flow'), { maxLength: 3 }).map((items): Tree => ({ type: 'list', flow: true, items })),
    ),
    map: fc
      .uniqueArray(fc.tuple(keys, tie('tree')), { minLength: 1, maxLength: 4, selector: ([key]) => key })
      .map((entries) => ({ type: 'map', flow: false, entries })),
    list: fc
      .array(tie('tree'), { minLength: 1, maxLength: 3 })
      .map((items) => ({ type: 'list', flow: false, items })),
    tree: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      tie('scalar'),
      tie('map'),
      tie('list'),
      tie('flow'),
    ),
    root: tie('map'),
  }),
);

interface Style {
  readonly step: number;
  readonly flush: boolean;
  readonly comments: readonly boolean[];
  readonly anchors: boolean;
}

const styles = fc.record({
  step: fc.constantFrom(2, 4),
  flush: fc.boolean(),
  comments: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
  anchors: fc.boolean(),
});

/** YAML texts in the styles that people write: indentation, flush and indented lists, comments, flow and block, CRLF, anchors. */
export const yamlSamples: fc.Arbitrary<YamlSample> = fc
  .record({
    root: trees.root,
    style: styles,
    crlf: fc.boolean(),
    finalNewline: fc.boolean(),
    marker: fc.boolean(),
  })
  .map(({ root, style, crlf, finalNewline, marker }) => {
    const writer = new Writer(style);
    let text = (marker ? '---\n' : '') + writer.block(root, 0).join('\n');
    if (style.anchors) text = shareFirstMap(text);
    if (finalNewline) text += '\n';
    return { text: crlf ? text.replaceAll('\n', '\r\n') : text, anchors: style.anchors };
  });

/** Anchors the first nested block map and uses it by an alias and a merge key. */
function shareFirstMap(text: string): string {
  const lines = text.split('\n');
  const index = lines.findIndex(
    (line, at) => /^[a-z]+:$/.test(line) && /^ +[a-z]+:/.test(lines[at + 1] ?? ''),
  );
  if (index === -1) return text;
  lines[index] = `${lines[index]} &shared`;
  const chained = ['chained:', '  <<: *merged', '  last: 2'];
  return [...lines, 'alias: *shared', 'merged: &merged', '  <<: *shared', '  own: 1', ...chained].join('\n');
}

class Writer {
  readonly #style: Style;
  #comments = 0;
  #asked = 0;

  constructor(style: Style) {
    this.#style = style;
  }

  block(tree: Tree, column: number): string[] {
    if (tree.type === 'map' && !tree.flow) {
      return tree.entries.flatMap(([key, value]) => [
        ...this.#commentLine(column),
        ...this.#slot(`${' '.repeat(column)}${key}:`, value, column, false),
      ]);
    }
    if (tree.type === 'list' && !tree.flow) {
      return tree.items.flatMap((item) => [
        ...this.#commentLine(column),
        ...this.#slot(`${' '.repeat(column)}-`, item, column, true),
      ]);
    }
    return [this.#inline(tree)];
  }

  #slot(head: string, value: Tree, column: number, isItem: boolean): string[] {
    if (value.type === 'scalar' && value.text.includes('\n')) {
      const [header = '', ...lines] = value.text.trimEnd().split('\n');
      const keeps = value.text.includes('+') ? [''] : [];
      return [
        `${head} ${header}`,
        ...lines.map((line) => line.replace('@', ' '.repeat(column + this.#style.step))),
        ...keeps,
      ];
    }
    if (value.type === 'scalar' || value.flow) {
      const text = this.#inline(value);
      return [head + (text === '' ? '' : ` ${text}`) + this.#trailing()];
    }
    if (isItem) {
      const lines = this.block(value, column + 2).filter(
        (line, index) => index > 0 || !line.trimStart().startsWith('#'),
      );
      return [`${head} ${(lines[0] ?? '').trimStart()}`, ...lines.slice(1)];
    }
    const inner = value.type === 'list' && this.#style.flush ? column : column + this.#style.step;
    return [head + this.#trailing(), ...this.block(value, inner)];
  }

  #inline(tree: Tree): string {
    if (tree.type === 'scalar') return tree.text;
    if (tree.type === 'list') return `[${tree.items.map((item) => this.#inline(item)).join(', ')}]`;
    return `{${tree.entries.map(([key, value]) => ` ${key}: ${this.#inline(value)}`).join(',')} }`;
  }

  #wantsComment(): boolean {
    return this.#style.comments[this.#asked++ % this.#style.comments.length] === true;
  }

  #trailing(): string {
    return this.#wantsComment() ? ` # c${this.#comments++}` : '';
  }

  #commentLine(column: number): string[] {
    return this.#wantsComment() ? [`${' '.repeat(column)}# c${this.#comments++}`] : [];
  }
}
