import { fn, type TemplateFunction } from '../template/signature.ts';
import { Str } from '../value/value.ts';
import { lower } from './casing.ts';

/** Word cases of github.com/huandu/xstrings. */
export const WORD_CASE_FUNCTIONS: readonly TemplateFunction[] = [
  fn('snakecase', ['string'], (_, text) => new Str(delimited(text.text, '_'), text.trace)),
  fn('kebabcase', ['string'], (_, text) => new Str(delimited(text.text, '-'), text.trace)),
  fn('camelcase', ['string'], (_, text) => new Str(pascalCase(text.text), text.trace)),
];

type WordType = 'upper' | 'alphabet' | 'number' | 'connector' | 'punctuation' | 'other' | 'none';

interface Word {
  readonly type: WordType;
  readonly text: string;
  readonly rest: readonly string[];
}

const CONNECTOR = /[-_\s\u0085]/;
const LETTER = /\p{L}/u;
const UPPER = /\p{Lu}/u;
const NUMBER = /\p{N}/u;
const PUNCTUATION = /\p{P}/u;
/** Scripts without case do not make words of letters. */
const UNCASED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function isAlphabet(character: string): boolean {
  return LETTER.test(character) && !UNCASED.test(character);
}

function run(characters: readonly string[], start: number, belongs: (character: string) => boolean): number {
  let end = start;
  while (end < characters.length && belongs(characters[end] ?? '')) end++;
  return end;
}

/** Takes the first word: a run of one kind, where `HTTPServer` is `HTTP` and `Server`. */
function nextWord(characters: readonly string[]): Word {
  const first = characters[0];
  if (first === undefined) return { type: 'none', text: '', rest: [] };
  const [type, end] = measure(characters, first);
  return { type, text: characters.slice(0, end).join(''), rest: characters.slice(end) };
}

function measure(characters: readonly string[], first: string): [WordType, number] {
  if (CONNECTOR.test(first)) return ['connector', run(characters, 1, (next) => CONNECTOR.test(next))];
  if (PUNCTUATION.test(first)) return ['punctuation', run(characters, 1, (next) => PUNCTUATION.test(next))];
  if (UPPER.test(first)) return ['upper', upperWordEnd(characters)];
  if (isAlphabet(first)) return ['alphabet', run(characters, 1, isLowerAlphabet)];
  if (NUMBER.test(first)) return ['number', run(characters, 1, (next) => NUMBER.test(next))];
  const isOther = (next: string) =>
    !CONNECTOR.test(next) && !isAlphabet(next) && !NUMBER.test(next) && !PUNCTUATION.test(next);
  return ['other', run(characters, 1, isOther)];
}

function isLowerAlphabet(character: string): boolean {
  return isAlphabet(character) && !UPPER.test(character);
}

function upperWordEnd(characters: readonly string[]): number {
  const end = run(characters, 1, (next) => UPPER.test(next));
  if (end === 1) return run(characters, 1, isLowerAlphabet);
  return isAlphabet(characters[end] ?? '') ? end - 1 : end;
}

/** Lower case words with a connector between them; a number belongs to the word before it. */
function delimited(text: string, connector: string): string {
  let out = '';
  const put = ({ type, text: word }: Word) => {
    if (type !== 'upper' && type !== 'connector') out += word;
    else for (const character of word) out += CONNECTOR.test(character) ? connector : lower(character);
  };
  const isJoining = ({ type }: Word) => type === 'alphabet' || type === 'number';
  const isSeparate = ({ type }: Word) => type !== 'connector' && type !== 'punctuation';
  let word = nextWord([...text]);
  const advance = () => {
    word = nextWord(word.rest);
    return word;
  };
  while (word.rest.length > 0) {
    if (word.type !== 'connector') put(word);
    const previous = word;
    advance();
    if (previous.type === 'number') {
      for (; isJoining(word); advance()) put(word);
      if (isSeparate(word) && word.text !== '') out += connector;
    } else if (previous.type === 'connector') put(previous);
    else if (previous.type !== 'punctuation') {
      if (word.type !== 'number') {
        if (isSeparate(word)) out += connector;
        continue;
      }
      if (word.rest.length === 0) continue;
      const digits = word;
      if (advance().type !== 'alphabet') {
        put(digits);
        if (isSeparate(word)) out += connector;
        continue;
      }
      out += connector;
      put(digits);
      for (; isJoining(word); advance()) put(word);
      if (isSeparate(word) && word.text !== '') out += connector;
    }
  }
  put(word);
  return out;
}

/** `http_server` to `HttpServer`; several connectors in a row lose one. */
function pascalCase(text: string): string {
  const characters = [...text];
  const start = run(characters, 0, (character) => CONNECTOR.test(character));
  let out = characters.slice(0, start).join('');
  // The original repeats the last one.
  if (start === characters.length) return out + (characters.at(-1) ?? '');
  let current = (characters[start] ?? '').toUpperCase();
  let isFirstUpper = UPPER.test(characters[start] ?? '');
  for (const character of characters.slice(start + 1)) {
    const previous = current;
    current = character;
    if (CONNECTOR.test(current) && CONNECTOR.test(previous)) {
      out += previous;
      continue;
    }
    if (CONNECTOR.test(previous)) {
      isFirstUpper = UPPER.test(current);
      current = current.toUpperCase();
    } else {
      // Of a word that begins with capitals only the first stays one.
      if (isFirstUpper) {
        isFirstUpper = UPPER.test(current);
        current = lower(current);
      }
      out += previous;
    }
  }
  return out + current;
}
