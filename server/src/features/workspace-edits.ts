import type {
  ClientCapabilities,
  CreateFile,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';

/** Which forms of edits the client understands. */
export interface EditCapabilities {
  /** Edits that name the version they were made for. */
  readonly versions: boolean;
  readonly snippets: boolean;
  readonly createFiles: boolean;
}

export function editCapabilitiesOf(workspace: ClientCapabilities['workspace']): EditCapabilities {
  const edit = workspace?.workspaceEdit;
  const versions = edit?.documentChanges === true;
  return {
    versions,
    snippets: versions && edit?.snippetEditSupport === true,
    createFiles: versions && edit?.resourceOperations?.includes('create') === true,
  };
}

/** Edits of one file; without a version when the file is not open. */
export interface FileEdits {
  readonly uri: string;
  readonly version: number | null;
  readonly edits: readonly (TextEdit | SnippetTextEdit)[];
  /** The file is made first. Only where the client can. */
  readonly isNew?: boolean;
}

export function workspaceEdit(files: readonly FileEdits[], capabilities: EditCapabilities): WorkspaceEdit {
  if (!capabilities.versions) {
    const plain = ({ edits }: FileEdits) => edits.filter((edit) => 'newText' in edit);
    return { changes: Object.fromEntries(files.map((file) => [file.uri, plain(file)])) };
  }
  return {
    documentChanges: files.flatMap(({ uri, version, edits, isNew }): (CreateFile | TextDocumentEdit)[] => [
      ...(isNew === true ? [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }] : []),
      { textDocument: { uri, version }, edits: [...edits] },
    ]),
  };
}
