import { expect, it } from 'vitest';
import { FavoredSpeed } from '../../server/src/features/favored-speed.ts';

it('favors speed from the first work that wants it to the end of the last', () => {
  const told: boolean[] = [];
  const speed = new FavoredSpeed((isWanted) => told.push(isWanted));
  speed.during('many-files', true);
  speed.during('charts', true);
  speed.during('many-files', false);
  expect(told).toEqual([true]);
  speed.during('charts', false);
  speed.during('charts', false);
  expect(told).toEqual([true, false]);
});
