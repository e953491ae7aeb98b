import { describe, expect, it } from 'vitest';
import { statedUnits, Units } from '../../server/src/workspace/units.ts';

const FOLDERS = [
  '/repo/base',
  '/repo/envs/dev',
  '/repo/envs/prod',
  '/repo/envs/prod/db',
  '/repo/apps/portal',
  '/repo',
];

describe('folders that deploy together', () => {
  const units = new Units(FOLDERS);

  it.each([
    ['/repo/envs/dev', '/repo/envs/prod', false],
    ['/repo/envs/dev', '/repo/envs/prod/db', false],
    ['/repo/envs/prod', '/repo/envs/prod/db', true],
    ['/repo/base', '/repo/envs/prod', true],
    ['/repo', '/repo/envs/dev', true],
    ['/repo/base', '/repo/apps/portal', true],
  ])('%s and %s: %s', (folder, other, together) => {
    expect(units.areTogether(folder, other)).toBe(together);
    expect(units.areTogether(other, folder)).toBe(together);
  });

  it('are known by one key', () => {
    expect(units.keyOf('/repo/envs/prod')).toBe(units.keyOf('/repo/envs/prod/db'));
    expect(units.keyOf('/repo/envs/prod')).not.toBe(units.keyOf('/repo/envs/dev'));
    expect(units.keyOf('/repo/base')).toBe(units.keyOf('/repo/apps/portal'));
  });

  it('are not told apart by one environment alone', () => {
    const single = new Units(['/repo/prod', '/repo/common']);
    expect(single.keyOf('/repo/prod')).toBe(single.keyOf('/repo/common'));
  });

  it('are told apart as the configuration states', () => {
    const stated = new Units(['/repo/east/a', '/repo/west', '/repo/common'], ['/repo/east', '/repo/west']);
    expect(stated.areTogether('/repo/east/a', '/repo/west')).toBe(false);
    expect(stated.areTogether('/repo/east/a', '/repo/common')).toBe(true);
  });

  it('may be written with backslashes', () => {
    const windows = new Units(['C:\\repo\\dev', 'C:\\repo\\prod']);
    expect(windows.areTogether('C:\\repo\\dev', 'C:\\repo\\prod')).toBe(false);
  });

  it('are stated as paths from the configuration file', () => {
    expect(statedUnits(['./clusters/east/', 'west'], (path) => `/repo/${path}`)).toEqual([
      '/repo/clusters/east',
      '/repo/west',
    ]);
  });
});
