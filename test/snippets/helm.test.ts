import { describe, expect, it } from 'vitest';
import { expandSnippet, readSnippets } from '../support/snippets.ts';

describe('a Helm snippet', () => {
  it.each(readSnippets('helm').map((snippet) => [snippet.name, snippet] as const))('%s', (_, { body }) => {
    const text = expandSnippet(body);
    expect(text.match(/\{\{/g)?.length).toBe(text.match(/\}\}/g)?.length);
    expect(text).not.toMatch(/\$\{?\d/);
  });
});
