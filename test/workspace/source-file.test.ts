import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Position, TextDocument } from 'vscode-languageserver-textdocument';
import { SourceFile } from '../../server/src/workspace/source-file.ts';

const lines = fc.array(fc.constantFrom('---', 'kind: Pod', '', '  a: é𝄞', '...', '# c', '- x'), {
  maxLength: 12,
});
const eol = fc.constantFrom('\n', '\r\n');
const text = fc.tuple(lines, eol).map(([parts, end]) => parts.join(end));
const position = fc.record({ line: fc.nat(14), character: fc.nat(14) });

describe('SourceFile', () => {
  it('follows edits as the reference implementation of the protocol does', () => {
    const edit = fc.record({ from: position, to: position, text });
    fc.assert(
      fc.property(text, fc.array(edit, { maxLength: 6 }), (start, edits) => {
        const file = new SourceFile('file:///a.yaml', start);
        const reference = TextDocument.create('file:///a.yaml', 'yaml', 1, start);
        for (const { from, to, text } of edits) {
          // Characters may lie beyond a line's end; lines beyond the last confuse the reference.
          const known = (at: Position) => ({ ...at, line: at.line % reference.lineCount });
          const change = { range: { start: known(from), end: known(to) }, text };
          file.apply([change]);
          TextDocument.update(reference, [change], 2);
        }
        expect(file.text).toBe(reference.getText());
        expect(file.length).toBe(reference.getText().length);
      }),
      { numRuns: 1000 },
    );
  });

  it('converts between offsets and positions', () => {
    fc.assert(
      fc.property(text, fc.nat(), (content, at) => {
        const file = new SourceFile('file:///a.yaml', content);
        const offset = at % (content.length + 1);
        // Between the two characters of a line end there is no position.
        fc.pre(content[offset - 1] !== '\r');
        expect(file.offsetAt(file.positionAt(offset))).toBe(offset);
      }),
    );
  });

  it('takes whole texts, and keeps the documents that stand in both', () => {
    const file = new SourceFile('file:///a.yaml', 'a: 1\n---\nb: 2\n');
    const [, second] = file.documents;
    file.apply([{ text: 'a: 2\n---\nb: 2\n' }]);
    expect(file.documents[1]?.document).toBe(second?.document);
  });
});
