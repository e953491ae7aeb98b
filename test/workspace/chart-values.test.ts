import { describe, expect, it } from 'vitest';
import { isValuesFile } from '../../server/src/workspace/chart-values.ts';
import { factsOfText } from '../../server/src/workspace/file-facts.ts';

describe('the values of a chart', () => {
  it.each([
    'values.yaml',
    'values.yml',
    'values-prod.yaml',
    'values.staging.yaml',
    'prod-values.yaml',
    'prod.values.yaml',
    'values_eu.yaml',
  ])('stand in %s', (name) => {
    expect(isValuesFile(`file:///work/charts/portal/${name}`)).toBe(true);
  });

  it.each(['Chart.yaml', 'values.schema.json', 'values.yaml.gotmpl', 'myvalues.yaml', 'valuesets.yaml'])(
    'do not stand in %s',
    (name) => {
      expect(isValuesFile(`file:///work/charts/portal/${name}`)).toBe(false);
    },
  );

  it('may have findings though they are no manifest', () => {
    expect(factsOfText('file:///work/values.yaml', 'a: 1\n').isManifest).toBe(true);
    expect(factsOfText('file:///work/settings.yaml', 'a: 1\n').isManifest).toBe(false);
  });
});
