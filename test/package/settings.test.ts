import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import strings from '../../package.nls.json' with { type: 'json' };

interface Setting {
  readonly type?: string;
  readonly default?: unknown;
  readonly scope?: string;
  readonly order?: number;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
}

const configuration: unknown = packageJson.contributes.configuration;
const groups = (Array.isArray(configuration) ? configuration : [configuration]) as {
  title: string;
  properties: Record<string, Setting>;
}[];
const settings = groups.flatMap(({ properties }) => Object.entries(properties));

/** The text behind a placeholder of package.nls.json, or the text itself. */
function shown(text: string | undefined): string {
  const key = /^%(.+)%$/.exec(text ?? '')?.[1];
  return key === undefined ? (text ?? '') : ((strings as Record<string, string>)[key] ?? '');
}

describe('settings', () => {
  it.each(settings)('%s is described, and has a default of its type', (name, setting) => {
    expect(name).toMatch(/^kubeSafeguards\.[a-zA-Z.]+$/);
    expect(shown(setting.markdownDescription ?? setting.description).length).toBeGreaterThan(20);
    expect(['window', 'resource']).toContain(setting.scope);
    const type = setting.type === 'integer' ? 'number' : setting.type;
    expect(typeof setting.default).toBe(type);
    if (setting.enum === undefined) return;
    expect(setting.enum).toContain(setting.default);
    expect(setting.enumDescriptions?.map(shown).filter((text) => text !== '')).toHaveLength(
      setting.enum.length,
    );
  });

  it('are in groups, each in an order of its own', () => {
    expect(groups.length).toBeGreaterThan(1);
    for (const { title, properties } of groups) {
      expect(shown(title)).not.toBe('');
      const orders = Object.values(properties).map(({ order }) => order);
      expect(orders).toEqual(orders.map((_, index) => index + 1));
    }
  });
});
