import fc from 'fast-check';
import { describe, it } from 'vitest';
import { hasOracle } from '../support/oracle.ts';
import { expectSameResults } from './support.ts';

/** Each property is tried on so many generated cases, in one run of helm. Another seed is another run. */
const RUNS = 400;
const SEED = Number(process.env.HELM_PROPERTY_SEED ?? 20260101);

function sample<T>(arbitrary: fc.Arbitrary<T>, runs = RUNS): T[] {
  return fc.sample(arbitrary, { seed: SEED, numRuns: runs });
}

/** A Go string literal. JSON escapes the same, but for the slash that it never writes. */
const literal = (text: string) => JSON.stringify(text).replaceAll('\u007f', '\\u007f');

const ODD_TEXTS = [
  ...[
    '',
    ' ',
    'a b',
    ' lead',
    'trail ',
    '- x',
    'a: b',
    'a #b',
    '#a',
    'true',
    'yes',
    'y',
    'N',
    'null',
    '~',
    '1',
    '1e3',
  ],
  ...[
    '0x1F',
    '0o7',
    '08',
    '1_000',
    '12:30',
    '2020-01-01',
    '2020-1-1',
    '.5',
    '+1',
    '1.',
    '.inf',
    '0b1',
    '=',
    '<<',
    '1e',
  ],
  ...[
    '1.2.3',
    'a\\b',
    "x'y",
    '"q"',
    '1,2',
    ':x',
    'x:',
    '[a',
    '{a',
    '*a',
    '&a',
    '!a',
    '%a',
    '@a',
    '`a',
    '|',
    '>',
    '?',
    '? x',
    '-',
  ],
  ...[
    '---',
    '...',
    '-a',
    'a\nb',
    '\na',
    'a\n',
    'a\n\n',
    ' a\nb',
    'a \nb',
    'a\n b',
    '\n',
    '\ta',
    'a\tb',
    'é☃',
    '😀',
    '\u0001',
    '\u0085',
  ],
  ...[
    '\u2028',
    '\ufeff',
    'a\r\nb',
    'x'.repeat(90),
    'word '.repeat(30),
    'two  spaces '.repeat(12),
    "it's a ".repeat(20),
    '#'.repeat(3),
  ],
];

const text = fc.oneof(
  fc.constantFrom(...ODD_TEXTS),
  fc.string({ maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        'a',
        'b',
        '-',
        ':',
        ' ',
        '#',
        "'",
        '"',
        '\n',
        '0',
        '1',
        '.',
        'e',
        '_',
        '/',
        '[',
        ',',
        'é',
      ),
      { maxLength: 14 },
    )
    .map((characters) => characters.join('')),
);
const number = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.constantFrom(
    1e6,
    1e7,
    1e15,
    1e20,
    1e21,
    1e-5,
    1e-7,
    0.1,
    1.5,
    123456.789,
    1234567.5,
    9007199254740992,
    -0.001,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
);
const key = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'a1',
    'a2',
    'a10',
    'B',
    '_x',
    'y',
    'on',
    '1',
    'a-b',
    'a.b',
    'a/b',
    'é',
    'z',
    '10',
    '9',
  ),
  text,
);
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
})).value as fc.Arbitrary<unknown>;

/** Keys whose order is not fixed in the binary either: some triples of letters and digits are cyclic. */
const isStable = (json: string) => !/"a0?1b?":/.test(json);

describe.runIf(hasOracle)('generated cases, compared with helm', () => {
  it('writes values as YAML, JSON and text', async () => {
    const documents = sample(value, 250)
      .map((generated) => JSON.stringify(generated))
      .filter(isStable);
    const templates = documents.map(
      (json) =>
        `{{ $v := index (fromJsonArray ${literal(`[${json}]`)}) 0 }}{{ toYaml $v }}|{{ toJson $v }}|{{ toPrettyJson $v }}|{{ printf "%v" $v }}|{{ quote $v }}`,
    );
    await expectSameResults(templates);
  });

  it('reads YAML, and refuses the same', async () => {
    const token = fc.constantFrom(
      ...[
        'a',
        'b: ',
        'c:',
        '- ',
        '-',
        '? ',
        ': ',
        '\n',
        '\n  ',
        '\n    ',
        '\n- ',
        ' ',
        '#x',
        ' # c',
        '|',
        '>-',
        '|2',
        '"x"',
        "'y'",
      ],
      ...[
        '"',
        "'",
        '[',
        ']',
        '{',
        '}',
        ',',
        '&a ',
        '*a',
        '!!str ',
        '!x ',
        '<<: ',
        '---',
        '\n---\n',
        '...',
        '%',
        '@',
        '1',
        'true',
        '~',
        '\t',
        '\\n',
      ],
    );
    const source = fc.array(token, { minLength: 1, maxLength: 14 }).map((tokens) => tokens.join(''));
    const blocks = fc
      .array(
        fc.tuple(
          fc.constantFrom('', '  ', '    ', '- ', '  - ', '- - '),
          fc.constantFrom('a: ', 'b: ', 'c:', '', '"d": '),
          fc.constantFrom(...ODD_TEXTS, '&x 1', '*x', '|', '>', '|-', '{e: f}', '[g, h]'),
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map((lines) => lines.map((parts) => parts.join('')).join('\n'));
    const templates = sample(fc.oneof(source, blocks), 500).map(
      (yaml) => `{{ fromYaml ${literal(yaml)} | toJson }} {{ fromYamlArray ${literal(yaml)} | toJson }}`,
    );
    await expectSameResults(templates);
  });

  it('evaluates expressions', async () => {
    const word = fc.constantFrom(
      '"a"',
      '"Hello World"',
      '""',
      '"a-b_c"',
      '" x "',
      '.Values.s',
      '.Values.e',
      '"é☃"',
      '"1.2"',
      '"12"',
      '"a,b,,c"',
      '"l1\\nl2\\n"',
    );
    const whole = fc.constantFrom('0', '1', '2', '-3', '10', '(int .Values.n)', '(len .Values.l)');
    const { str } = fc.letrec<{
      str: string;
      num: string;
      list: string;
      map: string;
      flag: string;
      any: string;
    }>((tie) => {
      const call = (name: string, ...args: fc.Arbitrary<string>[]) =>
        fc.tuple(...args).map((values) => `(${name} ${values.join(' ')})`);
      const [s, n, l, m, b, a] = (['str', 'num', 'list', 'map', 'flag', 'any'] as const).map((name) =>
        tie(name),
      ) as [
        fc.Arbitrary<string>,
        fc.Arbitrary<string>,
        fc.Arbitrary<string>,
        fc.Arbitrary<string>,
        fc.Arbitrary<string>,
        fc.Arbitrary<string>,
      ];
      const small = fc.constantFrom('0', '1', '3', '5');
      return {
        str: fc.oneof(
          { depthSize: 'small' },
          word,
          ...[
            'upper',
            'lower',
            'trim',
            'title',
            'untitle',
            'nospace',
            'b64enc',
            'b64dec',
            'swapcase',
            'sha256sum',
            'snakecase',
            'kebabcase',
            'camelcase',
            'initials',
            'regexQuoteMeta',
            'base',
            'dir',
            'clean',
            'ext',
          ].map((name) => call(name, s)),
          ...['trimSuffix', 'trimPrefix', 'trimAll'].map((name) => call(name, s, s)),
          ...['trunc', 'indent', 'nindent', 'repeat'].map((name) => call(name, small, s)),
          call('trunc', fc.constantFrom('-1', '-4'), s),
          call('replace', fc.constantFrom('"a"', '"-"', '" "', '""'), s, s),
          call('abbrev', fc.constantFrom('5', '7'), s),
          call('wrap', fc.constantFrom('3', '6'), s),
          call('quote', a),
          call('squote', a, a),
          call('cat', a, a),
          call('print', a, a, a),
          call('printf', fc.constantFrom('"%v-%v"', '"%s|%q"', '"%5v|%-8v|"', '"%d %T"', '"%+v %x"'), a, a),
          call('join', fc.constantFrom('","', '""'), l),
          ...['toYaml', 'toJson', 'toPrettyJson', 'toString', 'html', 'urlquery', 'js'].map((name) =>
            call(name, a),
          ),
          call('default', s, s),
          call('ternary', s, s, b),
          call('typeOf', a),
          call('kindOf', a),
          call(
            'regexReplaceAll',
            fc.constantFrom('"[a-c]+"', '"(l)(.)"', '"^"', '"x*"', '"\\\\s"'),
            s,
            fc.constantFrom('"-"', '"$1"', '"<${1}>"'),
          ),
          call('regexFind', fc.constantFrom('"[a-z]+"', '"[0-9.]+"', '"b?c"'), s),
        ),
        num: fc.oneof(
          { depthSize: 'small' },
          whole,
          ...['add', 'sub', 'mul', 'max', 'min'].map((name) => call(name, n, n)),
          call('len', fc.oneof(s, l, m)),
          call('int', a),
          call('int64', a),
          call('add1', n),
          call('floor', n),
          call('round', n, fc.constantFrom('0', '1')),
          call('divf', n, fc.constantFrom('3', '7', '0.1')),
          call('addf', n, fc.constantFrom('0.1', '2.5')),
        ),
        list: fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom(
            '(list)',
            '.Values.l',
            '(list 1 "a" nil 2.5 true)',
            '(until 3)',
            '(splitList "," "c,a,b")',
          ),
          call('list', a, a),
          ...['uniq', 'compact', 'reverse', 'rest', 'initial', 'sortAlpha'].map((name) => call(name, l)),
          call('append', l, a),
          call('prepend', l, a),
          call('without', l, a),
          call('concat', l, l),
          call('splitList', fc.constantFrom('","', '"-"', '"l"'), s),
          call('regexSplit', fc.constantFrom('"[,-]"', '"l+"'), s, fc.constantFrom('-1', '2')),
          call('regexFindAll', fc.constantFrom('"[a-z]"', '"l."'), s, fc.constantFrom('-1', '2')),
        ),
        map: fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom('(dict)', '(deepCopy .Values.m)', '(dict "a" 1 "b" (dict "c" nil))'),
          call('dict', word, a, fc.constantFrom('"k"', '"a"'), a),
          call('merge', call('deepCopy', m), m),
          call('mergeOverwrite', call('deepCopy', m), m),
          call('omit', m, fc.constantFrom('"a"', '"k"')),
          call('pick', m, fc.constantFrom('"a"', '"k"')),
        ),
        flag: fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom('true', 'false', '.Values.t'),
          call('not', a),
          call('empty', a),
          call('contains', s, s),
          call('hasPrefix', s, s),
          call('has', a, l),
          call('hasKey', m, fc.constantFrom('"a"', '"k"')),
          call('eq', s, s),
          call('ne', s, s),
          call('lt', s, s),
          call('and', b, b),
          call('or', b, b),
          call('deepEqual', a, a),
          call('regexMatch', fc.constantFrom('"^[a-z]"', '"l{2}"', '"("'), s),
          call('kindIs', fc.constant('"string"'), a),
        ),
        any: fc.oneof(
          { depthSize: 'small' },
          s,
          n,
          l,
          m,
          b,
          fc.constantFrom('nil', '.Values.missing', '.Values.n', '1.5'),
        ),
      };
    });
    // nil alone cannot be printed by an action, so every expression is a string.
    const templates = sample(str, RUNS).map((expression) => `{{ ${expression} }}`);
    await expectSameResults(
      templates,
      's: some text\ne: ""\nn: 7\nl: [x, 2, y, null]\nm: {a: 1, k: {z: [1]}, s: t}\nt: true\n',
    );
  });

  it('runs blocks with variables, scopes and trimming', async () => {
    const piece: fc.Arbitrary<string> = fc.letrec<{ block: string }>((tie) => ({
      block: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(
          'text',
          ' ',
          '\n',
          ' x \n',
          '{{ $x }}',
          '{{- $x -}}',
          '{{ . | kindOf }}',
          '{{/* c */}}',
          '{{- /* c */ -}}',
          '{{ $x = add $x 1 }}',
          '{{ $x := 9 }}{{ $x }}',
          '{{ .Values }}',
          '{{ $.Values.n }}',
        ),
        fc.tuple(tie('block'), tie('block')).map((parts) => parts.join('')),
        fc
          .tuple(
            fc.constantFrom('$x', '(gt (int $x) 2)', '""', '$.Values.l', '$.Values.none'),
            tie('block'),
            tie('block'),
          )
          .map(([condition, yes, no]) => `{{ if ${condition} }}${yes}{{- else }}${no}{{ end -}}`),
        fc
          .tuple(fc.constantFrom('$.Values.l', '3', '$.Values.m', '(list)', '$.Values.none'), tie('block'))
          .map(([over, body]) => `{{ range ${over} }}${body}{{ else }}none{{ end }}`),
        fc
          .tuple(
            fc.constantFrom('$.Values.l', '$.Values.m'),
            tie('block'),
            fc.constantFrom('break', 'continue'),
          )
          .map(
            ([over, body, jump]) =>
              `{{ range $k, $v := ${over} }}{{ $k }}:{{ $v }};${body}{{ if $v }}{{ ${jump} }}{{ end }}!{{ end }}`,
          ),
        fc
          .tuple(fc.constantFrom('$.Values.m', '$x', '$.Values.none'), tie('block'))
          .map(
            ([subject, body]) =>
              `{{ with $y := ${subject} }}${body}{{ $y | kindOf }}{{ else with 5 }}{{ . }}{{ else }}no{{ end }}`,
          ),
        tie('block').map((body) => `{{ tpl ${literal(`{{ $x := 1 }}${body}`)} $ }}`),
      ),
    })).block;
    const templates = sample(piece, RUNS).map((body) => `{{ $x := 1 }}${body}`);
    await expectSameResults(
      templates.filter((template) => !template.includes('{{ .Values }}')),
      'n: 5\nl: [a, "", b]\nm: {p: 1, q: null, r: x}\n',
    );
  });
});
