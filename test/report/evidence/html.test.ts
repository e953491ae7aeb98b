import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../server/src/cli/main.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { TODAY } from '../../support/check-text.ts';
import { TestFolder } from '../../support/command-line.ts';

type Node = ReturnType<typeof parseDocument>['children'][number];
interface Element {
  readonly name: string;
  readonly attribs: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
}

async function pageOf(workingFolder: string): Promise<string> {
  let page = '';
  const code = await runCommand(['report', '--format', 'html', '--time', '2026-01-31'], {
    workingFolder,
    rules,
    version: '1.2.3',
    today: TODAY,
    now: Date.parse(TODAY),
    colour: false,
    standardInput: new Uint8Array(),
    writeOutput: (text) => {
      page += text;
    },
    writeError: () => {},
  });
  expect(code).toBe(0);
  return page;
}

function elementsIn(nodes: readonly Node[]): Element[] {
  return nodes.flatMap((node) =>
    'attribs' in node ? [node as Element, ...elementsIn(node.children as Node[])] : [],
  );
}

function textOf(node: Element | Node): string {
  if ('data' in node) return String(node.data);
  return 'children' in node ? (node.children as Node[]).map(textOf).join('') : '';
}

const page = await pageOf(resolve('examples/clinic'));
const elements = elementsIn(parseDocument(page).children);
const named = (...names: string[]) => elements.filter(({ name }) => names.includes(name));

describe('the page', () => {
  it('runs nothing and asks for nothing', () => {
    expect(named('script', 'link', 'img', 'iframe', 'object', 'form').map(({ name }) => name)).toEqual([]);
    const attributes = elements.flatMap(({ attribs }) => Object.entries(attribs));
    expect(
      attributes.filter(([name]) => name === 'style' || name.startsWith('on') || name === 'src'),
    ).toEqual([]);
    const links = attributes.filter(([name]) => name === 'href').map(([, target]) => target);
    expect(links.filter((target) => !target.startsWith('#'))).toEqual([]);
    expect(page).not.toMatch(/url\((?!#)/);
  });

  it('allows its own style sheet alone', () => {
    const [style, ...others] = named('style');
    expect(others).toEqual([]);
    const hash = createHash('sha256')
      .update(style === undefined ? '' : textOf(style))
      .digest('base64');
    const policy = named('meta').find(({ attribs }) => attribs['http-equiv'] === 'Content-Security-Policy');
    expect(policy?.attribs.content).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it('can be read without eyes', () => {
    expect(named('html')[0]?.attribs.lang).toBe('en');
    const levels = named('h1', 'h2', 'h3', 'h4').map(({ name }) => Number(name.slice(1)));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, index) => level - (levels[index - 1] ?? 0) > 1)).toEqual([]);
    for (const table of named('table')) {
      const parts = elementsIn(table.children);
      expect(parts[0]?.name).toBe('caption');
      expect(
        parts.filter(({ name }) => name === 'th').every(({ attribs }) => attribs.scope !== undefined),
      ).toBe(true);
    }
    for (const svg of named('svg')) {
      expect(svg.attribs.role).toBe('img');
      const title = elementsIn(svg.children).find(
        ({ attribs }) => attribs.id === svg.attribs['aria-labelledby'],
      );
      expect(title && textOf(title)).toBeTruthy();
    }
  });

  it('has landmarks that can be told apart, and whatever scrolls can be reached by keyboard', () => {
    for (const landmark of ['header', 'nav', 'main']) expect(named(landmark)).toHaveLength(1);
    const names = elements
      .filter(({ name, attribs }) => name === 'section' || name === 'nav' || attribs.role === 'region')
      .map(({ attribs }) => {
        const heading = elements.find(({ attribs: { id } }) => id === attribs['aria-labelledby']);
        return attribs['aria-label'] ?? (heading && textOf(heading));
      });
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(names.length);
    const scrolling = elements.filter(({ attribs }) => attribs.class === 'scroll');
    expect(scrolling.every(({ attribs }) => attribs.tabindex === '0' && attribs.role === 'region')).toBe(
      true,
    );
    const [first] = named('a');
    expect(first?.attribs).toMatchObject({ class: 'skip', href: '#main' });
  });

  it('has every anchor that it links to, each once', () => {
    const ids = elements.flatMap(({ attribs }) => attribs.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = named('a').map(({ attribs }) => attribs.href?.slice(1));
    expect(targets.filter((target) => !ids.includes(target ?? ''))).toEqual([]);
  });

  it('draws the posture, the coverage and who reaches PHI', () => {
    const [bars, heat, reach] = named('svg').map(textOf);
    expect(bars).toContain('Network segmentation');
    expect(heat).toContain('clinic');
    expect(reach).toContain('clinic/records-db');
    expect(page).toContain('marker-end="url(#head-open)"');
  });

  it('shows what manifests say as text', async () => {
    const hostile =
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: "<img src=x onerror=alert(1)>\\"\'" }\n';
    const other = await pageOf(new TestFolder({ 'a.yaml': hostile }).path);
    expect(elementsIn(parseDocument(other).children).filter(({ name }) => name === 'img')).toEqual([]);
    expect(other).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;');
  });
});
