import { describe, expect, it } from 'vitest';
import { type ConfiguredException, Exceptions } from '../../server/src/engine/exceptions.ts';

const base = { rule: 'a', reason: 'b', approver: 'c', date: '2026-01-01' };
const AGENT = { kind: 'DaemonSet', name: 'agent-eu', namespace: 'ops' };

function covers(
  exception: Partial<ConfiguredException>,
  file = 'deploy/legacy/agent.yaml',
  rule = 'a',
): boolean {
  return new Exceptions([{ ...base, ...exception }], '2026-11-22').covering(rule, AGENT, file) !== undefined;
}

describe('exceptions in the configuration', () => {
  it.each<[string, Partial<ConfiguredException>, boolean]>([
    ['a resource', { resource: { kind: 'DaemonSet', name: 'agent-*', namespace: 'ops' } }, true],
    ['another name', { resource: { name: 'agent' } }, false],
    ['another namespace', { resource: { namespace: 'clinic' } }, false],
    ['a file', { path: 'legacy/agent.yaml' }, true],
    ['a folder', { path: 'deploy/legacy/' }, true],
    ['a pattern in a folder', { path: 'legacy/*.yaml' }, true],
    ['any folders between', { path: 'deploy/**/agent.yaml' }, true],
    ['no folders between', { path: 'legacy/**/agent.yaml' }, true],
    ['part of a name', { path: 'leg' }, false],
    ['parts in another order', { path: 'legacy/**/deploy' }, false],
    ['no path at all', { path: '/' }, false],
    ['both of them', { path: 'deploy', resource: { kind: 'Deployment' } }, false],
    ['the last day', { path: 'deploy', until: '2026-11-22' }, true],
    ['the day after', { path: 'deploy', until: '2026-11-21' }, false],
    ['a reason that nobody wrote', { path: 'deploy', reason: '<reason>' }, false],
  ])('%s', (_, exception, expected) => {
    expect(covers(exception)).toBe(expected);
  });

  it('are about one rule', () => {
    expect(covers({ path: 'deploy' }, 'deploy/a.yaml', 'b')).toBe(false);
  });

  it('read the addresses of editors', () => {
    expect(covers({ path: 'my charts/a.yaml' }, 'file:///work/my%20charts/a.yaml')).toBe(true);
    expect(covers({ path: '50%' }, 'work/50%/a.yaml')).toBe(true);
  });

  it('take no time to speak of, whatever the pattern', () => {
    const file = Array.from({ length: 200 }, () => 'a').join('/');
    const path = `${Array.from({ length: 60 }, () => '**/a*').join('/')}/b`;
    const start = performance.now();
    expect(covers({ path }, file)).toBe(false);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
