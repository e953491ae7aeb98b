import { expect, it } from 'vitest';
import { Changes } from '../../server/src/features/changes.ts';

it('lets go of the token of a request that waits for one change after the other', async () => {
  const listeners = new Set<() => void>();
  const onCancellationRequested = (listener: () => void) => {
    listeners.add(listener);
    return { dispose: () => void listeners.delete(listener) };
  };
  const changes = new Changes();
  for (let change = 0; change < 3; change++) {
    const next = changes.next({ onCancellationRequested });
    expect(listeners.size).toBe(1);
    changes.tell();
    await next;
  }
  const cancelled = changes.next({ onCancellationRequested });
  for (const listener of listeners) listener();
  await cancelled;
  expect(listeners.size).toBe(0);
});
