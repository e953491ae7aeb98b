import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanManifestHead } from '../../server/src/helm/render/manifest-head.ts';
import { isProblem, readManifest, readWholeManifest } from '../../server/src/helm/render/manifests.ts';
import { Str } from '../../server/src/helm/trace/text.ts';

const outcome = (read: typeof readManifest, text: string) => {
  const manifest = read('c/templates/a.yaml', new Str(text, []));
  if (manifest === undefined) return 'dropped';
  return isProblem(manifest) ? manifest.message : { kind: manifest.kind, isHook: manifest.isHook };
};

const PLAIN = `# Source
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    helm.sh/hook: "pre-install,post-upgrade"
    note: 'it''s'
    script: |
      echo a: b

      done
spec:
  items:
  - name: a # comment
    args: ["x", y]
    nested:
    - - 1
      - 2
    -
      key: value
  empty: {}
  last:
status:
  ok: true
`;

describe('the quick look at manifests', () => {
  it('takes ordinary manifests', () => {
    expect(scanManifestHead(PLAIN)).toEqual({ kind: 'Deployment', hook: 'pre-install,post-upgrade' });
    expect(outcome(readWholeManifest, PLAIN)).toEqual(outcome(readManifest, PLAIN));
  });

  it('agrees with the full reader whenever it answers', () => {
    const line = fc.record({
      step: fc.constantFrom(0, 0, 0, 2, 2, -2, -4, 1),
      dash: fc.constantFrom('', '', '', '- ', '- - ', '-'),
      key: fc.constantFrom(
        'a: ',
        'b: ',
        'b:',
        'c:',
        '"c": ',
        'name: ',
        'kind: ',
        'metadata:',
        'annotations:',
        'helm.sh/hook: ',
        'null: ',
        'Kind: ',
        '',
      ),
      value: fc.constantFrom(
        ...[
          'x',
          'x',
          'test',
          '"pre-install"',
          "'q'",
          '',
          '',
          '|',
          '>-',
          '{}',
          '[]',
          '[a, "b"]',
          '{a: b}',
          'x: y',
          '- z',
          'x # c',
        ],
        ...[
          '#c',
          '&a 1',
          '*a',
          '"open',
          "it's",
          '-1',
          '.inf',
          '1.10',
          'true',
          '~',
          '!t x',
          'end:',
          '@x',
          'é',
          '\t',
        ],
      ),
    });
    const texts = fc
      .tuple(
        fc.constantFrom('', 'kind: Pod\n', 'kind: Pod\nmetadata:\n  name: x\n  annotations:\n    k: v\n'),
        fc.array(line, { maxLength: 7 }),
      )
      .map(([start, lines]) => {
        let indent = start.endsWith('k: v\n') ? 4 : 0;
        const body = lines.map(({ step, dash, key, value }) => {
          indent = Math.max(indent + step, 0);
          return `${' '.repeat(indent)}${dash}${key}${value}`;
        });
        return start + body.join('\n');
      });
    let answered = 0;
    fc.assert(
      fc.property(texts, (text) => {
        if (scanManifestHead(text) === undefined) return;
        answered++;
        expect(outcome(readManifest, text)).toEqual(outcome(readWholeManifest, text));
      }),
      { seed: 20260101, numRuns: 20_000 },
    );
    expect(answered).toBeGreaterThan(500);
  });

  it('agrees when a manifest is cut or changed anywhere', () => {
    for (let index = 0; index < PLAIN.length; index++) {
      for (const text of [
        PLAIN.slice(0, index),
        PLAIN.slice(0, index) + PLAIN.slice(index + 1),
        `${PLAIN.slice(0, index)} ${PLAIN.slice(index)}`,
        `${PLAIN.slice(0, index)}:${PLAIN.slice(index)}`,
        `${PLAIN.slice(0, index)}\n${PLAIN.slice(index)}`,
      ]) {
        expect(outcome(readManifest, text)).toEqual(outcome(readWholeManifest, text));
      }
    }
  });
});
