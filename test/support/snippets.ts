import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A snippet as VS Code reads it. */
export interface Snippet {
  readonly name: string;
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: string;
}

interface SnippetFile {
  readonly [name: string]: {
    readonly prefix: string | readonly string[];
    readonly description: string;
    readonly body: string | readonly string[];
  };
}

export function readSnippets(language: 'yaml' | 'helm'): Snippet[] {
  const file = join(import.meta.dirname, `../../snippets/${language}.json`);
  const snippets = JSON.parse(readFileSync(file, 'utf8')) as SnippetFile;
  return Object.entries(snippets).map(([name, { prefix, description, body }]) => ({
    name,
    prefix: [prefix].flat(),
    description,
    body: `${[body].flat().join('\n')}\n`,
  }));
}

/**
 * A snippet's text with the defaults of its placeholders, the first of its choices, and the same text wherever a number stands again.
 *
 * Source: https://code.visualstudio.com/docs/editor/userdefinedsnippets#_grammar (tab stops, placeholders, choices; no variables here).
 *
 * @param choice which of the choices is taken, as an index; the last one where there are fewer
 */
export function expandSnippet(body: string, choice = 0): string {
  return new Expansion(body, choice).all();
}

class Expansion {
  readonly #body: string;
  readonly #choice: number;
  readonly #defaults = new Map<string, string>();
  #at = 0;

  constructor(body: string, choice: number) {
    this.#body = body;
    this.#choice = choice;
  }

  all(): string {
    const text = this.#until('');
    if (this.#at < this.#body.length) throw new Error('a brace too much');
    return text;
  }

  /** Text up to an end character that is not escaped. */
  #until(end: string): string {
    let text = '';
    while (this.#at < this.#body.length) {
      const character = this.#body[this.#at] ?? '';
      if (character === end) break;
      if (character === '\\' && '$}\\'.includes(this.#body[this.#at + 1] ?? 'x')) {
        text += this.#body[this.#at + 1];
        this.#at += 2;
      } else if (character === '$') {
        text += this.#placeholder();
      } else {
        text += character;
        this.#at++;
      }
    }
    return text;
  }

  #placeholder(): string {
    const stop = /^\$(\d+)/.exec(this.#body.slice(this.#at));
    if (stop !== null) {
      this.#at += stop[0].length;
      return this.#valueOf(stop[1] ?? '');
    }
    const start = /^\$\{(\d+)([:|}])/.exec(this.#body.slice(this.#at));
    if (start === null) throw new Error(`no placeholder at ${this.#body.slice(this.#at, this.#at + 20)}`);
    const [whole, number = '', kind] = start;
    this.#at += whole.length;
    if (kind === '}') return this.#valueOf(number);
    const value = kind === ':' ? this.#until('}') : this.#oneOf();
    this.#at++;
    if (this.#defaults.has(number)) throw new Error(`two defaults of ${number}`);
    this.#defaults.set(number, value);
    return value;
  }

  #oneOf(): string {
    const end = this.#body.indexOf('|}', this.#at);
    const choices = this.#body.slice(this.#at, end).split(',');
    this.#at = end + 1;
    return choices[Math.min(this.#choice, choices.length - 1)] ?? '';
  }

  #valueOf(number: string): string {
    const value = this.#defaults.get(number);
    if (value === undefined) throw new Error(`placeholder ${number} stands before its default`);
    return value;
  }
}
