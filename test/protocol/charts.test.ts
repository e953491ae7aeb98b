import { describe, expect, it, onTestFinished } from 'vitest';
import type {
  CompletionItem,
  Hover,
  InlayHint,
  Location,
  MarkupContent,
  Position,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { RenderedManifest } from '../../server/src/features/protocol.ts';
import { LineIndex } from '../../server/src/syntax/lines.ts';
import { connectInProcess, type TestClient } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const ROOT = 'file:///work/portal';

const FILES: Readonly<Record<string, string>> = {
  'Chart.yaml': `apiVersion: v2
name: portal
version: 1.0.0
dependencies:
  - { name: cache, version: 1.x.x }
  - name: queue
    version: 1.x.x
    condition: queue.enabled
`,
  'values.yaml': `replicas: 2
image:
  repository: registry.example.com/portal
  tag: "1.4.2"
database:
  password: winter-rain
hosts:
  - name: a.example.com
cache:
  size: 3
global:
  region: eu
queue: {enabled: false}
`,
  'values-prod.yaml': 'image: {tag: 1.5.0}\n',
  'values.schema.json': `{"required": ["image"], "properties": {"image": {"required": ["tag"], "properties": {"tag": {"type": "string"}}}}}`,
  'conf/app.ini': '[app]\n',
  'templates/_helpers.tpl': `{{/* The name of everything. */}}
{{- define "portal.name" -}}
{{ .Release.Name }}-portal
{{- end -}}
{{- define "portal.image" -}}
{{ .repository }}:{{ .tag }}
{{- end -}}
`,
  'templates/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "portal.name" . }}
  labels:
    region: {{ .Values.global.region }}
spec:
  replicas: {{ .Values.replicas }}
  {{- with .Values.image }}
  image: {{ include "portal.image" . | quote }}
  tag: {{ .tag | quote }}
  {{- end }}
  {{- range .Values.hosts }}
  host: {{ .name }}
  {{- end }}
  password: {{ .Values.database.password }}
  data: {{ .Files.Get "conf/app.ini" | quote }}
---
kind: Service
metadata: {name: {{ $.Values.image.tag | quote }}}
`,
  'charts/queue/Chart.yaml': 'apiVersion: v2\nname: queue\nversion: 1.0.0\n',
  'charts/queue/values.yaml': 'workers: 4\n',
  'charts/queue/templates/a.yaml': 'kind: Secret\ndata: {workers: "{{ .Values.workers }}"}\n',
  'charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.2.3\n',
  'charts/cache/values.yaml': 'size: 1\nmode: lru\n',
  'charts/cache/templates/a.yaml':
    'kind: ConfigMap\ndata: {size: "{{ .Values.size }}", mode: {{ .Values.mode }}}\n',
};

const uriOf = (path: string) => `${ROOT}/${path}`;

interface Chart {
  readonly client: TestClient;
  /** Opens a file, whose caret is marked by │ unless the marked text is found in it. */
  caret(path: string, marked: string): Promise<{ textDocument: { uri: string }; position: Position }>;
  textAt(location: Location): string;
  texts: Map<string, string>;
}

async function openChart(
  more: Readonly<Record<string, string>> = {},
  settings: unknown = {},
): Promise<Chart> {
  const texts = new Map(Object.entries({ ...FILES, ...more }));
  const files = Object.fromEntries([...texts].map(([path, text]) => [uriOf(path), text]));
  const client = connectInProcess({ fileSystem: new MemoryFileSystem(files) });
  onTestFinished(() => client.connection.dispose());
  client.settings = settings;
  await client.initialize(
    {
      workspace: { configuration: true },
      textDocument: { hover: { contentFormat: ['markdown'] } },
    },
    { workspaceFolders: [{ uri: ROOT, name: 'portal' }] },
  );
  return {
    client,
    texts,
    async caret(path, marked) {
      const text = texts.get(path) ?? '';
      const plain = marked.replace('│', '');
      const at = text.indexOf(plain);
      if (at === -1) throw new Error(`${path} has no ${plain}`);
      await client.open(uriOf(path), text, path.endsWith('.tpl') ? 'helm' : 'yaml');
      return {
        textDocument: { uri: uriOf(path) },
        position: new LineIndex(text).positionAt(at + marked.indexOf('│')),
      };
    },
    textAt({ uri, range }) {
      const path = uri.slice(ROOT.length + 1);
      const text = texts.get(path) ?? '';
      const lines = new LineIndex(text);
      const [start, end] = [lines.offsetAt(range.start), lines.offsetAt(range.end)];
      return `${path}:${range.start.line + 1}: ${text.slice(start, end)}`;
    },
  };
}

describe('hover in a chart', () => {
  const hover = async (path: string, marked: string, more = {}) => {
    const chart = await openChart(more);
    const result = await chart.client.connection.sendRequest<Hover | null>(
      'textDocument/hover',
      await chart.caret(path, marked),
    );
    return (result?.contents as MarkupContent | undefined)?.value;
  };

  it('shows a value and where it comes from', async () => {
    const text = await hover('templates/web.yaml', '$.Values.image.t│ag');
    expect(text).toContain('**.Values.image.tag**');
    expect(text).toContain('```yaml\n1.4.2\n```');
    expect(text).toContain(`[values.yaml:4](${uriOf('values.yaml')}#L4)`);
    expect(text).toContain(`[values-prod.yaml:1](${uriOf('values-prod.yaml')}#L1)`);
  });

  it('knows what the point is in blocks, loops and helpers', async () => {
    expect(await hover('templates/web.yaml', '{{ .t│ag | quote }}')).toContain('.Values.image.tag');
    expect(await hover('templates/web.yaml', 'host: {{ .na│me }}')).toContain('a.example.com');
    expect(await hover('templates/_helpers.tpl', '{{ .repo│sitory }}')).toContain(
      'registry.example.com/portal',
    );
  });

  it('gives a subchart the values that its parent sets', async () => {
    expect(await hover('charts/cache/templates/a.yaml', '.Values.si│ze')).toContain('```yaml\n3\n```');
    expect(await hover('charts/cache/templates/a.yaml', '.Values.mo│de')).toContain(
      'charts/cache/values.yaml:2',
    );
  });

  it('knows the defaults of a dependency that is switched off', async () => {
    expect(await hover('charts/queue/templates/a.yaml', '.Values.wor│kers')).toContain('```yaml\n4\n```');
  });

  it('never shows what is named like a secret', async () => {
    for (const marked of [
      '.Values.database.pass│word',
      '.Values.data│base',
      '{{ .Val│ues.database',
      '{│{ .Values.database',
    ]) {
      const text = await hover('templates/web.yaml', marked);
      expect(text).toContain('••••••');
      expect(text).not.toContain('winter-rain');
    }
  });

  it('tells what an action writes, also through helpers', async () => {
    expect(await hover('templates/web.yaml', '{{│ include "portal.image"')).toContain(
      'registry.example.com/portal:1.4.2',
    );
  });

  it('tells of templates, functions and objects', async () => {
    expect(await hover('templates/web.yaml', '"portal.n│ame"')).toContain('The name of everything.');
    expect(await hover('templates/web.yaml', '| qu│ote }}\n  {{- end')).toContain('`quote VALUE…`');
    expect(await hover('templates/_helpers.tpl', '.Release.Na│me')).toContain('The name of the release.');
  });

  it('tells where a value is used', async () => {
    const text = await hover('values.yaml', 'ta│g: "1.4.2"');
    expect(text).toContain('Used in');
    expect(text).toContain('templates/web.yaml:11');
    expect(text).toContain('templates/\\_helpers.tpl:6');
    expect(await hover('values.yaml', 'un│used: 1', { 'values.yaml': 'unused: 1\n' })).toContain(
      'No template',
    );
  });
});

describe('navigation in a chart', () => {
  const locationsOf = async (method: string, path: string, marked: string, params = {}) => {
    const chart = await openChart();
    const found = await chart.client.connection.sendRequest<Location[]>(method, {
      ...(await chart.caret(path, marked)),
      ...params,
    });
    return found.map(chart.textAt);
  };
  const definition = (path: string, marked: string) => locationsOf('textDocument/definition', path, marked);
  const references = (path: string, marked: string) =>
    locationsOf('textDocument/references', path, marked, { context: { includeDeclaration: true } });

  it('goes to values, named templates and files', async () => {
    expect(await definition('templates/web.yaml', '$.Values.image.t│ag')).toEqual([
      'values.yaml:4: tag',
      'values-prod.yaml:1: tag',
    ]);
    expect(await definition('templates/web.yaml', '"portal.na│me"')).toEqual([
      'templates/_helpers.tpl:2: portal.name',
    ]);
    expect(await definition('templates/web.yaml', '"conf/a│pp.ini"')).toEqual(['conf/app.ini:1: ']);
    expect(await definition('charts/cache/templates/a.yaml', '.Values.si│ze')).toEqual([
      'values.yaml:10: size',
      'charts/cache/values.yaml:1: size',
    ]);
  });

  it('finds all uses of a value', async () => {
    const all = [
      'values.yaml:4: tag',
      'values-prod.yaml:1: tag',
      'templates/_helpers.tpl:6: tag',
      'templates/web.yaml:11: tag',
      'templates/web.yaml:20: tag',
    ];
    expect((await references('values.yaml', 'ta│g: "1.4.2"')).sort()).toEqual(all.sort());
    expect((await references('templates/web.yaml', '$.Values.image.ta│g')).sort()).toEqual(all.sort());
    expect(await references('values.yaml', 'en│abled')).toContain('Chart.yaml:8: enabled');
  });

  it('finds all uses of a named template', async () => {
    expect(await references('templates/_helpers.tpl', '"portal.na│me"')).toEqual([
      'templates/_helpers.tpl:2: portal.name',
      'templates/web.yaml:4: portal.name',
    ]);
  });
});

describe('completion in a chart', () => {
  /** The labels at │, after typing it into the file. */
  const complete = async (path: string, typed: string, more = {}) => {
    const chart = await openChart({ ...more, [path]: typed.replace('│', '') });
    const items = await chart.client.connection.sendRequest<CompletionItem[]>(
      'textDocument/completion',
      await chart.caret(path, typed),
    );
    return items;
  };
  const labels = async (path: string, typed: string) =>
    (await complete(path, typed)).map(({ label }) => label);

  it.each([
    ['a: {{ .Values.│ }}\n', ['replicas', 'image', 'database', 'hosts', 'cache', 'global', 'queue']],
    ['a: {{ .Values.image.│\nb: {{ .Values.replicas }}\n', ['repository', 'tag']],
    ['a: {{ .Values.image.ta│g | quote }}\n', ['repository', 'tag']],
    ['{{ with .Values.image }}\na: {{ .│ }}\n{{ end }}\n', ['repository', 'tag']],
    ['{{ range .Values.hosts }}\na: {{ .│ }}\n{{ end }}\n', ['name']],
    ['{{ $x := .Values.image }}\na: {{ $x.│\n', ['repository', 'tag']],
    ['a: {{ if and .Values.replicas (eq .Values.image.│ "x") }}{{ end }}\n', ['repository', 'tag']],
    ['a: {{ $.│ }}\n', ['Values', 'Release', 'Chart', 'Files', 'Capabilities', 'Template', 'Subcharts']],
    ['a: {{ .Files.Get "│" }}\n', ['conf/app.ini', 'values-prod.yaml']],
    ['a: {{ include "portal.│', ['portal.image', 'portal.name']],
  ])('%j', async (typed, expected) => {
    expect(await labels('templates/new.yaml', typed)).toEqual(expect.arrayContaining(expected));
    if (!typed.includes('$.│'))
      expect((await labels('templates/new.yaml', typed)).length).toBe(expected.length);
  });

  it('knows what a helper is given', async () => {
    const helpers = FILES['templates/_helpers.tpl']?.replace('{{ .tag }}', '{{ .│ }}') ?? '';
    expect(await labels('templates/_helpers.tpl', helpers)).toEqual(['repository', 'tag']);
  });

  it('offers functions with what they do', async () => {
    const items = await complete('templates/new.yaml', 'a: {{ .Values.replicas | to│ }}\n');
    const toYaml = items.find(({ label }) => label === 'toYaml');
    expect(toYaml).toMatchObject({ detail: 'toYaml VALUE' });
    expect(JSON.stringify(toYaml?.documentation)).toContain('The value as YAML');
  });

  it('shows the value beside its name', async () => {
    const items = await complete('templates/new.yaml', 'a: {{ .Values.image.│ }}\n');
    expect(items.find(({ label }) => label === 'tag')).toMatchObject({
      detail: '1.4.2',
      textEdit: {
        newText: 'tag',
        range: { start: { line: 0, character: 20 }, end: { line: 0, character: 20 } },
      },
    });
  });

  it('leaves text outside of actions alone', async () => {
    expect(await complete('templates/new.yaml', 'a: {{ .Values.replicas }} .│\n')).toEqual([]);
  });
});

describe('renaming in a chart', () => {
  const rename = async (path: string, marked: string, newName: string, more = {}) => {
    const chart = await openChart(more);
    const edit = await chart.client.connection.sendRequest<WorkspaceEdit | null>('textDocument/rename', {
      ...(await chart.caret(path, marked)),
      newName,
    });
    return Object.fromEntries(
      Object.entries(edit?.changes ?? {}).map(([uri, edits]) => {
        const file = uri.slice(ROOT.length + 1);
        return [file, applied(chart.texts.get(file) ?? '', edits)];
      }),
    );
  };

  it('renames a value in values files, templates and the schema', async () => {
    const changed = await rename('values.yaml', 'ta│g: "1.4.2"', 'version');
    expect(changed['values.yaml']).toBe(FILES['values.yaml']?.replace('tag:', 'version:'));
    expect(changed['values-prod.yaml']).toBe('image: {version: 1.5.0}\n');
    expect(changed['templates/_helpers.tpl']).toContain('{{ .version }}');
    expect(changed['templates/web.yaml']).toContain('{{ .version | quote }}');
    expect(changed['templates/web.yaml']).toContain('$.Values.image.version');
    expect(JSON.parse(changed['values.schema.json'] ?? '').properties.image).toEqual({
      required: ['version'],
      properties: { version: { type: 'string' } },
    });
  });

  it('renames maps, conditions, and values of subcharts', async () => {
    const changed = await rename('values.yaml', 'im│age:', 'picture');
    expect(changed['templates/web.yaml']).toContain('with .Values.picture');
    expect(JSON.parse(changed['values.schema.json'] ?? '').required).toEqual(['picture']);
    const conditions = await rename('values.yaml', 'ena│bled', 'on_demand');
    expect(conditions['Chart.yaml']).toContain('condition: queue.on_demand');
    const sub = await rename('charts/cache/templates/a.yaml', '.Values.si│ze', 'megabytes');
    expect(Object.keys(sub).sort()).toEqual([
      'charts/cache/templates/a.yaml',
      'charts/cache/values.yaml',
      'values.yaml',
    ]);
  });

  it('renames a named template', async () => {
    const changed = await rename('templates/web.yaml', '"portal.na│me"', 'portal.fullname');
    expect(changed['templates/_helpers.tpl']).toContain('define "portal.fullname"');
    expect(changed['templates/web.yaml']).toContain('include "portal.fullname"');
  });

  it.each([
    ['ta│g: "1.4.2"', 'repository', /already/],
    ['ta│g: "1.4.2"', 'new-tag', /behind a point/],
    ['ta│g: "1.4.2"', 'a b', /begin with/],
    ['ta│g: "1.4.2"', 'yes', /begin with/],
  ])('refuses %s as %s', async (marked, newName, reason) => {
    await expect(rename('values.yaml', marked, newName)).rejects.toThrow(reason);
  });
});

describe('inlay hints in a chart', () => {
  const hints = async (settings: unknown) => {
    const chart = await openChart({}, settings);
    const { textDocument } = await chart.caret('templates/web.yaml', '│apiVersion');
    const found = await chart.client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
      textDocument,
      range: { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } },
    });
    return found.map(({ position, label }) => `${position.line + 1}: ${label}`);
  };

  it('are off unless asked for', async () => {
    expect(await hints({})).toEqual([]);
  });

  it('show what actions write', async () => {
    expect(await hints({ helm: { inlayHints: true } })).toEqual([
      '4: release-name-portal',
      '6: eu',
      '8: 2',
      '10: "registry.example.com/portal:1.4.2"',
      '11: "1.4.2"',
      '14: a.example.com',
      '16: ••••••',
      '17: "[app]\\n"',
      '20: "1.4.2"',
    ]);
  });
});

describe('the preview of a template', () => {
  const preview = async (text: string) => {
    const chart = await openChart({ 'templates/web.yaml': text });
    const { textDocument } = await chart.caret('templates/web.yaml', '│');
    return chart.client.connection.sendRequest<RenderedManifest | null>(
      'kubeSafeguards/renderedManifest',
      textDocument,
    );
  };

  it('shows the manifest, and which line made each of its lines', async () => {
    const { text = '', sources = [] } = (await preview(FILES['templates/web.yaml'] ?? '')) ?? {};
    const lines = text.split('\n');
    const sourceOf = (line: string) => {
      const at = lines.findIndex((candidate) => candidate.includes(line));
      return at === -1 ? 'absent' : (sources[at] ?? -1) + 1;
    };
    expect(lines[0]).toBe('---');
    expect(sourceOf('kind: Deployment')).toBe(2);
    expect(sourceOf('name: release-name-portal')).toBe(4);
    expect(sourceOf('replicas: 2')).toBe(8);
    expect(sourceOf('image: "registry')).toBe(10);
    expect(sourceOf('tag: "1.4.2"')).toBe(11);
    expect(sourceOf('host: a.example.com')).toBe(14);
    expect(sourceOf('kind: Service')).toBe(19);
    expect(sourceOf('metadata: {name: "1.4.2"}')).toBe(20);
  });

  it('says why there is none', async () => {
    expect((await preview('a: {{ fail "no" }}\n'))?.text).toContain(
      '# execution error at (portal/templates/web.yaml:1:6): no',
    );
    expect((await preview('{{ if .Values.x }}a: b{{ end }}\n'))?.text).toContain('renders to nothing');
    expect((await preview('a: {{ if }'))?.text).toContain('# parse error at (portal/templates/web.yaml:1)');
  });
});

describe('broken charts', () => {
  it.each([
    ['templates/web.yaml', '{{ if .Values.image }}\na: {{ .Values.image.tag | }}\n{{ range'],
    ['templates/web.yaml', '{{ "'],
    ['values.yaml', 'image: {tag: [\n'],
    ['Chart.yaml', ': :'],
  ])('%s as %j is answered anywhere', async (path, text) => {
    const chart = await openChart({ [path]: text });
    await chart.client.open(uriOf(path), text);
    for (let line = 0; line < 3; line++) {
      for (const character of [0, 5, 9, 20, 24]) {
        const params = { textDocument: { uri: uriOf(path) }, position: { line, character } };
        for (const method of ['hover', 'definition', 'references', 'completion', 'prepareRename']) {
          await chart.client.connection.sendRequest(`textDocument/${method}`, {
            ...params,
            context: { includeDeclaration: true, triggerKind: 1 },
          });
        }
      }
    }
    expect(chart.client.logged.filter((line) => line.includes('failed'))).toEqual([]);
  });

  it('keeps the last state of values that could be read', async () => {
    const chart = await openChart();
    await chart.caret('values.yaml', '│replicas');
    const place = await chart.caret('templates/web.yaml', '$.Values.image.t│ag');
    const hover = () => chart.client.connection.sendRequest<Hover | null>('textDocument/hover', place);
    await hover();
    await chart.client.change(uriOf('values.yaml'), 2, [{ text: `${FILES['values.yaml']}broken: [\n` }]);
    expect(JSON.stringify(await hover())).toContain('1.4.2');
    await chart.client.change(uriOf('values.yaml'), 3, [{ text: 'image: {tag: 9.9.9}\n' }]);
    expect(JSON.stringify(await hover())).toContain('9.9.9');
  });
});

function applied(text: string, edits: readonly TextEdit[]): string {
  const lines = new LineIndex(text);
  return edits
    .map(({ range, newText }) => ({
      start: lines.offsetAt(range.start),
      end: lines.offsetAt(range.end),
      newText,
    }))
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}
