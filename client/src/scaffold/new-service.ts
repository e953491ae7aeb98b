/** The command that asks about a new service, shows its files, and writes them. */

import {
  commands,
  type Disposable,
  type Tab,
  TabInputText,
  Uri,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FolderSurvey,
  NEW_SERVICE_REQUEST,
  type NewService,
  type NewServiceAnswers,
  type NewServiceParams,
  SETTINGS_SECTION,
  SURVEY_REQUEST,
} from '../../../server/src/features/protocol.ts';
import { t } from '../l10n.ts';
import { whenRunning } from '../when-running.ts';
import { exists, pickFolder } from './folders.ts';
import { questionsFor } from './questions.ts';
import {
  type Answer,
  askChoice,
  askText,
  BACK,
  type Choice,
  type Place,
  runSteps,
  type Step,
} from './steps.ts';

/** Addresses of files that are not written yet. */
const SCHEME = 'kube-safeguards-new';

type ServiceFile = NewService['files'][number];

/** The choice that ends the preview. */
const WRITE = 'write';

interface State {
  readonly answers: NewServiceAnswers;
  /** Below the workspace folder. */
  readonly target: string;
  readonly files: readonly ServiceFile[];
}

export function registerNewService(client: BaseLanguageClient): Disposable[] {
  const shown = new Map<string, string>();
  return [
    workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: ({ path }) => shown.get(path),
    }),
    commands.registerCommand(`${SETTINGS_SECTION}.newService`, async () => {
      if (!(await whenRunning(client))) return;
      const folder = await pickFolder();
      if (folder !== undefined) await new Wizard(client, folder, shown).run();
    }),
  ];
}

/** A folder of which nothing is known. */
const NOTHING: FolderSurvey = {
  namespaces: [],
  phiNamespaces: [],
  registries: [],
  workloads: [],
  meshes: [],
};

/** What a server that has failed says of a service: there is nothing to be written then. */
const NO_SERVICE: NewService = { problems: [], files: [] };

class Wizard {
  readonly #client: BaseLanguageClient;
  readonly #folder: Uri;
  /** Texts of the preview, by path. */
  readonly #shown: Map<string, string>;

  constructor(client: BaseLanguageClient, folder: Uri, shown: Map<string, string>) {
    this.#client = client;
    this.#folder = folder;
    this.#shown = shown;
  }

  async run(): Promise<void> {
    const folder = this.#client.code2ProtocolConverter.asUri(this.#folder);
    const survey: FolderSurvey | null = await this.#client.sendRequest(SURVEY_REQUEST, { folder });
    const questions = questionsFor({
      survey: survey ?? NOTHING,
      problemWith: async (question, answers) => {
        const { problems } = await this.#ask(answers);
        return problems.find((problem) => problem.question === question)?.message;
      },
    });
    const steps: Step<State>[] = [
      ...questions.map(
        (question): Step<State> => ({
          applies: ({ answers }) => question.applies?.(answers) !== false,
          ask: async (state, place) => {
            const answers = await question.ask(state.answers, place);
            return answers === undefined || answers === BACK ? answers : { ...state, answers };
          },
        }),
      ),
      { ask: (state, place) => this.#askTarget(state, place) },
      { ask: (state, place) => this.#preview(state, place) },
    ];
    const state = await runSteps(t('New PHI Service'), steps, { answers: {}, target: '', files: [] });
    await this.#endPreview();
    if (state !== undefined) await this.#write(state);
  }

  /** Where the files go; then they are known, too. */
  async #askTarget(state: State, place: Place): Promise<Answer<State>> {
    const value = state.target || (state.answers.name ?? '');
    const target = await askText(
      {
        prompt: t('The folder for its files, in {0}', workspace.getWorkspaceFolder(this.#folder)?.name ?? ''),
        value,
        problemWith: (path) => this.#targetProblem(path),
      },
      place,
    );
    if (typeof target !== 'string') return target;
    const { files } = await this.#ask(state.answers);
    return { ...state, target, files };
  }

  async #targetProblem(path: string): Promise<string | undefined> {
    const parts = path.split('/');
    if (
      path === '' ||
      parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\'))
    )
      return t('Write the path of a folder, such as {0}.', 'services/records-api');
    const isTaken = await exists(Uri.joinPath(this.#folder, path));
    return isTaken ? t('There is something of that name already, and nothing is overwritten.') : undefined;
  }

  /** Shows the files, each at a choice, until they are to be written. */
  async #preview(state: State, place: Place): Promise<Answer<State>> {
    const { files, target } = state;
    const choices: Choice<ServiceFile | typeof WRITE>[] = [
      { choice: WRITE, label: `$(check) ${t('Write {0} files to {1}', files.length, target)}` },
      ...files.map((file) => ({ choice: file, label: `$(file) ${file.path}` })),
    ];
    let active: ServiceFile | typeof WRITE = WRITE;
    for (;;) {
      const placeholder = t('Look at the files, or write them');
      const chosen: Answer<ServiceFile | typeof WRITE> = await askChoice(
        { placeholder, choices, active },
        place,
      );
      if (chosen === WRITE) return state;
      if (chosen === undefined || chosen === BACK) return chosen;
      active = chosen;
      await this.#show(chosen, target);
    }
  }

  async #show({ path, text }: ServiceFile, target: string): Promise<void> {
    const uri = Uri.from({ scheme: SCHEME, path: `/${target}/${path}` });
    this.#shown.set(uri.path, text);
    await window.showTextDocument(uri, { preview: true, preserveFocus: true, viewColumn: ViewColumn.Active });
  }

  /** Nothing stays open that is no file. */
  async #endPreview(): Promise<void> {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    const isPreview = ({ input }: Tab) => input instanceof TabInputText && input.uri.scheme === SCHEME;
    await window.tabGroups.close(tabs.filter(isPreview));
    this.#shown.clear();
  }

  async #write({ target, files }: State): Promise<void> {
    const folder = Uri.joinPath(this.#folder, target);
    const edit = new WorkspaceEdit();
    const uris = files.map(({ path }) => Uri.joinPath(folder, path));
    for (const [index, uri] of uris.entries()) {
      const contents = new TextEncoder().encode(files[index]?.text);
      edit.createFile(uri, { contents, overwrite: false });
    }
    const isWritten = await workspace.applyEdit(edit);
    const [first] = uris;
    if (isWritten && first !== undefined) await window.showTextDocument(first, { preview: false });
    else void window.showErrorMessage(t('The files cannot be written to {0}.', target));
  }

  async #ask(answers: NewServiceAnswers): Promise<NewService> {
    const folder = this.#client.code2ProtocolConverter.asUri(this.#folder);
    const params: NewServiceParams = { folder, answers };
    return (await this.#client.sendRequest<NewService | null>(NEW_SERVICE_REQUEST, params)) ?? NO_SERVICE;
  }
}
