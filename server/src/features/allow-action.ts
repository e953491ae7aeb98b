import type { Say } from '../l10n/say.ts';
import type { Allowance, EditConfigurationOperation } from '../rules/rule.ts';

/** What an allowance is called in menus. */
export function allowTitle({ section }: Allowance, say: Say): string {
  return section === 'phi'
    ? say('Allow this value everywhere: it is no PHI (keeps its hash)')
    : say('Allow this value everywhere: it is no credential (keeps its hash)');
}

/** Lets a value pass by its hash. The configuration never holds the value itself. */
export function allowOperation({ section, hash }: Allowance): EditConfigurationOperation {
  return { op: 'edit-configuration', path: [section, 'allow', 'hashes'], value: hash(), append: true };
}
