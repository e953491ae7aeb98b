import { TOKEN_FORMATS } from '../credentials/token-formats.ts';
import { AMBIGUOUS_PERSON_WORDS, OWN_PHRASES, PERSON_WORDS } from '../keys/vocabulary.ts';
import { WordScanner } from './automaton.ts';

/**
 * Where in a text something may stand that is worth a closer look. Everything expensive starts at one of these offsets, so that ordinary
 * configuration costs one pass.
 */
export interface Hits {
  /** Offsets of words that name an identifier, or a person under care. */
  readonly identifiers: readonly number[];
  /** Something that only formats of health care have. */
  readonly isHealthFormat: boolean;
  /** Offsets of the anchor of each token format, by the format's index. */
  readonly tokens: ReadonlyMap<number, readonly number[]>;
  /** Offsets of words that name secrets. */
  readonly secrets: readonly number[];
  /** Offsets of `://`. */
  readonly urls: readonly number[];
  readonly hasCommand: boolean;
}

type Group = 'identifier' | 'person' | 'format' | 'token' | 'secret' | 'url' | 'command';

interface Word {
  readonly text: string;
  readonly group: Group;
  /** For tokens, the index of the format. */
  readonly format: number;
}

const FORMAT_WORDS =
  'msh|^,pid|,nk1|,gt1|,in1|,in2|,mrg|,nm1*,isa*,(0010,,\x1cc2,\x1cca,\x1cc4,resourcetype,recordtarget'.split(
    /,(?=[^,])/,
  );
const SECRET_WORDS = 'pass,pwd,pw,psw,secret,token,key,cred,auth,cookie,salt'.split(',');
const COMMAND_WORDS = 'curl,mysql,sshpass,redis-cli,htpasswd,docker,sudo,passwd'.split(',');

/** Everything that is looked for, in the order of the scanner's indexes. */
function wordsToFind(): Word[] {
  const words: Word[] = [];
  const add = (texts: Iterable<string>, group: Group, format = -1) => {
    for (const text of texts) words.push({ text, group, format });
  };
  add(identifierWords(), 'identifier');
  add(AMBIGUOUS_PERSON_WORDS, 'person');
  add(FORMAT_WORDS, 'format');
  add(SECRET_WORDS, 'secret');
  add(COMMAND_WORDS, 'command');
  add(['://'], 'url');
  for (const [index, { anchors }] of TOKEN_FORMATS.entries()) {
    add(
      anchors.map((anchor) => anchor.toLowerCase()),
      'token',
      index,
    );
  }
  return words;
}

/** The phrases of the vocabulary, joined in every way that keys and columns join their words. */
function identifierWords(): Set<string> {
  const found = new Set<string>();
  for (const phrase of OWN_PHRASES) {
    const parts = phrase.split(' ');
    found.add(parts.join(''));
    // The first two words tell enough, unless they are as short as in "d o b".
    const start =
      parts.length > 2 && parts.slice(0, 2).join('').length >= SHORTEST_START ? parts.slice(0, 2) : parts;
    if (start.length > 1) for (const separator of [' ', '_', '-', '.']) found.add(start.join(separator));
  }
  for (const possessive of ["driver's li", "mother's ma"]) found.add(possessive);
  for (const word of PERSON_WORDS) if (!AMBIGUOUS_PERSON_WORDS.has(word)) found.add(word);
  return found;
}

const SHORTEST_START = 6;

/** Made at the first use: it takes some milliseconds. */
let prepared: { readonly scanner: WordScanner; readonly words: readonly Word[] } | undefined;

/** Texts are kept up to this number and length in all: those of one document, whose rules come one after the other. */
const MAX_KEPT = 1000;
const MAX_KEPT_LENGTH = 2_000_000;
const kept = new Map<string, Hits>();
let keptLength = 0;

/** Scans a text. Answers are kept for a while, since several rules look at the same text. */
export function hitsIn(text: string): Hits {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const hits = scan(text);
  if (kept.size >= MAX_KEPT || keptLength + text.length > MAX_KEPT_LENGTH) {
    kept.clear();
    keptLength = 0;
  }
  kept.set(text, hits);
  keptLength += text.length;
  return hits;
}

function prepare() {
  const words = wordsToFind();
  return { scanner: new WordScanner(words.map(({ text }) => text)), words };
}

function scan(text: string): Hits {
  prepared ??= prepare();
  const { scanner, words } = prepared;
  const identifiers: number[] = [];
  const tokens = new Map<number, number[]>();
  const secrets: number[] = [];
  const urls: number[] = [];
  let isHealthFormat = false;
  let hasCommand = false;
  scanner.scan(text, (index, start) => {
    const { group, text: word, format } = words[index] as Word;
    if (group === 'secret') secrets.push(start);
    else if (group === 'url') urls.push(start);
    else if (group === 'command') hasCommand = true;
    else if (group === 'format') isHealthFormat = true;
    else if (group === 'token') {
      const offsets = tokens.get(format);
      if (offsets === undefined) tokens.set(format, [start]);
      else offsets.push(start);
    } else if (
      startsWord(text, start) &&
      (group === 'person' ? qualifies(text, start + word.length) : endsWord(text, start, start + word.length))
    )
      identifiers.push(start);
  });
  return { identifiers, isHealthFormat, tokens, secrets, urls, hasCommand };
}

const isLetter = (code: number) => (code >= 0x61 && code <= 0x7a) || isCapital(code);
const isCapital = (code: number) => code >= 0x41 && code <= 0x5a;

/** At the start of a word, also of one inside camelCase. */
function startsWord(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  return !isLetter(before) || (!isCapital(before) && isCapital(text.charCodeAt(start)));
}

/** Longer words stand out whatever follows them: plurals, and words glued to them. */
const LONG_WORD = 7;

function endsWord(text: string, start: number, end: number): boolean {
  if (end - start >= LONG_WORD && !/[ _.-][^']*$/.test(text.slice(start, end))) return true;
  const next = text.charCodeAt(end);
  if (!isLetter(next)) return true;
  if (!isCapital(next)) return false;
  return (
    !isCapital(text.charCodeAt(end - 1)) ||
    (isLetter(text.charCodeAt(end + 1)) && !isCapital(text.charCodeAt(end + 1)))
  );
}

/** `member_`, `memberPhone`: the word qualifies another one. */
function qualifies(text: string, end: number): boolean {
  const next = text.charCodeAt(end);
  return (
    next === 0x5f ||
    next === 0x2d ||
    next === 0x2e ||
    (isCapital(next) && !isCapital(text.charCodeAt(end - 1)))
  );
}
