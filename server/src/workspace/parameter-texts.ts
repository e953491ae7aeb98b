/** Texts that generators of applications ask for, as far as they have been read. */
export class ParameterTexts {
  readonly #texts = new Map<string, string | undefined>();
  #asked = new Set<string>();

  of(file: string): string | undefined {
    if (!this.#texts.has(file)) this.#asked.add(file);
    return this.#texts.get(file);
  }

  /** Whether anybody has asked for a file. */
  has(file: string): boolean {
    return this.#texts.has(file);
  }

  /** @returns whether it says something else than before */
  set(file: string, text: string | undefined): boolean {
    const isChange = this.#texts.get(file) !== text;
    this.#texts.set(file, text);
    return isChange;
  }

  /** What has been asked for and is not known. */
  takeAsked(): string[] {
    const asked = [...this.#asked];
    this.#asked = new Set();
    return asked;
  }
}
