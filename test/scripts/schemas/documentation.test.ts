import { expect, test } from 'vitest';
import { toldOnce } from '../../../scripts/schemas/documentation.ts';
import { SchemaStore } from '../../../server/src/kubernetes/schema/store.ts';

const DOCS = {
  Pod: { '': 'A pod.', kind: 'What it is.', spec: 'What is wanted.' },
  Service: { '': 'A service.', kind: 'What it is.', status: 'What is wanted.' },
};

test('documentation is written once, and read wherever it belongs', () => {
  const told = toldOnce(DOCS);
  expect(told.Service).toEqual({ '': 'A service.', kind: ['Pod'], status: ['Pod', 'spec'] });
  const store = new SchemaStore((name) => (name === 'core.docs.json' ? JSON.stringify(told) : undefined));
  for (const [def, fields] of Object.entries(DOCS))
    for (const [field, text] of Object.entries(fields))
      expect(store.documentation('core', def, field)).toBe(text);
  expect(store.documentation('core', 'Service', 'other')).toBeUndefined();
});
