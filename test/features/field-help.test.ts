import { beforeAll, describe, expect, it } from 'vitest';
import { completeField, hoverField } from '../../server/src/features/field-help.ts';
import { PLAIN_TEXT } from '../../server/src/features/markup.ts';
import type { KubernetesSchemas } from '../../server/src/kubernetes/schema/schemas.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { LineIndex } from '../../server/src/syntax/lines.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';

let schemas: KubernetesSchemas;
beforeAll(async () => {
  schemas = await loadKubernetesSchemas();
});

/** `│` marks the caret. */
function at(marked: string) {
  const offset = marked.indexOf('│');
  const text = marked.replace('│', '');
  return { documents: splitDocuments(text), position: new LineIndex(text).positionAt(offset) };
}

function completions(marked: string) {
  const { documents, position } = at(marked);
  return completeField(documents, position, { schemas, markup: PLAIN_TEXT });
}

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n';

describe('completion of fields', () => {
  it('offers the fields of the map that is being typed, but those that it has', () => {
    const labels = completions(`${POD}spec:\n  hostNetwork: false\n  ser│\n  containers: []\n`).map(
      ({ label }) => label,
    );
    expect(labels).toContain('serviceAccountName');
    expect(labels).not.toContain('hostNetwork');
    expect(labels).not.toContain('containers');
  });

  it('knows where it is in lists, in later documents and in broken text', () => {
    const labels = completions(
      `${POD}---\n${POD}spec:\n  containers:\n    - name: api\n      securityContext:\n        run│\n    - {\n`,
    );
    expect(labels.map(({ label }) => label)).toEqual(expect.arrayContaining(['runAsNonRoot', 'runAsUser']));
  });

  it('renames a key and leaves what stands behind it', () => {
    for (const line of ['  secur│ity:\n    runAsNonRoot: true', '  │x: {} # why', '  securityCon│text:']) {
      const edit = completions(`${POD}spec:\n${line}\n  containers: []\n`).find(
        ({ label }) => label === 'securityContext',
      )?.textEdit;
      const end = line.replace('│', '').indexOf(':');
      expect(edit).toEqual({
        range: { start: { line: 5, character: 2 }, end: { line: 5, character: end } },
        newText: 'securityContext',
      });
    }
  });

  it('replaces the word and goes on below the key where a map or a list follows', () => {
    const byLabel = new Map(completions(`${POD}spec:\n  vol│\n`).map((item) => [item.label, item.textEdit]));
    expect(byLabel.get('volumes')).toEqual({
      range: { start: { line: 5, character: 2 }, end: { line: 5, character: 5 } },
      newText: 'volumes:\n  - ',
    });
    expect(byLabel.get('hostPID')?.newText).toBe('hostPID: ');
    expect(byLabel.get('securityContext')?.newText).toBe('securityContext:\n  ');
  });

  it('offers the values that a field knows', () => {
    expect(completions(`${POD}spec:\n  restartPolicy: │\n`).map(({ label }) => label)).toEqual([
      'Always',
      'OnFailure',
      'Never',
    ]);
    expect(completions(`${POD}spec:\n  hostPID: t│\n`).map(({ label }) => label)).toEqual(['true', 'false']);
  });

  it('offers nothing in files that are no manifests', () => {
    expect(completions('services:\n  web:\n    im│\n')).toEqual([]);
  });
});

describe('hover on fields', () => {
  it('tells what the API says of a key', () => {
    const { documents, position } = at(`${POD}spec:\n  hostNet│work: false\n`);
    const hover = hoverField(documents, position, { schemas, markup: PLAIN_TEXT });
    expect(hover?.range).toEqual({ start: { line: 5, character: 2 }, end: { line: 5, character: 13 } });
    expect(JSON.stringify(hover?.contents)).toMatch(/hostNetwork: boolean.*[Hh]ost/);
  });

  it('says nothing on values and on unknown kinds', () => {
    for (const marked of [
      `${POD}spec:\n  hostNetwork: fal│se\n`,
      'apiVersion: clinic.example/v1\nkind: Portal\nsp│ec: {}\n',
    ]) {
      const { documents, position } = at(marked);
      expect(hoverField(documents, position, { schemas, markup: PLAIN_TEXT })).toBeUndefined();
    }
  });
});
