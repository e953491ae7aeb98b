import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../server/src/rules/index.ts';
import { TestFolder } from '../../support/command-line.ts';

const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: true });
ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)));
ajv.addFormat('uri', (text: string) => URL.canParse(text));
ajv.addFormat('uri-reference', (text: string) => URL.canParse(text, 'https://example.com/'));
ajv.addFormat('email', true);
const validate = ajv.compile(
  JSON.parse(readFileSync('test/fixtures/oscal/assessment-results-1.1.3.schema.json', 'utf8')),
);

const example = (folder: string, ...names: string[]) =>
  Object.fromEntries(
    names.map((name) => [`sub folder/${name}`, readFileSync(`examples/${folder}/manifests/${name}`, 'utf8')]),
  );

async function resultsOf(files: Readonly<Record<string, string>>) {
  const { output } = await new TestFolder(files).run('report --format oscal --time 2026-01-31', '', rules);
  return JSON.parse(output);
}

describe('assessment results of OSCAL', () => {
  it.each([
    ['nothing', {}],
    ['findings', example('clinic', 'rbac.yaml', 'api.yaml', 'namespace.yaml')],
    [
      'what is met',
      example('control-plane-compliant', 'encryption-configuration.yaml', 'kubeadm-config.yaml'),
    ],
  ])('are valid by the schema: %s', async (_, files) => {
    const results = await resultsOf(files);
    expect(validate(results), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  it('are held to the schema', async () => {
    const results = await resultsOf({});
    results['assessment-results'].results[0].findings[0].target.status.state = 'met';
    expect(validate(results)).toBe(false);
  });

  it('tell of each part of a control what it rests on', async () => {
    const [result] = (await resultsOf(example('clinic', 'rbac.yaml')))['assessment-results'].results;
    const finding = result.findings.find(
      ({ target }: { target: Record<string, unknown> }) => target['target-id'] === 'rbac-grants',
    );
    expect(finding.target.status).toEqual({ state: 'not-satisfied', reason: 'fail' });
    const related = finding['related-observations'].map(
      (each: Record<string, string>) => each['observation-uuid'],
    );
    const known = result.observations.map(({ uuid }: { uuid: string }) => uuid);
    expect(related.length).toBeGreaterThan(0);
    expect(related.filter((uuid: string) => !known.includes(uuid))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
    expect(result.observations[0]['relevant-evidence'][0].href).toMatch(/^sub%20folder\/rbac\.yaml#L\d+$/);
  });

  it('are never satisfied where nothing shows it', async () => {
    const [result] = (await resultsOf({}))['assessment-results'].results;
    const states = result.findings.map(
      ({ target }: { target: { status: { state: string; reason: string } } }) =>
        `${target.status.state} ${target.status.reason}`,
    );
    expect(new Set(states)).toEqual(new Set(['not-satisfied other']));
  });
});
