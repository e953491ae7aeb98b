import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Containment } from '../../server/src/features/contained.ts';
import { FollowUps } from '../../server/src/features/follow-ups.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What is told, and when, while telling others takes some milliseconds. */
function setup(takes = 0) {
  const told: string[] = [];
  const started = performance.now();
  const tell = (what: string) => told.push(`${what} ${Math.round(performance.now() - started)}`);
  const followUps = new FollowUps({
    workspace: {
      buildNextOverlay: async () => false,
      overlaysVersion: 0,
      hasPartialCharts: false,
      completeChart: () => {},
    },
    containment: new Containment(() => {}),
    tellOthers: () => {
      tell('others');
      vi.setSystemTime(Date.now() + takes);
      vi.advanceTimersByTime(takes);
    },
    tellSummary: () => tell('summary'),
    tellChanged: () => tell('changed'),
  });
  return { followUps, told };
}

it('tells other files almost at once, and the status a little later', () => {
  const { followUps, told } = setup();
  followUps.begin();
  vi.advanceTimersByTime(1);
  followUps.begin();
  vi.advanceTimersByTime(200);
  expect(told).toEqual(['others 10', 'summary 100']);
});

it('leaves three quarters of the time to what is typed', () => {
  const { followUps, told } = setup(40);
  followUps.begin();
  vi.advanceTimersByTime(10);
  followUps.begin();
  vi.advanceTimersByTime(200);
  expect(told.filter((what) => what.startsWith('others'))).toEqual(['others 10', 'others 170']);
});

it('tells nothing any more once it is stopped', () => {
  const { followUps, told } = setup();
  followUps.begin();
  followUps.stop();
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([]);
});
