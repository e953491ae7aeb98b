/**
 * What is said of the program itself: lenses, actions, reasons why a fix cannot be made, questions and their problems. Findings and all that explains them are English everywhere, so that the
 * same words stand in the editor, in pipelines and in the audit binder.
 */

import type bundle from '../../../l10n/bundle.l10n.json';

/** A text in English, as the bundle has it: what it lacks does not compile, so translators see everything there. */
export type Text = keyof typeof bundle;

/** A text in somebody's language; arguments take the places of `{0}`, `{1}` and so on. */
export type Say = (text: Text, ...args: readonly (string | number)[]) => string;

/** @param texts translations by the English text; what they lack is said in English */
export function sayIn(texts: Readonly<Record<string, string>>): Say {
  return (text, ...args) =>
    (texts[text] ?? text).replaceAll(/\{(\d+)\}/g, (place, index) => String(args[Number(index)] ?? place));
}

export const inEnglish: Say = sayIn({});

/** One text for a single thing, another for several; `{0}` is how many there are. */
export function sayCount(say: Say, count: number, one: Text, several: Text): string {
  return count === 1 ? say(one) : say(several, count);
}
