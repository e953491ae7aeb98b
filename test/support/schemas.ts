import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generateSchemas } from '../../scripts/generate-schemas.ts';
import {
  createKubernetesSchemas,
  type KubernetesSchemas,
  type SchemaLoader,
} from '../../server/src/kubernetes/schema/schemas.ts';

const root = resolve(import.meta.dirname, '../..');

/** Reads the generated files, which are made first where they are missing or out of date. */
export async function schemaLoader(): Promise<SchemaLoader> {
  const folder = await generateSchemas({ root, log: () => {} });
  return (name) => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
}

export async function loadKubernetesSchemas(): Promise<KubernetesSchemas> {
  return createKubernetesSchemas(await schemaLoader());
}
