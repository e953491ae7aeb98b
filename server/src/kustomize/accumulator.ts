import { DEFAULT_CONFIG, type TransformerConfig } from './default-field-specs.ts';
import { at, copyOf, MapNode, ScalarNode } from './node.ts';
import { BuildError } from './problems.ts';
import { type BuildResource, isSameId, setMetadata } from './resource.ts';
import { mergeConfigs } from './transformer-config.ts';
import type { Variable } from './variables.ts';

/** What a kustomization has gathered so far. */
export class Accumulator {
  #resources: BuildResource[] = [];
  /** By kind and name; undefined where some may have got others. */
  #byName: Map<string, BuildResource[]> | undefined;
  /** Undefined until a kustomization has said which fields it works with. */
  #config: TransformerConfig | undefined;
  readonly variables: Variable[] = [];

  get resources(): BuildResource[] {
    return this.#resources;
  }

  /** To be set after whatever may have renamed or deleted some. */
  set resources(resources: BuildResource[]) {
    this.#resources = resources;
    this.#byName = undefined;
  }

  get config(): TransformerConfig {
    return this.#config ?? DEFAULT_CONFIG;
  }

  configure(config: TransformerConfig): void {
    this.#config = mergeConfigs(this.#config, config);
  }

  /** @throws {BuildError} when there is a resource of the same id */
  append(resource: BuildResource): void {
    const { id } = resource;
    if (this.#namesakesOf(resource).some((present) => isSameId(present.id, id))) {
      const what = `${id.kind} "${id.name}"`;
      throw new BuildError('invalid', `The kustomization has the ${what} already.`, resource.root?.trace);
    }
    this.#add(resource);
  }

  #add(resource: BuildResource): void {
    const namesakes = this.#namesakesOf(resource);
    this.#resources.push(resource);
    this.#byName?.set(nameOf(resource), [...namesakes, resource]);
  }

  /** Resources of the same kind and name, so that most need not be compared with all others. */
  #namesakesOf(resource: BuildResource): readonly BuildResource[] {
    if (this.#byName === undefined) {
      this.#byName = new Map();
      for (const present of this.#resources) {
        const name = nameOf(present);
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), present]);
      }
    }
    return this.#byName.get(nameOf(resource)) ?? [];
  }

  /** Takes what a generator has made, which may belong to what is there. */
  absorb(resource: BuildResource): void {
    const { id, behavior } = resource;
    const matches = this.#resources.filter(({ ids }) => ids.some((present) => isSameId(present, id)));
    const [before] = matches;
    if (matches.length > 1)
      throw new BuildError(
        'invalid',
        `Several resources could be the "${id.name}" to ${behavior}.`,
        resource.root?.trace,
      );
    if (before === undefined) {
      if (behavior === 'create') {
        this.append(resource);
        return;
      }
      throw new BuildError(
        'invalid',
        `There is no ${id.kind} "${id.name}" to ${behavior}.`,
        resource.root?.trace,
      );
    }
    if (behavior === 'create') {
      const message = `There is a ${id.kind} "${id.name}" already: the generator's behavior must be merge or replace.`;
      throw new BuildError('invalid', message, resource.root?.trace);
    }
    takeOver(resource, before);
    this.resources = this.#resources.map((present) => (present === before ? resource : present));
  }

  addVariable(variable: Variable): void {
    if (this.variables.some(({ name }) => name === variable.name))
      throw new BuildError(
        'invalid',
        `There is a variable ${variable.name} already.`,
        variable.definition.trace,
      );
    this.variables.push(variable);
  }

  merge(other: Accumulator, contained: (step: () => void) => void): void {
    for (const resource of other.resources) {
      if (this.#namesakesOf(resource).length > 0) contained(() => this.append(resource));
      else this.#add(resource);
    }
    this.configure(other.config);
    for (const variable of other.variables) contained(() => this.addVariable(variable));
  }
}

function nameOf({ kind, name }: BuildResource): string {
  return `${kind} ${name}`;
}

/** Lays a generated resource over the one before: its metadata stays, and with `merge` its data, too. */
function takeOver(resource: BuildResource, before: BuildResource): void {
  const { root, behavior } = resource;
  if (root === undefined || before.root === undefined) return;
  for (const field of ['labels', 'annotations']) mergeMap(root, before.root, ['metadata', field]);
  for (const field of ['name', 'namespace'] as const) {
    const node = at(before.root, 'metadata', field);
    setMetadata(root, field, node instanceof ScalarNode ? copyOf(node) : undefined);
  }
  if (behavior === 'merge') for (const field of ['data', 'binaryData']) mergeMap(root, before.root, [field]);
  resource.inherit(before);
  resource.needsHash &&= before.needsHash;
  if (behavior === 'merge') {
    resource.file = before.file;
    resource.generator = before.generator;
  }
  resource.behavior = before.behavior;
}

function mergeMap(root: MapNode, before: MapNode, path: readonly [string] | readonly [string, string]): void {
  const field = path.at(-1) ?? '';
  const parent = path.length === 1 ? root : root.get(path[0]);
  const base = at(before, ...path);
  if (!(parent instanceof MapNode) || !(base instanceof MapNode)) return;
  const merged = copyOf(base);
  const own = parent.get(field);
  if (own instanceof MapNode)
    for (const [key, value] of own.entries) merged.set(key, value, own.keyTrace(key));
  parent.set(field, merged);
}
