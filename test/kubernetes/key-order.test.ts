import { expect, test } from 'vitest';
import { keyOrderAt } from '../../server/src/kubernetes/key-order.ts';

test('the spec of a pod has its order alone, in a List and in a template', () => {
  const order = keyOrderAt(['spec']);
  expect(order.indexOf('serviceAccountName')).toBeLessThan(order.indexOf('containers'));
  expect(keyOrderAt(['items', 0, 'spec'])).toBe(order);
  expect(keyOrderAt(['spec', 'jobTemplate', 'spec', 'template', 'spec'])).toBe(order);
});

test('objects in a List have the order of any object', () => {
  expect(keyOrderAt(['items', 0])).toBe(keyOrderAt([]));
});

test('other maps have none', () => {
  expect(keyOrderAt(['metadata', 'annotations'])).toEqual([]);
  expect(keyOrderAt(['constructor'])).toEqual([]);
});
