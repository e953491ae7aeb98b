import type { YamlCursor } from './cursor.ts';

/** A token that becomes a key when a `:` follows on its line. */
export interface SimpleKey {
  isPossible: boolean;
  isRequired: boolean;
  tokenNumber: number;
  offset: number;
  line: number;
  column: number;
}

const MAX_KEY_LENGTH = 1024;

/**
 * The keys that may still turn out to be ones, one for each level of flow collections. Source: `yaml_simple_key_t` and its functions in
 * scannerc.go of goyaml.v2.
 */
export class SimpleKeys {
  readonly #cursor: YamlCursor;
  readonly #levels: SimpleKey[] = [noKey(-1)];
  /** By the number of the token that may begin a key, its level. */
  readonly #awaited = new Map<number, number>();

  constructor(cursor: YamlCursor) {
    this.#cursor = cursor;
  }

  /** Notes that a token, which begins at the cursor, may be a key. */
  save(tokenNumber: number, isRequired: boolean): void {
    this.remove();
    const { offset, line, column } = this.#cursor;
    const level = this.#levels.length - 1;
    this.#awaited.set(tokenNumber, level);
    this.#levels[level] = { isPossible: true, isRequired, tokenNumber, offset, line, column };
  }

  /** Nothing seen at the present level is a key any more. @throws YamlError where it had to be one */
  remove(): void {
    const key = this.#levels.at(-1);
    if (key?.isPossible !== true) return;
    if (key.isRequired) this.#cursor.fail("could not find expected ':'");
    this.#forget(key);
  }

  /** Takes the key of the present level, when there is one. */
  take(): SimpleKey | undefined {
    const key = this.#levels.at(-1);
    if (key === undefined || !this.#isValid(key)) return undefined;
    this.#forget(key);
    return key;
  }

  #forget(key: SimpleKey): void {
    key.isPossible = false;
    this.#awaited.delete(key.tokenNumber);
  }

  /** Whether a `:` that was not reached yet could make this token a key. */
  isAwaited(tokenNumber: number): boolean {
    const level = this.#awaited.get(tokenNumber);
    const key = level === undefined ? undefined : this.#levels[level];
    return key !== undefined && this.#isValid(key);
  }

  #isValid(key: SimpleKey): boolean {
    if (!key.isPossible) return false;
    const { line, offset } = this.#cursor;
    if (key.line >= line && key.offset + MAX_KEY_LENGTH >= offset) return true;
    if (key.isRequired) this.#cursor.fail("could not find expected ':'");
    key.isPossible = false;
    return false;
  }

  /** Enters a flow collection. As in libyaml the level shares the number of its bracket, which is not waited for once the level is closed. */
  push(tokenNumber: number): void {
    this.#levels.push(noKey(tokenNumber));
  }

  pop(): void {
    this.#awaited.delete(this.#levels.pop()?.tokenNumber ?? -1);
  }
}

function noKey(tokenNumber: number): SimpleKey {
  return { isPossible: false, isRequired: false, tokenNumber, offset: 0, line: 0, column: 0 };
}
