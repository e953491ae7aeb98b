import { expect, it } from 'vitest';
import { Openings } from '../../server/src/features/openings.ts';

const URI = 'file:///work/pod.yaml';

function promise() {
  let resolve = () => {};
  const settled = new Promise<void>((done) => {
    resolve = done;
  });
  return { settled, resolve };
}

it('has a file wait that is closed and opened again while it is prepared', async () => {
  const openings = new Openings(Promise.resolve());
  const [first, again] = [promise(), promise()];
  const added = openings.add(URI, first.settled);
  const addedAgain = openings.add(URI, again.settled);
  first.resolve();
  expect(await added).toBe(false);
  await new Promise((done) => setTimeout(done, 0));
  expect(openings.isReady(URI)).toBe(false);
  again.resolve();
  expect(await addedAgain).toBe(false);
  await openings.whenReady(URI);
  expect(openings.isReady(URI)).toBe(true);
});
