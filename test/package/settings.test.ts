import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { shownText } from '../support/package-texts.ts';

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

describe('settings', () => {
  it.each(settings)('%s is described, and has a default of its type', (name, setting) => {
    expect(name).toMatch(/^kubeSafeguards\.[a-zA-Z.]+$/);
    expect(shownText(setting.markdownDescription ?? setting.description).length).toBeGreaterThan(20);
    expect(['window', 'resource']).toContain(setting.scope);
    const type = setting.type === 'integer' ? 'number' : setting.type;
    expect(typeof setting.default).toBe(type);
    if (setting.enum === undefined) return;
    expect(setting.enum).toContain(setting.default);
    expect(setting.enumDescriptions?.map(shownText).filter((text) => text !== '')).toHaveLength(
      setting.enum.length,
    );
  });

  it('are in groups, each in an order of its own', () => {
    expect(groups.length).toBeGreaterThan(1);
    for (const { title, properties } of groups) {
      expect(shownText(title)).not.toBe('');
      const orders = Object.values(properties).map(({ order }) => order);
      expect(orders).toEqual(orders.map((_, index) => index + 1));
    }
  });
});
