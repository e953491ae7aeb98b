import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createKubernetesSchemas, type KubernetesSchemas } from '../kubernetes/schema/schemas.ts';

/**
 * The schemas beside the running program: `dist/schemas` of a build, `schemas/generated` when it runs from source. Files are read when a kind
 * first asks for them; one that is missing leaves its kinds unknown.
 *
 * @param program the script that runs: a thread is started by one in a folder of `dist`
 */
export function readSchemas(program = process.argv[1] ?? '.'): KubernetesSchemas {
  const beside = dirname(realpathSync(program));
  const folders = ['schemas', '../schemas', '../../schemas/generated'].map((folder) => join(beside, folder));
  return createKubernetesSchemas((name) => {
    const file = folders.map((folder) => join(folder, name)).find(existsSync);
    return file === undefined ? undefined : readFileSync(file, 'utf8');
  });
}
