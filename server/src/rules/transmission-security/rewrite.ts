import type { TlsSetting } from '../../analysis/tls/settings.ts';
import { replaceText, set } from '../../syntax/edit/operations.ts';
import type { Fix } from '../rule.ts';

/** Writes a setting anew, where it is a value of its own or a part of a text. Old clients may be left out, so a person decides. */
export function rewriteFix(
  { at, part }: Pick<TlsSetting, 'at' | 'part'>,
  newText: string,
  title: string,
): Fix {
  const operation = part === undefined ? set(at.path, newText) : replaceText(at.path, part, newText);
  return { title, applicability: 'review', operations: [operation] };
}
