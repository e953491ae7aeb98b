import { describe, expect, it } from 'vitest';
import { literalText, touchesUnknown, UNKNOWN } from '../../server/src/helm/index.ts';

/** The literal text, with `~` for every character that is not known. */
const literal = (source: string) => literalText(source).text.replaceAll(UNKNOWN, '~');

describe('the literal text of a template', () => {
  it.each([
    ['parts of lines', 'name: {{ .Values.a }}-web\n', 'name: ~~~~~~~~~~~~~~~-web\n'],
    ['values', 'port: {{ .Values.port }} # of the service\n', 'port: ~~~~~~~~~~~~~~~~~~ # of the service\n'],
    ['whole lines', 'a: 1\n{{- include "x" . }}\nb: 2\n', 'a: 1\n                    \nb: 2\n'],
    [
      'blocks that go on below',
      'labels: {{- include "x" . | nindent 2 }}\n  part: web\n',
      'labels:                                 \n  part: web\n',
    ],
    ['items', '- name: {{ .n }}\n  image: web\n', '- name: ~~~~~~~~\n  image: web\n'],
    [
      'items that go on below',
      '- {{ toYaml .n | indent 2 }}\n  image: web\n',
      '-                           \n  image: web\n',
    ],
    [
      'what is under a condition',
      'a: 1\n{{ if .x }}\nb: 2\n{{ else }}\nb: 3\n{{ end }}\nc: 4\n',
      'a: 1\n           \n    \n          \n    \n         \nc: 4\n',
    ],
    ['definitions', '{{ define "x" }}a: 1{{ end }}\nb: 2\n', '                             \nb: 2\n'],
    ['comments', '{{/* a: 1 */}}\nb: 2\n', '              \nb: 2\n'],
    [
      'the rest of a line with a broken action',
      'a: {{ .x\nb: 2\nc: {{ .y }}\n',
      'a: ~~~~~\nb: 2\nc: ~~~~~~~~\n',
    ],
    ['broken actions that end', 'a: {{ nope .x }}\nb: 2\n', 'a: ~~~~~~~~~~~~~\nb: 2\n'],
    [
      'blocks without a beginning that can be read',
      'a: 1\n{{ fi .x }}\nb: 2\n{{ end }}\nc: 3\n',
      'a: 1\n           \n    \n         \nc: 3\n',
    ],
    ['blocks without an end', 'a: 1\n{{ if .x }}\nb: 2\n', 'a: 1\n           \n    \n'],
  ])('leaves out %s', (_, source, text) => {
    expect(literal(source)).toBe(text);
  });

  it('knows where more may stand', () => {
    const source = 'a: 1\nlist:\n  {{- toYaml .x | nindent 2 }}\nb: 2\n';
    const text = literalText(source);
    const isUnknown = (part: string) => {
      const start = source.indexOf(part);
      return touchesUnknown(text, { start, end: start + part.length });
    };
    expect(['a: 1', 'list:', 'list', 'b: 2'].map(isUnknown)).toEqual([false, true, false, false]);
  });
});
