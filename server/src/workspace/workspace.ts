import { type Configuration, DEFAULT_CONFIGURATION } from '../engine/configuration.ts';
import { type FixAllResult, type FixLevel, fixAll } from '../engine/fix-all.ts';
import type { Rule } from '../rules/rule.ts';
import { type CheckedFile, ContainedChecker, FileChecker, type OnFailure } from './file-checker.ts';
import { type ContentChange, SourceFile } from './source-file.ts';
import { StableWorld, UNKNOWN_SURROUNDINGS } from './stable-world.ts';
import { isTemplate } from './templates.ts';

/** What a workspace is given by its host. */
export interface WorkspaceHost {
  readonly rules: readonly Rule[];
  /** The date, `YYYY-MM-DD`. */
  today(): string;
  readonly onFailure: OnFailure;
}

/** A file that is open in the editor, whose text is the editor's. */
export interface OpenFile {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly source: SourceFile;
}

interface OpenState {
  readonly languageId: string;
  readonly source: SourceFile;
  version: number;
  checker: FileChecker | undefined;
}

/** The files that are open and what is known around them. */
export class Workspace {
  readonly #host: WorkspaceHost;
  readonly #open = new Map<string, OpenState>();
  #checker: ContainedChecker;

  constructor(host: WorkspaceHost) {
    this.#host = host;
    this.#checker = this.#checkerFor(DEFAULT_CONFIGURATION);
  }

  open(uri: string, languageId: string, version: number, text: string): void {
    this.#open.set(uri, { languageId, version, source: new SourceFile(uri, text), checker: undefined });
  }

  change(uri: string, version: number, changes: readonly ContentChange[]): void {
    const state = this.#open.get(uri);
    if (state === undefined) return;
    state.source.apply(changes);
    state.version = version;
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  file(uri: string): OpenFile | undefined {
    const state = this.#open.get(uri);
    return state && { uri, languageId: state.languageId, version: state.version, source: state.source };
  }

  get openUris(): string[] {
    return [...this.#open.keys()];
  }

  configure(configuration: Configuration): void {
    this.#checker = this.#checkerFor(configuration);
    for (const state of this.#open.values()) state.checker = undefined;
  }

  /** The findings of an open file; undefined when it is not open. */
  check(uri: string): CheckedFile | undefined {
    const state = this.#open.get(uri);
    if (state === undefined) return undefined;
    state.checker ??= new FileChecker(this.#checker, ({ parsed }) =>
      isTemplate(uri, state.languageId, parsed),
    );
    return state.checker.check(uri, state.source.documents, UNKNOWN_SURROUNDINGS);
  }

  /** Fixes an open file as it is now; the edits are in offsets of its text. */
  fixAll(uri: string, level: FixLevel): FixAllResult | undefined {
    const state = this.#open.get(uri);
    if (state === undefined) return undefined;
    return fixAll(state.source.text, {
      checker: this.#checker.checker,
      worldOf: (facts) =>
        new StableWorld([...facts, ...UNKNOWN_SURROUNDINGS.facts], UNKNOWN_SURROUNDINGS.complete),
      level,
      isSkipped: ({ parsed }) => isTemplate(uri, state.languageId, parsed),
    });
  }

  #checkerFor(configuration: Configuration): ContainedChecker {
    const { rules, onFailure } = this.#host;
    return new ContainedChecker({ rules, configuration, today: this.#host.today() }, onFailure);
  }
}
