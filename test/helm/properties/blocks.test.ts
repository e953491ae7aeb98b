import fc from 'fast-check';
import { describe, it } from 'vitest';
import { hasOracle } from '../../support/oracle.ts';
import { expectSameResults } from '../support.ts';
import { literal, RUNS, sample } from './arbitraries.ts';

describe.runIf(hasOracle)('generated blocks, compared with helm', () => {
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
