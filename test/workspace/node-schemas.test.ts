import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSchemas } from '../../server/src/workspace/node-schemas.ts';
import { TestFolder } from '../support/command-line.ts';

it.each(['cli.js', 'cli/program.js'])('are found by %s of an installed package', (program) => {
  const index = { kubernetes: '1.99', complete: [], families: {} };
  const folder = new TestFolder({
    'dist/cli.js': '',
    'dist/cli/program.js': '',
    'dist/schemas/index.json': JSON.stringify(index),
  });
  expect(readSchemas(join(folder.path, 'dist', program)).kubernetesVersion).toBe('1.99');
});
