import {
  type DetectOptions,
  detectCredentials,
  detectPhi,
  type TextContext,
} from '../../server/src/detect/index.ts';

/** Takes the marks out of a text in which `«…»` shows what has to be found. */
export function unmarked(marked: string): { text: string; values: string[] } {
  const values = [...marked.matchAll(/«([^»]*)»/g)].map((match) => match[1] ?? '');
  return { text: marked.replaceAll(/[«»]/g, ''), values };
}

/** The text with what was found marked, so that a failing test shows both places. */
export function marked(text: string, found: readonly { start: number; end: number }[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of found) {
    result += `${text.slice(at, start)}«${text.slice(start, end)}»`;
    at = end;
  }
  return result + text.slice(at);
}

export function contextOf(keys: string, place: TextContext['place'] = 'configmap'): TextContext {
  return { keys: keys.split('/'), place };
}

export function markPhi(text: string, context: TextContext, options?: DetectOptions): string {
  return marked(text, detectPhi(text, context, options));
}

export function markCredentials(text: string, context: TextContext, options?: DetectOptions): string {
  return marked(text, detectCredentials(text, context, options));
}
