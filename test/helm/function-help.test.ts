import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../server/src/helm/functions/table.ts';
import { allFunctions } from '../../server/src/helm/language/function-help.ts';

describe('the help of functions', () => {
  it('has every function', () => {
    expect(allFunctions().map(({ name }) => name)).toEqual([...FUNCTIONS.keys()].sort());
  });

  it.each(allFunctions().map((help) => [help.name, help] as const))('tells what %s does', (name, help) => {
    expect(help.signature.split(' ')[0]).toBe(name);
    expect(help.description).toMatch(/^[A-Z].*\.$/);
    const { params = [], rest } = FUNCTIONS.get(name) ?? {};
    const args = help.signature.split(' ').slice(1);
    const needed = args.filter((arg) => !arg.startsWith('['));
    expect(needed.length).toBeGreaterThanOrEqual(params.length);
    if (rest === undefined) expect(args).toHaveLength(params.length);
  });
});
