/** What other extensions say at a place of a document: everybody is asked as the editor asks, and our own answer to that is nothing. */

import { commands, extensions, type Position, type TextDocument } from 'vscode';

export type Help = 'hover' | 'completion';

const COMMANDS: Readonly<Record<Help, string>> = {
  hover: 'vscode.executeHoverProvider',
  completion: 'vscode.executeCompletionItemProvider',
};

export const KUBERNETES_EXTENSION = 'ms-kubernetes-tools.vscode-kubernetes-tools';

/** Whether another extension helps with the language of templates, too. */
export function helpInTemplates({ languageId }: TextDocument): boolean {
  return languageId === 'helm' && extensions.getExtension(KUBERNETES_EXTENSION)?.isActive === true;
}

export class Others {
  /** Where they are being asked. */
  readonly #places = new Set<string>();

  /** Undefined where asking fails, which is no reason to keep silent. */
  async say<Answer>(help: Help, document: TextDocument, position: Position): Promise<Answer | undefined> {
    const place = placeOf(help, document, position);
    this.#places.add(place);
    try {
      return await commands.executeCommand<Answer>(COMMANDS[help], document.uri, position);
    } catch {
      return undefined;
    } finally {
      this.#places.delete(place);
    }
  }

  /** Whether it is only `say` that asks for our help; once, as somebody may ask for the same meanwhile. */
  isAsking(help: Help, document: TextDocument, position: Position): boolean {
    return this.#places.delete(placeOf(help, document, position));
  }
}

function placeOf(help: Help, { uri, version }: TextDocument, { line, character }: Position): string {
  return `${help} ${uri} ${version} ${line}:${character}`;
}
