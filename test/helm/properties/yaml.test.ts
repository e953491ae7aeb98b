import fc from 'fast-check';
import { describe, it } from 'vitest';
import { hasOracle } from '../../support/oracle.ts';
import { expectSameResults } from '../support.ts';
import { literal, ODD_TEXTS, sample, value } from './arbitraries.ts';

/** Keys whose order is not fixed in the binary either: some triples of letters and digits are cyclic. */
const isStable = (json: string) => !/"a0?1b?":/.test(json);

describe.runIf(hasOracle)('generated values, compared with helm', () => {
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
});
