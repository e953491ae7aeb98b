import type { OffsetRange } from '../../syntax/ranges.ts';

/** A word of a command, without its quotes. */
export interface Word {
  readonly text: string;
  /** With the quotes, in offsets of the script. */
  readonly range: OffsetRange;
}

/** A word; what ends a command; a comment. Quoted parts are taken whole. */
const TOKEN = /(?:"(?:[^"\\]|\\[\s\S])*"|'[^']*'|\\[\s\S]|[^\s"'\\;|&()`#]|(?<=\S)#)+|[;|&()`]|\n|#[^\n]*/g;

/**
 * The simple commands of a shell script, as lists of words: split at `;`, `|`, `&`, brackets and line ends. It knows no more of the shell than
 * that; a script of another language gives words without meaning.
 */
export function commandsIn(script: string): Word[][] {
  const commands: Word[][] = [[]];
  for (const match of script.matchAll(TOKEN)) {
    const [token] = match;
    if (/^[;|&()`\n]$/.test(token)) commands.push([]);
    else if (!token.startsWith('#') && !/^\\\r?\n$/.test(token)) {
      const range = { start: match.index, end: match.index + token.length };
      commands.at(-1)?.push({ text: token.replace(/^(["'])([\s\S]*)\1$/, '$2'), range });
    }
  }
  return commands.filter((words) => words.length > 0);
}

/** The switch that keeps a client from verifying certificates, and how it reads without it. */
export interface UnverifiedCommand {
  readonly program: string;
  readonly word: Word;
  /** Empty when the whole word goes. */
  readonly without: string;
  /** Addresses among the arguments. */
  readonly targets: readonly string[];
}

/** Short options of curl that take an argument, so that what follows in the word belongs to them. Source: https://curl.se/docs/manpage.html */
export const CURL_WITH_ARGUMENT = new Set('AbcCdDeEFHKmoPQrtTuUwxXyYz');

/** Long options of clients, with the programs that have them. */
export const SWITCHES: readonly { readonly programs: RegExp; readonly options: RegExp }[] = [
  { programs: /^curl$/, options: /^--insecure$/ },
  { programs: /^wget$/, options: /^--no-check-certificate$/ },
  { programs: /^(?:https?|xh)$/, options: /^--verify=(?:no|false)$/ },
  { programs: /^(?:kubectl|oc|helm|argocd|etcdctl)$/, options: /^--insecure-skip-tls-verify(?:=true)?$/ },
  { programs: /^(?:mc|grpcurl|argocd)$/, options: /^--?insecure$/ },
  { programs: /^aws$/, options: /^--no-verify-ssl$/ },
  { programs: /^(?:vault|consul|nomad)$/, options: /^-tls-skip-verify$/ },
  { programs: /^(?:npm|pip|pip3)$/, options: /^--(?:strict-ssl=false|trusted-host)$/ },
];

/** @param words the program first, as found by `commandsIn` or as the items of a container's command */
export function unverifiedCommandOf(words: readonly Word[]): UnverifiedCommand | undefined {
  const at = words.findIndex(({ text }) => SWITCHES.some(({ programs }) => programs.test(programOf(text))));
  if (at === -1) return undefined;
  const program = programOf(words[at]?.text ?? '');
  const rest = words.slice(at + 1);
  const targets = rest.map(({ text }) => text).filter((text) => /^(?:\w+:\/\/|\$|[\w.-]+[:/])/.test(text));
  for (const word of rest) {
    const { text } = word;
    if (SWITCHES.some(({ programs, options }) => programs.test(program) && options.test(text)))
      return { program, word, without: '', targets };
    if (program !== 'curl' || !/^-[A-Za-z#0-9]+$/.test(text)) continue;
    const letters = [...text.slice(1)];
    const index = letters.indexOf('k');
    if (index === -1 || letters.slice(0, index).some((letter) => CURL_WITH_ARGUMENT.has(letter))) continue;
    letters.splice(index, 1);
    return { program, word, without: letters.length === 0 ? '' : `-${letters.join('')}`, targets };
  }
  return undefined;
}

function programOf(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}
