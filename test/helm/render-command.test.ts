import { describe, expect, it } from 'vitest';
import { renderCommand } from '../../server/src/helm/index.ts';
import { hasOracle, helmTemplate } from '../support/oracle.ts';
import { chartOf } from './support.ts';

const files = chartOf({
  'a.yaml': 'kind: Service\nmetadata: {name: a}\n---\nkind: Secret\nmetadata: {name: b}\n',
  'sub/b.yaml': 'kind: Job\nmetadata: {name: c, annotations: {helm.sh/hook: test}}\n',
  'c.yaml': 'kind: Role\n',
});

describe('render', () => {
  it.runIf(hasOracle)('prints what helm prints', async () => {
    for (const patterns of [
      [],
      ['templates/a.yaml'],
      ['templates/c.yaml', 'templates/*.yaml'],
      ['templates/*/b.yaml'],
    ]) {
      const theirs = await helmTemplate(
        files,
        patterns.flatMap((pattern) => ['-s', pattern]),
      );
      expect(renderCommand({ files, showOnly: patterns })).toEqual({
        exitCode: 0,
        output: theirs.stdout,
        error: '',
      });
    }
  });

  it('says which template is not there', () => {
    expect(renderCommand({ files, showOnly: ['templates/none.yaml'] })).toEqual({
      exitCode: 1,
      output: '',
      error: 'Error: could not find template templates/none.yaml in chart\n',
    });
  });

  it('prints errors instead of documents', () => {
    const broken = new Map([
      ...files,
      ['templates/x.yaml', '{{ fail "no" }}'],
      ['templates/y.yaml', '{{ fail "never" }}'],
    ] as const);
    const { exitCode, output, error } = renderCommand({ files: broken });
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
    expect(error).toContain('Error: execution error at (c/templates/y.yaml:1:3): never\n');
  });
});
