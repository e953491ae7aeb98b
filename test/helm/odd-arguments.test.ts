import { describe, it } from 'vitest';
import { hasOracle } from '../support/oracle.ts';
import { expectSameOutcomes, expectSameResults } from './support.ts';

const VALUES = 's: text\nu: "é☃😀"\nl: [1, a]\nm: {a: 1}\nnul:\n';

describe.runIf(hasOracle)('functions with odd arguments, compared with helm', () => {
  it('answer the same', async () => {
    const templates = [
      '{{ toYamlPretty (dict "😀" "a 😀: b") }} {{ toYamlPretty .Values.u }} {{ toYaml "\\ufeffx y" }} {{ toYamlPretty "\\ufeff\\"x é" }}',
      '{{ toToml "a" }} {{ toToml 1.5 }} {{ toToml (list "b" 1) }} {{ toToml .Files }} {{ toToml (list (dict "a" 1)) }}',
      '{{ fromToml "a" }} {{ fromToml ">=1" }} {{ fromToml "a: b" }} {{ fromToml "a = tru" }} {{ fromToml "a = 1 b" }} {{ fromToml "a = [1 2]" }} {{ fromToml "a = \\"x" }}',
      '{{ fromJson "\\x00" }} {{ fromJson .Values.u }} {{ fromJsonArray "[1,]" }}',
      '{{ snakecase "ß\\u0130i" }} {{ kebabcase "\\u0130X" }} {{ lower "\\u0130" }}',
      '{{ decryptAES "a" "" }}|{{ js "\\xff<" | b64enc }}|{{ repeat 9223372036854775807 "" }}|',
      '{{ chunk -1 (list 1 2) }} {{ chunk 2 (list 1 2 3) }} {{ chunk 3 list }}',
      '{{ html .Capabilities.KubeVersion "<" }} {{ urlquery 1 .Capabilities.KubeVersion 2 }}',
      '{{ typeOf (set .Values "x" 1) }} {{ .Values.x }} {{ typeOf (merge .Values (dict "y" 2)) }} {{ .Values.y }} {{ typeOf .Values }}',
      '{{ eq (semver "1.2.3") nil }} {{ ne .Values.m nil }}',
      '{{ toDate "2006-01-02 -07:00" "2024-05-06 +02:00" }} {{ (toDate "2006-01-02 -07:00" "2024-05-06 +02:00").Format "MST" }}',
      '{{ toDate "2006-01-02 MST" "2024-05-06 CET" }} {{ toDate "Jan _2 2006 3:04PM" "mar  5 2024 3:04PM" }} {{ toDate "2006 002" "2024 060" }}',
      '{{ toDate "2006-01-02T15:04:05Z07:00" "2024-02-20T15:04:05.123456789+01:30" }} {{ toDate "a,b" "a,b" }} {{ toDate "2006" "x" }}',
      '{{ date "2006-01-02 Mon 002" 9223372036854775807 }} {{ date "2006 06" -62135596800 }}',
    ];
    await expectSameResults(templates, VALUES);
  });

  it('fail the same', async () => {
    const templates = [
      '{{ hello 1 }}',
      '{{ repeat 9223372036854775807 "ab" }}',
      '{{ repeat -1 "" }}',
      '{{ indent 9223372036854775807 "a" }}',
      '{{ call .Values.s 1 }}',
      '{{ .Values.m | call }}',
      '{{ call .Values.nul }}',
      '{{ ne .Values.m .Values.m }}',
      '{{ eq .Values.m .Values.l }}',
      '{{ eq .Files .Values.m }}',
      '{{ deepCopy nil }}',
      '{{ toToml nil }}',
      '{{ substr 9223372036854775807 3 "abc" }}',
      '{{ substr -1 -2 "abc" }}',
      '{{ chunk -1 (list 1 2 3) }}',
      '{{ regexFind "\\x00(" "a" }}',
      '{{ urlParse "\\x00" }}',
      '{{ decryptAES "a" "YWJj" }}',
      '{{ mustFromJson "é" }}',
      '{{ mustDateModify "é" now }}',
      '{{ mustDateModify "1" now }}',
      '{{ mustDateModify "1h5é" now }}',
      '{{ mustDateModify "-1.5d" now }}',
      '{{ mustToDate "2006-01-02" "2024-02-30" }}',
      '{{ mustToDate "2006-01-02" "2024-é" }}',
      '{{ mustToDate "15:04" "25:00" }}',
      '{{ mustToDate "15:04" "9:5" }}',
      '{{ mustToDate "2006" "2024 x" }}',
      '{{ mustToDate "2006-01-02T15:04:05Z07:00" "2024-01-02T15:04:05+1:00" }}',
      '{{ if "ééééééé" "x" }}{{ end }}',
      '{{ template "érometheus" }}',
      '{{ template érometheus }}',
      '{{ 1e400 }}',
    ];
    await expectSameOutcomes(templates, VALUES);
  }, 20_000);
});
