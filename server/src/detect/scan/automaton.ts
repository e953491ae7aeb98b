/**
 * Finds all of many words in one pass over a text, without regard to case: an automaton after Aho and Corasick, with its transitions
 * written out, so that each character costs one look into a table whatever the number of words.
 */
export class WordScanner {
  /** Class of each character up to 0x7f; 0 for those in no word. Capitals share the class of their small letters. */
  readonly #classes = new Uint8Array(128);
  readonly #width: number;
  /** Next state by state and class: in 16 bits, which is half a megabyte less for the words of identifiers. */
  readonly #next: Uint16Array;
  /** Whether any word ends in a state, and which. */
  readonly #accepts: Uint8Array;
  readonly #ends: ReadonlyMap<number, readonly number[]>;
  readonly #lengths: readonly number[];

  /** @param words in small letters, ASCII only; at most 65,535 prefixes in all, or a RangeError is thrown */
  constructor(words: readonly string[]) {
    this.#lengths = words.map(({ length }) => length);
    let width = 1;
    for (const word of words) {
      for (let index = 0; index < word.length; index++) {
        const code = word.charCodeAt(index);
        if (this.#classes[code] === 0) this.#classes[code] = width++;
      }
    }
    for (let code = 0x41; code <= 0x5a; code++) this.#classes[code] = this.#classes[code + 32] ?? 0;
    this.#width = width;
    const { next, ends } = this.#build(words);
    this.#next = next;
    this.#ends = ends;
    this.#accepts = new Uint8Array(next.length / width);
    for (const state of ends.keys()) this.#accepts[state] = 1;
  }

  /** Calls back with the index of each word found and the offset at which it starts, in the order of their ends. */
  scan(text: string, found: (word: number, start: number) => void): void {
    const classes = this.#classes;
    const next = this.#next;
    const ends = this.#ends;
    const accepts = this.#accepts;
    const width = this.#width;
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      state = next[state * width + (code < 128 ? (classes[code] as number) : 0)] as number;
      if (accepts[state] === 0) continue;
      for (const word of ends.get(state) ?? []) found(word, at + 1 - (this.#lengths[word] as number));
    }
  }

  #build(words: readonly string[]): { next: Uint16Array; ends: Map<number, readonly number[]> } {
    const children: Map<number, number>[] = [new Map()];
    const wordsAt: number[][] = [[]];
    for (const [index, word] of words.entries()) {
      let node = 0;
      for (let at = 0; at < word.length; at++) {
        const symbol = this.#classes[word.charCodeAt(at)] as number;
        let child = (children[node] as Map<number, number>).get(symbol);
        if (child === undefined) {
          child = children.length;
          children.push(new Map());
          wordsAt.push([]);
          (children[node] as Map<number, number>).set(symbol, child);
        }
        node = child;
      }
      (wordsAt[node] as number[]).push(index);
    }
    const width = this.#width;
    if (children.length > 0xffff) throw new RangeError('The words have more prefixes than there are states.');
    const next = new Uint16Array(children.length * width);
    const fallback = new Array<number>(children.length).fill(0);
    const queue = [0];
    for (let head = 0; head < queue.length; head++) {
      const node = queue[head] as number;
      const back = fallback[node] as number;
      if (node !== 0) (wordsAt[node] as number[]).push(...(wordsAt[back] as number[]));
      for (let symbol = 0; symbol < width; symbol++) {
        const child = (children[node] as Map<number, number>).get(symbol);
        if (child === undefined) {
          next[node * width + symbol] = node === 0 ? 0 : (next[back * width + symbol] as number);
          continue;
        }
        next[node * width + symbol] = child;
        fallback[child] = node === 0 ? 0 : (next[back * width + symbol] as number);
        queue.push(child);
      }
    }
    const ends = new Map<number, readonly number[]>();
    for (const [node, list] of wordsAt.entries()) if (list.length > 0) ends.set(node, list);
    return { next, ends };
  }
}
