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

function completions(marked: string, { snippets = false } = {}) {
  const { documents, position } = at(marked);
  return completeField(documents, position, { schemas, markup: PLAIN_TEXT, snippets });
}

/** The text after taking what is offered under a label; `undefined` when it is not offered. */
function completed(marked: string, label: string, options?: { snippets: boolean }): string | undefined {
  const edit = completions(marked, options).find((item) => item.label === label)?.textEdit;
  if (edit === undefined || !('range' in edit)) return undefined;
  const text = marked.replace('│', '');
  const lines = new LineIndex(text);
  const { start, end } = edit.range;
  return text.slice(0, lines.offsetAt(start)) + edit.newText + text.slice(lines.offsetAt(end));
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

describe('completion in braces', () => {
  const inPod = (spec: string) => `${POD}spec: ${spec}\n`;

  it.each([
    ['an empty map', '{ │ }', 'hostPID', '{ hostPID:  }'],
    ['a word', '{ hos│ }', 'hostPID', '{ hostPID:  }'],
    ['behind a comma', '{ hostIPC: false, hos│ }', 'hostPID', '{ hostIPC: false, hostPID:  }'],
    [
      'in a map of a list',
      '{ containers: [{ name: a, im│ }] }',
      'image',
      '{ containers: [{ name: a, image:  }] }',
    ],
    ['a key with a value', '{ host│: true }', 'hostPID', '{ hostPID: true }'],
    ['with quotes', '{ "hos│" }', 'hostPID', '{ "hostPID":  }'],
    ['beside keys in quotes', '{ "hostIPC": false, │ }', 'hostPID', '{ "hostIPC": false, "hostPID":  }'],
    [
      'on lines of its own',
      '{\n    hostIPC: false, # why\n    │\n  }',
      'hostPID',
      '{\n    hostIPC: false, # why\n    hostPID: \n  }',
    ],
    ['a brace that nobody closed', '{ hos│', 'hostPID', '{ hostPID: '],
    ['a value', '{ restartPolicy: │ }', 'Never', '{ restartPolicy: Never }'],
    [
      'a value that is a flag',
      '{ hostPID: f│, hostIPC: true }',
      'false',
      '{ hostPID: false, hostIPC: true }',
    ],
  ])('%s', (_, spec, label, expected) => {
    expect(completed(inPod(spec), label)).toBe(inPod(expected));
  });

  it('leaves out the keys that the map has', () => {
    const labels = completions(inPod('{ hostPID: false, hos│ }')).map(({ label }) => label);
    expect(labels).toContain('hostIPC');
    expect(labels).not.toContain('hostPID');
  });

  it.each([
    ['an item of a list', '{ containers: [ │ ] }'],
    ['a text', '{ nodeName: "a, ho│" }'],
    ['names of the author', '{ nodeSelector: { │ } }'],
    ['behind a value', '{ nodeName: a │ }'],
  ])('offers nothing in %s', (_, spec) => {
    expect(completions(inPod(spec))).toEqual([]);
  });

  it('places the caret where editors can', () => {
    const snippet = (spec: string, label: string) => completed(inPod(spec), label, { snippets: true });
    expect(snippet('{ │ }', 'securityContext')).toBe(inPod('{ securityContext: { $0 } }'));
    expect(snippet('{ │ }', 'volumes')).toBe(inPod('{ volumes: [$0] }'));
    expect(snippet('{ │ }', 'hostPID')).toBe(inPod('{ hostPID: $0 }'));
  });
});

describe('completion in JSON', () => {
  const inPod = (spec: string) => `{
  "apiVersion": "v1",
  "kind": "Pod",
  "metadata": { "name": "a" },
  "spec": {
${spec}
  }
}
`;

  it.each([
    ['an empty line', '    │', 'hostPID', '    "hostPID": $0'],
    ['within quotes', '    "hos│"', 'hostPID', '    "hostPID": $0'],
    ['a quote that nobody closed', '    "hos│', 'hostPID', '    "hostPID": $0'],
    ['a text', '    │', 'nodeName', '    "nodeName": "$0"'],
    ['a map', '    │', 'securityContext', '    "securityContext": {$0}'],
    ['a list', '    │', 'volumes', '    "volumes": [$0]'],
    [
      'above other keys, with the comma that they need',
      '    "hos│"\n    "hostIPC": false',
      'hostPID',
      '    "hostPID": $0,\n    "hostIPC": false',
    ],
    ['a key with a value', '    "ho│st": false', 'hostPID', '    "hostPID": false'],
    ['a value', '    "restartPolicy": "│"', 'Never', '    "restartPolicy": "Never"'],
    ['a value without quotes', '    "restartPolicy": │', 'Never', '    "restartPolicy": "Never"'],
    ['a flag', '    "hostPID": │\n    "hostIPC": true', 'true', '    "hostPID": true,\n    "hostIPC": true'],
  ])('%s', (_, spec, label, expected) => {
    expect(completed(inPod(spec), label, { snippets: true })).toBe(inPod(expected));
  });

  it('compares with all that is replaced', () => {
    const item = completions(inPod('    "hos│"')).find(({ label }) => label === 'hostPID');
    expect(item?.filterText).toBe('"hostPID"');
  });

  it('knows the resources of lists', () => {
    const text =
      '{ "apiVersion": "v1", "kind": "List", "items": [{ "apiVersion": "v1", "kind": "Pod", "spec": { "host│" } }] }';
    expect(completed(text, 'hostPID')).toBe(text.replace('"host│"', '"hostPID": '));
  });

  it('escapes what snippets would read as a variable', () => {
    const text =
      '{ "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "spec": { "versions": [{ "schema": { "openAPIV3Schema": { │ } } }] } }';
    expect(completed(text, '$ref', { snippets: true })).toContain('{ "\\$ref": "$0" }');
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
