import { Accumulator } from './accumulator.ts';
import { type AmendedBuild, type Amendment, amendedBuild } from './amendment.ts';
import { type KustomizeFiles, renderEntry } from './charts.ts';
import { DEFAULT_CONFIG, type TransformerConfig } from './default-field-specs.ts';
import { DocumentCache } from './document-cache.ts';
import { contentsText, documentsOf, fileText } from './documents.ts';
import { generate, type ReadContents } from './generators.ts';
import { hashOf } from './hash.ts';
import { ConfigObject, readKustomization } from './kustomization.ts';
import { fixNameReferences } from './name-references.ts';
import { at, MapNode, plainNode, ScalarNode, sizeOf } from './node.ts';
import { type BuiltResource, finish } from './output.ts';
import { isRemote, KUSTOMIZATION_NAMES } from './paths.ts';
import { runGenerator, runTransformer } from './plugins.ts';
import {
  Budget,
  BuildError,
  type BuildLimits,
  DEFAULT_BUILD_LIMITS,
  type KustomizeProblem,
} from './problems.ts';
import { resourcesIn } from './read-resources.ts';
import type { BuildResource } from './resource.ts';
import { type TransformContext, transform } from './transform.ts';
import { configurationOf, mergeConfigs } from './transformer-config.ts';
import { bindVariable, resolveVariables } from './variables.ts';

export interface BuildOptions {
  readonly limits?: Partial<BuildLimits>;
  /** Keeps what was read from one build to the next. */
  readonly cache?: DocumentCache;
  /** What is changed in the kustomization before. */
  readonly amendment?: Amendment | undefined;
}

export interface BuildResult {
  /** In the order of the output. */
  readonly resources: readonly BuiltResource[];
  /** Where Kustomize would build nothing, or less is built than it would; empty when all is well. */
  readonly problems: readonly KustomizeProblem[];
}

/**
 * Builds the kustomization of a folder as `kubectl kustomize` does. Never throws for what the files say: a step that fails is a problem,
 * and the rest is built without it. Nothing is fetched, and nothing outside of the files is read.
 *
 * @param files contents by path, with `/` between folders
 * @param folder the path of the folder; empty for the root of the files
 */
export function buildKustomization(
  files: KustomizeFiles,
  folder: string,
  options: BuildOptions = {},
): BuildResult {
  return new Build(files, folder, options).run();
}

/** What a kustomization takes over from the ones that it belongs to. */
interface Surroundings {
  /** The folders of the kustomizations around this one, the outermost first. */
  readonly above: readonly string[];
  readonly namespace: string | undefined;
  /** For a component: what it adds to. */
  readonly into?: Accumulator;
}

class Build {
  readonly #files: KustomizeFiles;
  readonly #folder: string;
  readonly #limits: BuildLimits;
  readonly #problems: KustomizeProblem[] = [];
  readonly #budget: Budget;
  readonly #cache: DocumentCache;
  readonly #amendment: Amendment | undefined;
  #read = 0;

  constructor(files: KustomizeFiles, folder: string, options: BuildOptions) {
    const { limits, cache = new DocumentCache(), amendment } = options;
    this.#amendment = amendment;
    this.#files = files;
    this.#folder = folder;
    this.#limits = { ...DEFAULT_BUILD_LIMITS, ...limits };
    this.#budget = new Budget(this.#limits.values);
    this.#cache = cache;
  }

  run(): BuildResult {
    const own = this.#load(this.#folder);
    if (own === undefined) {
      const message = 'There is no kustomization in this folder.';
      const problem = { kind: 'missing-file', message, file: this.#folder, range: undefined } as const;
      if (this.#problems.length === 0) this.#problems.push(problem);
      return { resources: [], problems: this.#problems };
    }
    const { root, finish: finishAmended } = this.#amended(own);
    const gathered = this.#accumulate(root, { above: [], namespace: undefined });
    const { resources, config, variables } = gathered;
    for (const resource of resources) this.#contained(() => addHash(resource));
    fixNameReferences(resources, config.nameReference, (error) => this.#tell(error, root.file));
    this.#contained(() => resolveVariables(resources, variables, config.varReference));
    this.#contained(() => finishAmended(resources));
    return { resources: finish(resources, root, this.#folder), problems: this.#problems };
  }

  /** What is built: the kustomization as it is, or as it is amended. */
  #amended(own: ConfigObject): AmendedBuild {
    try {
      const isThere = (component: string) => this.#load(component) !== undefined;
      if (this.#amendment !== undefined) return amendedBuild(own, this.#amendment, this.#files, isThere);
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      this.#tell(error, this.#folder);
    }
    return { root: own, finish: () => {} };
  }

  /** Runs a step, whose error costs its own result. */
  readonly #contained = (step: () => void): void => {
    try {
      if (!this.#budget.isSpent) step();
    } catch (error) {
      if (error instanceof BuildError) this.#tell(error, this.#folder);
      else if (error instanceof RangeError)
        this.#tell(new BuildError('limit', 'The kustomization is nested too deeply.'), this.#folder);
      else throw error;
    }
  };

  #tell({ kind, message, origin }: BuildError, file: string): void {
    const problem = { kind, message, file: origin?.file ?? file, range: origin?.range };
    const isKnown = this.#problems.some(
      (known) =>
        known.message === message &&
        known.file === problem.file &&
        known.range?.start === problem.range?.start,
    );
    if (!isKnown) this.#problems.push(problem);
  }

  /** The kustomization of a folder; undefined when there is none. */
  #load(folder: string): ConfigObject | undefined {
    const prefix = folder === '' ? '' : `${folder}/`;
    const found = KUSTOMIZATION_NAMES.map((name) => prefix + name).filter(
      (file) => this.#files.get(file) !== undefined,
    );
    const [file] = found;
    const contents = file === undefined ? undefined : this.#files.get(file);
    if (file === undefined || contents === undefined) return undefined;
    try {
      return readKustomization(file, contents, folder);
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      this.#tell(error, file);
      return undefined;
    }
  }

  #accumulate(kustomization: ConfigObject, surroundings: Surroundings): Accumulator {
    const gathered = surroundings.into ?? new Accumulator();
    const inner: Surroundings = {
      above: [...surroundings.above, kustomization.folder],
      namespace: kustomization.text('namespace') || surroundings.namespace,
    };
    for (const entry of [...kustomization.scalars('resources'), ...kustomization.scalars('bases')]) {
      this.#contained(() => this.#addResource(gathered, kustomization, entry, inner));
    }
    gathered.configure(this.#configuration(kustomization));
    this.#generate(gathered, kustomization, inner);
    for (const entry of kustomization.scalars('components')) {
      this.#contained(() => this.#addFolder(gathered, kustomization, entry, { ...inner, into: gathered }));
    }
    const context: TransformContext = {
      files: this.#files,
      budget: this.#budget,
      contained: this.#contained,
    };
    transform(gathered, kustomization, gathered.config, context);
    this.#runTransformers(gathered, kustomization, context);
    for (const definition of kustomization.maps('vars')) {
      this.#contained(() => {
        const name = definition.get('name');
        const variable = { name: name instanceof ScalarNode ? name.text.text : '', definition };
        bindVariable(gathered.resources, variable);
        gathered.addVariable(variable);
      });
    }
    return gathered;
  }

  /** Adds the resources of a file, or of the kustomization in a folder. */
  #addResource(
    gathered: Accumulator,
    kustomization: ConfigObject,
    entry: ScalarNode,
    inner: Surroundings,
  ): void {
    const file = kustomization.resolve(entry.text.text);
    const contents = file === undefined ? undefined : this.#files.get(file);
    if (file === undefined || contents === undefined) {
      this.#addFolder(gathered, kustomization, entry, inner);
      return;
    }
    const source = fileText(file, contentsText(contents), 'manifest');
    for (const resource of resourcesIn(source, this.#cache.documentsOf(source))) {
      if (resource.root !== undefined) this.#budget.charge(sizeOf(resource.root));
      this.#contained(() => gathered.append(resource));
    }
  }

  #addFolder(
    gathered: Accumulator,
    kustomization: ConfigObject,
    entry: ScalarNode,
    inner: Surroundings,
  ): void {
    const path = entry.text.text;
    const folder = kustomization.resolve(path);
    const found = folder === undefined ? undefined : this.#load(folder);
    if (folder === undefined || found === undefined) {
      if (isRemote(path))
        throw new BuildError(
          'remote',
          'This stands elsewhere and is not fetched: what it deploys is not known.',
          entry.trace,
        );
      throw new BuildError(
        'missing-file',
        `There is neither a file nor a kustomization "${path}".`,
        entry.trace,
      );
    }
    const contains = (above: string) => folder === '' || above === folder || above.startsWith(`${folder}/`);
    if (inner.above.some(contains))
      throw new BuildError('cycle', 'This folder contains the kustomization that names it.', entry.trace);
    if (inner.above.length >= this.#limits.depth || ++this.#read > this.#limits.kustomizations)
      throw new BuildError(
        'limit',
        'There are more kustomizations inside of each other than are read.',
        entry.trace,
      );
    const isComponent = found.text('kind') === 'Component';
    if (isComponent !== (inner.into !== undefined)) {
      const kinds = isComponent ? 'a component, not a resource' : 'no component';
      throw new BuildError('invalid', `The kustomization of this folder is ${kinds}.`, entry.trace);
    }
    const added = this.#accumulate(found, inner);
    if (added !== gathered) gathered.merge(added, this.#contained);
  }

  #configuration(kustomization: ConfigObject): TransformerConfig {
    let config = DEFAULT_CONFIG;
    for (const entry of kustomization.scalars('configurations')) {
      this.#contained(() => {
        for (const { root } of this.#documentsAt(kustomization, entry)) {
          if (root instanceof MapNode) config = mergeConfigs(config, configurationOf(root));
        }
      });
    }
    return config;
  }

  #documentsAt(kustomization: ConfigObject, entry: ScalarNode) {
    const file = kustomization.resolve(entry.text.text);
    const contents = file === undefined ? undefined : this.#files.get(file);
    if (file === undefined || contents === undefined)
      throw new BuildError('missing-file', `There is no file "${entry.text.text}".`, entry.trace);
    return documentsOf(fileText(file, contentsText(contents), 'kustomization'));
  }

  #generate(gathered: Accumulator, kustomization: ConfigObject, inner: Surroundings): void {
    const read = this.#readerFor(kustomization);
    const options = kustomization.node('generatorOptions');
    for (const kind of ['ConfigMap', 'Secret'] as const) {
      const field = kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator';
      for (const args of kustomization.maps(field)) {
        this.#contained(() => gathered.absorb(generate(kind, args, options, kustomization.file, read)));
      }
    }
    kustomization.items('helmCharts').forEach((args, index) => {
      if (!(args instanceof MapNode)) return;
      const value = kustomization.document.value.at(['helmCharts', index]);
      const entry = {
        args,
        value,
        document: kustomization.document,
        globals: kustomization.node('helmGlobals'),
        namespace: inner.namespace,
        resolve: (path: string) => kustomization.resolve(path),
      };
      this.#contained(() => {
        for (const resource of renderEntry(entry, this.#files))
          this.#contained(() => gathered.append(resource));
      });
    });
    for (const entry of kustomization.scalars('generators')) {
      this.#contained(() => {
        for (const plugin of this.#pluginsAt(kustomization, entry, 'generators')) {
          for (const resource of runGenerator(plugin, this.#readerFor(plugin))) gathered.absorb(resource);
        }
      });
    }
  }

  #readerFor(config: ConfigObject): ReadContents {
    return (path) => {
      const file = config.resolve(path);
      const contents = file === undefined ? undefined : this.#files.get(file);
      return file === undefined || contents === undefined ? undefined : { file, contents };
    };
  }

  #runTransformers(gathered: Accumulator, kustomization: ConfigObject, context: TransformContext): void {
    for (const entry of kustomization.scalars('transformers')) {
      this.#contained(() => {
        for (const plugin of this.#pluginsAt(kustomization, entry, 'transformers')) {
          this.#contained(() => runTransformer(gathered, plugin, gathered.config, context));
          gathered.resources = gathered.resources.filter(({ root }) => root !== undefined);
        }
      });
    }
  }

  /** The transformers or generators that an entry holds or names: inline, a file, or a folder with a kustomization of them. */
  #pluginsAt(kustomization: ConfigObject, entry: ScalarNode, field: string): ConfigObject[] {
    const { folder } = kustomization;
    const index = kustomization.items(field).indexOf(entry);
    const toPlugins = (documents: ReturnType<typeof documentsOf>) =>
      documents.flatMap((document) =>
        document.root instanceof MapNode ? [new ConfigObject(document, document.root, folder)] : [],
      );
    if (entry.text.text.includes('\n'))
      return toPlugins(documentsOf(kustomization.inline([field, index], 'kustomization')));
    const below = kustomization.resolve(entry.text.text);
    const inner = below === undefined ? undefined : this.#load(below);
    if (inner === undefined) return toPlugins(this.#documentsAt(kustomization, entry));
    return inner.scalars('resources').flatMap((file) => toPlugins(this.#documentsAt(inner, file)));
  }
}

function addHash(resource: BuildResource): void {
  const { root, needsHash } = resource;
  const hash = needsHash ? hashOf(resource) : undefined;
  const name = at(root, 'metadata', 'name');
  if (hash === undefined || !(name instanceof ScalarNode)) return;
  resource.rememberId();
  name.setText(plainNode(`${name.text.text}-${hash}`, name.trace).text, false);
}
