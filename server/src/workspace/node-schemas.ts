import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createKubernetesSchemas, type KubernetesSchemas } from '../kubernetes/schema/schemas.ts';

/**
 * The schemas beside the running program: `dist/schemas` of a build, `schemas/generated` when it runs from source. Files are read when a kind
 * first asks for them; one that is missing leaves its kinds unknown.
 */
export function readSchemas(): KubernetesSchemas {
  const program = realpathSync(process.argv[1] ?? '.');
  const folders = ['schemas', '../../schemas/generated'].map((folder) => join(dirname(program), folder));
  return createKubernetesSchemas((name) => {
    const file = folders.map((folder) => join(folder, name)).find(existsSync);
    return file === undefined ? undefined : readFileSync(file, 'utf8');
  });
}
