import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import germanBundle from '../../l10n/bundle.l10n.de.json' with { type: 'json' };
import bundle from '../../l10n/bundle.l10n.json' with { type: 'json' };
import germanTexts from '../../package.nls.de.json' with { type: 'json' };
import texts from '../../package.nls.json' with { type: 'json' };

type Texts = Readonly<Record<string, string>>;

const root = join(import.meta.dirname, '../..');
const manifest = readFileSync(join(root, 'package.json'), 'utf8');
const sources = globSync('client/src/**/*.ts', { cwd: root }).map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}));
/** The server says some of them, too, in what the client has brought. */
const serverTexts = globSync('server/src/{syntax,kubernetes,engine,scaffold,features}/**/*.ts', {
  cwd: root,
}).map((path) => readFileSync(join(root, path), 'utf8'));

/** What a translation must keep: places for values, links to commands, and code. */
function kept(text: string): string[] {
  return (text.match(/\{\d+\}|\(command:[^)]*\)|`[^`]*`/g) ?? []).sort();
}

/** Texts that a person sees and that nobody translates: those of messages and questions, written out. */
const WRITTEN_OUT =
  /(?:Message\(|\b(?:placeHolder|placeholder|prompt|title|tooltip|label|detail):)\s*[`'][^`'$]*[a-z]{3}[^`']*/g;
/** Of products, formats and workloads, which are the same everywhere. */
const NAMES =
  /: '(?:Gateway API|Istio|Linkerd|Consul|Cilium|Amazon Web Services|Microsoft Azure|Google Cloud|Kustomize|Markdown|JUnit|portal, .*)$/;

describe('the texts of the extension', () => {
  it.each(Object.entries(bundle))('%s is said somewhere, as it stands', (key, text) => {
    expect(text).toBe(key);
    const said = [...sources.map((source) => source.text), ...serverTexts];
    expect(said.some((code) => code.includes(`'${key}'`))).toBe(true);
  });

  it.each(sources)('$path says nothing but these', ({ path, text }) => {
    expect((text.match(WRITTEN_OUT) ?? []).filter((found) => !NAMES.test(found))).toEqual([]);
    expect(text.includes('l10n.t(')).toBe(path.endsWith('l10n.ts'));
  });
});

it('package.json shows texts that are there, and all of them', () => {
  const used = [...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
  expect([...new Set(used)].sort()).toEqual(Object.keys(texts).sort());
});

describe.each<[string, Texts, Texts]>([
  ['of the extension', bundle, germanBundle],
  ['of package.json', texts, germanTexts],
])('the German texts %s', (_, english, german) => {
  it('are all there, and no others', () => {
    expect(Object.keys(german)).toEqual(Object.keys(english));
  });

  it.each(Object.entries(german))('%s: keeps values, commands and code', (key, text) => {
    expect(text.trim()).not.toBe('');
    expect(kept(text)).toEqual(kept(english[key] ?? ''));
  });
});
