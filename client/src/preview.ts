/** The rendered manifest beside its template: a virtual document that follows edits, files on disk, and the line at the caret. */

import {
  commands,
  type Disposable,
  EventEmitter,
  languages,
  Range,
  type TextEditor,
  TextEditorRevealType,
  ThemeColor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  CHANGED_NOTIFICATION,
  RENDERED_MANIFEST_REQUEST,
  type RenderedManifest,
  type RenderedManifestParams,
  SETTINGS_SECTION,
} from '../../server/src/features/protocol.ts';
import { t } from './l10n.ts';

const SCHEME = 'kube-safeguards-rendered';
/** Typing goes on for this long, in ms, before the preview follows. */
const DELAY = 150;

export function registerPreview(client: BaseLanguageClient): Disposable[] {
  const preview = new Preview(client);
  return [
    preview,
    workspace.registerTextDocumentContentProvider(SCHEME, preview),
    commands.registerCommand(`${SETTINGS_SECTION}.previewRenderedManifest`, (uri?: Uri) => preview.show(uri)),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme !== SCHEME) preview.refresh();
    }),
    client.onNotification(CHANGED_NOTIFICATION, () => preview.refresh()),
    window.onDidChangeTextEditorSelection(({ textEditor }) => preview.follow(textEditor)),
    workspace.onDidCloseTextDocument(({ uri }) => preview.forget(uri)),
  ];
}

class Preview implements Disposable {
  readonly #client: BaseLanguageClient;
  readonly #changes = new EventEmitter<Uri>();
  readonly onDidChange = this.#changes.event;
  readonly #highlight = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.rangeHighlightBackground'),
  });
  /** By the preview's address: the line of the template for each of its lines. */
  readonly #sources = new Map<string, readonly number[]>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
  }

  async show(given: Uri | undefined): Promise<void> {
    const template = given ?? window.activeTextEditor?.document.uri;
    if (template === undefined || template.scheme === SCHEME) return;
    const source = window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === template.toString(),
    );
    const document = await workspace.openTextDocument(previewOf(template));
    if (document.languageId !== 'yaml') await languages.setTextDocumentLanguage(document, 'yaml');
    await window.showTextDocument(document, {
      viewColumn: ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
    });
    if (source !== undefined) this.follow(source);
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const params: RenderedManifestParams = {
      uri: this.#client.code2ProtocolConverter.asUri(templateOf(uri)),
    };
    if (!this.#client.isRunning()) return `# ${t('The server of Kube Safeguards is not running.')}\n`;
    const rendered: RenderedManifest | null = await this.#client.sendRequest(
      RENDERED_MANIFEST_REQUEST,
      params,
    );
    if (rendered === null) return `# ${t('This file is no template of a Helm chart.')}\n`;
    this.#sources.set(uri.toString(), rendered.sources);
    return rendered.text;
  }

  refresh(): void {
    if (this.#sources.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const uri of this.#sources.keys()) this.#changes.fire(Uri.parse(uri));
    }, DELAY);
  }

  forget(uri: Uri): void {
    this.#sources.delete(uri.toString());
  }

  /** Shows on the other side what the line at the caret has become, or where it comes from. */
  follow(editor: TextEditor): void {
    if (editor !== window.activeTextEditor) return;
    const { uri } = editor.document;
    const isPreview = uri.scheme === SCHEME;
    const other = isPreview ? templateOf(uri) : previewOf(uri);
    const beside = window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === other.toString(),
    );
    const sources = this.#sources.get((isPreview ? uri : other).toString());
    if (beside === undefined || sources === undefined) return;
    const { line } = editor.selection.active;
    const lines = isPreview ? [sources[line] ?? -1] : linesFrom(sources, line);
    const shown = lines.filter((candidate) => candidate >= 0).map((at) => new Range(at, 0, at, 0));
    beside.setDecorations(this.#highlight, shown);
    editor.setDecorations(this.#highlight, []);
    const [first] = shown;
    if (first !== undefined) beside.revealRange(first, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changes.dispose();
    this.#highlight.dispose();
  }
}

/** The lines that come from a line, or else from the nearest one above it. */
function linesFrom(sources: readonly number[], line: number): number[] {
  const nearest = sources.reduce((last, source) => (last < source && source <= line ? source : last), -1);
  return sources.flatMap((source, index) => (source === nearest && source >= 0 ? index : []));
}

/** The preview's address holds the template's, and ends with a name that says what it is. */
function previewOf(template: Uri): Uri {
  const name = template.path.split('/').at(-1) ?? '';
  const path = `${template.path.slice(0, template.path.length - name.length)}Rendered ${name}`;
  return Uri.from({ scheme: SCHEME, path, query: template.toString() });
}

function templateOf(preview: Uri): Uri {
  return Uri.parse(preview.query);
}
