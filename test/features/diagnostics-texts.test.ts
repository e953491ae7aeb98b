import { describe, expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { DiagnosticsTexts } from '../../server/src/features/diagnostics-texts.ts';

const diagnostic = (message: string): Diagnostic => ({
  range: { start: { line: 1, character: 2 }, end: { line: 1, character: 4 } },
  message,
});
const push = (params: object) => ({ jsonrpc: '2.0', method: 'textDocument/publishDiagnostics', params });

describe('the text of pushed diagnostics', () => {
  it.each([
    ['none', []],
    ['several', [diagnostic('a'), diagnostic('b')]],
    ['characters of all sorts', [diagnostic('“Größe”\u2028 \u{1f512} "\\\u007f\n \ud800')]],
  ])('is the JSON of the message, in ASCII: %s', (_, diagnostics) => {
    const message = push({ uri: 'file:///größe.yaml', version: 7, diagnostics });
    const text = new DiagnosticsTexts().partsOf(message)?.join('') ?? '';
    expect(JSON.parse(text)).toEqual(message);
    expect(text).toMatch(/^[\x20-\x7e]*$/);
  });

  it('follows another list with some of the same items', () => {
    const texts = new DiagnosticsTexts();
    const [a, b, c] = [diagnostic('a'), diagnostic('b'), diagnostic('c')];
    for (const diagnostics of [[a, b], [a, c, b], [b]]) {
      const message = push({ uri: 'file:///a.yaml', diagnostics });
      expect(JSON.parse(texts.partsOf(message)?.join('') ?? '')).toEqual(message);
    }
  });

  it('is for no other messages', () => {
    expect(new DiagnosticsTexts().partsOf({ jsonrpc: '2.0', id: 1, result: {} })).toBeUndefined();
  });
});
