import type { JsonSchema } from '../../server/src/kubernetes/schema/json-schema.ts';
import type { ObjectShape } from './convert.ts';
import { type Definitions, type FinishedDefinitions, refTo } from './definitions.ts';

const LOCAL = '"#/$defs/';
const SHARED_FILE = 'kubernetes.json#/$defs/';

/** The types of Kubernetes itself as a family of custom resources refers to them: shared, not repeated. */
export class SharedTypes {
  private readonly kubernetes: FinishedDefinitions;
  private readonly definitions: Definitions;
  private readonly lenient: ReadonlyMap<string, string>;

  /** @param lenient classes of which this family requires no fields; they get definitions of their own */
  constructor(kubernetes: FinishedDefinitions, definitions: Definitions, lenient: readonly string[]) {
    this.kubernetes = kubernetes;
    this.definitions = definitions;
    this.lenient = new Map(lenient.map((name) => [name, definitions.reserve(name)]));
    for (const [name, copy] of this.lenient) this.defineLenient(name, copy);
  }

  /** The schema of a type that a module of a package exports; undefined when the module is not one of Kubernetes. */
  find(module: string, name: string): JsonSchema | undefined {
    const type = module.split('/').at(-1) ?? '';
    if (module.startsWith('@kubernetes-models/apimachinery/')) {
      return APIMACHINERY[type] ?? this.refTo([`V1${type}`]);
    }
    if (module.startsWith('kubernetes-models/')) {
      const version = /\/v([^/]+)\/[^/]+$/.exec(`/${module}`)?.[1] ?? '1';
      return this.refTo([`V${version}${type}`, `CoreV${version}${type}`]);
    }
    return module === '@kubernetes/client-node' ? (APIMACHINERY[name] ?? this.refTo([name])) : undefined;
  }

  /** What a shared type brings to a type that extends it. */
  baseOf({ $ref = '' }: JsonSchema): ObjectShape['base'] {
    return $ref.startsWith(SHARED_FILE) ? this.contentOf($ref.slice(SHARED_FILE.length)) : undefined;
  }

  private refTo(classNames: readonly string[]): JsonSchema {
    const name = classNames.map(this.kubernetes.nameOf).find((found) => found !== undefined);
    return name === undefined ? {} : { $ref: `${SHARED_FILE}${name}` };
  }

  /** A shared definition, with references as they read from this family. */
  private contentOf(name: string): ObjectShape['base'] {
    const schema = this.kubernetes.schemas.$defs[name];
    if (!schema) return undefined;
    let text = JSON.stringify(schema).replaceAll(LOCAL, `"${SHARED_FILE}`);
    for (const [type, copy] of this.lenient) {
      text = text.replaceAll(`"${SHARED_FILE}${type}"`, JSON.stringify(refTo(copy).$ref));
    }
    return { schema: JSON.parse(text), docs: this.kubernetes.docs[name] ?? {} };
  }

  private defineLenient(name: string, copy: string): void {
    const content = this.contentOf(name);
    if (!content) return;
    const { required: _, ...schema } = content.schema;
    this.definitions.set(copy, schema, { ...content.docs });
  }
}

const APIMACHINERY: Readonly<Record<string, JsonSchema>> = {
  IntOrString: { type: ['integer', 'string'], format: 'int-or-string' },
  Quantity: { type: ['string', 'number'], format: 'quantity' },
  Time: { type: 'string', format: 'date-time' },
  MicroTime: { type: 'string', format: 'date-time' },
  Duration: { type: 'string' },
  RawExtension: { type: 'object' },
};
