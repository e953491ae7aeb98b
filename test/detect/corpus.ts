import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextContext } from '../../server/src/detect/index.ts';

/** A value that has to be found. */
export interface Mark {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** One text of the corpus, and everything that has to be found in it. */
export interface CorpusCase {
  readonly file: string;
  /** Of the case's first line, counted from 1. */
  readonly line: number;
  readonly text: string;
  readonly context: TextContext;
  readonly marks: readonly Mark[];
}

const HEADER = /^(\w+) ([^{:][^{]*?)(?: \{([^}]*)\})?:(?: (.*))?$/;

/** Reads one half of the corpus, `positives` or `negatives`. The format is told in the corpus's own README. */
export function readCorpus(half: 'positives' | 'negatives'): CorpusCase[] {
  const folder = join(import.meta.dirname, '../fixtures/phi', half);
  return readdirSync(folder)
    .sort()
    .flatMap((file) => casesIn(readFileSync(join(folder, file), 'utf8'), file));
}

export function casesIn(content: string, file: string): CorpusCase[] {
  const cases: CorpusCase[] = [];
  const lines = content.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line === '' || line.startsWith('#')) continue;
    const header = HEADER.exec(line);
    if (header === null) throw new Error(`${file}:${index + 1}: no case`);
    const [, place = '', keys = '', siblings, oneLine] = header;
    const first = index + 1;
    const body: string[] = [];
    while (oneLine === undefined && lines[index + 1]?.startsWith('  '))
      body.push((lines[++index] ?? '').slice(2));
    const { text, marks } = withoutMarks(oneLine ?? `${body.join('\n')}\n`);
    cases.push({ file, line: first, text, marks, context: contextOf(place, keys, siblings) });
  }
  return cases;
}

function contextOf(place: string, keys: string, siblings: string | undefined): TextContext {
  return {
    place: place as TextContext['place'],
    keys: keys.split('/'),
    ...(siblings === undefined
      ? {}
      : {
          siblings: siblings.split(', ').map((pair) => {
            const [key = '', value = ''] = pair.split('=');
            return { key, value };
          }),
        }),
  };
}

function withoutMarks(marked: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  let text = '';
  let at = 0;
  for (const match of marked.matchAll(/«([\w-]+) ([^»]*)»/g)) {
    text += marked.slice(at, match.index);
    const start = text.length;
    text += match[2];
    marks.push({ kind: match[1] ?? '', start, end: text.length });
    at = match.index + match[0].length;
  }
  text += marked.slice(at);
  return { text: text.replaceAll('␍', '\r').replaceAll('␞', '\x1c'), marks };
}
