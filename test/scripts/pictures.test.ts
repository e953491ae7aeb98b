import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { smallPng } from '../../scripts/small-png.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path));
const namesIn = (folder: string) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);

const ofPages = namesIn('docs/images');
const ofWalkthrough = namesIn('images/walkthrough');
const script = read('scripts/screenshots.ts').toString();
const pages = ['README.md', ...namesIn('docs').filter((name) => name.endsWith('.md'))];

describe('the pictures', () => {
  it.each([...ofPages, ...ofWalkthrough])(
    '%s is as its script writes it',
    (path) => {
      const name = path.replace(/^.*\/|\.png$/g, '');
      expect(script).toContain(`'${name}'`);
      const picture = read(path);
      // Compressed once more, a palette may come out in another order.
      expect(picture.length / smallPng(picture).length).toBeCloseTo(1, 2);
    },
    10_000,
  );

  it('are all shown somewhere', () => {
    const texts = pages.map((page) => read(page).toString()).join('\n');
    expect(ofPages.filter((path) => !texts.includes(path.replace('docs/', '')))).toEqual([]);
    const steps = packageJson.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    expect(steps.map(({ media }) => media.image).sort()).toEqual(ofWalkthrough);
  });
});

describe('smallPng', () => {
  it('keeps a picture of few colours as it is', () => {
    const picture = read('images/walkthrough/service.png');
    expect(smallPng(picture).equals(picture)).toBe(true);
  });
});
