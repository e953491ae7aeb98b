/** What the extension says, in the language of the editor. What is said of manifests is English: findings, fixes, hovers and reports. */

import { l10n } from 'vscode';
import type bundle from '../../l10n/bundle.l10n.json';

/** A text in English, as the bundle has it: what it lacks does not compile, so translators see everything there. */
export type Text = keyof typeof bundle;

/** @param args take the places of `{0}`, `{1}` and so on */
export function t(text: Text, ...args: readonly (string | number)[]): string {
  return l10n.t(text, ...args);
}

/** One text for a single thing, another for none or several; `{0}` is how many there are. */
export function plural(count: number, one: Text, several: Text): string {
  return count === 1 ? t(one) : t(several, count);
}
