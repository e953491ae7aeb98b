import type { IndexFile } from '../kubernetes/schema/json-schema.ts';
import { createKubernetesSchemas, type KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { childUri } from '../workspace/uris.ts';

/** In bytes; the largest is a tenth of it. */
const MAX_SIZE = 5_000_000;

/** Schemas for a server that cannot read files when a rule asks for them: they are all fetched before the first file is checked. */
export class ClientSchemas {
  readonly schemas: KubernetesSchemas;
  readonly #fileSystem: FileSystem;
  readonly #texts = new Map<string, string>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
    this.schemas = createKubernetesSchemas((name) => this.#texts.get(name));
  }

  /**
   * Resolves when manifests can be validated. The documentation of fields, which is larger, comes later.
   *
   * @param folder the URI of the folder with the generated files
   */
  async load(folder: string): Promise<void> {
    const index = await this.#fetch(folder, 'index.json');
    if (index === undefined) return;
    const { families }: IndexFile = JSON.parse(index);
    const names = Object.keys(families);
    await Promise.all(names.map((family) => this.#fetch(folder, `${family}.json`)));
    for (const family of names) void this.#fetch(folder, `${family}.docs.json`);
  }

  async #fetch(folder: string, name: string): Promise<string | undefined> {
    const content = await this.#fileSystem.read(childUri(folder, name), MAX_SIZE, folder);
    if (content === undefined || !('text' in content)) return undefined;
    this.#texts.set(name, content.text);
    return content.text;
  }
}
