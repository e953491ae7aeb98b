import fc from 'fast-check';
import { describe, it } from 'vitest';
import { hasOracle } from '../../support/oracle.ts';
import { expectSameResults } from '../support.ts';
import { RUNS, sample } from './arbitraries.ts';

describe.runIf(hasOracle)('generated expressions, compared with helm', () => {
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
});
