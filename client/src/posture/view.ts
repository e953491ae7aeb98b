/** The posture of the workspace in its own view: asked for while somebody looks at it, a moment after something has changed. */

import {
  CancellationTokenSource,
  commands,
  type Disposable,
  EventEmitter,
  languages,
  type Memento,
  type ProviderResult,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  type Uri,
  window,
} from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import {
  POSTURE_REQUEST,
  type Posture,
  SETTINGS_SECTION,
  type Status,
} from '../../../server/src/features/protocol.ts';
import { plural, t } from '../l10n.ts';
import type { StatusUpdates } from '../status-updates.ts';
import { fixNodes, sayNodeIsGone } from './fix.ts';
import { findingItem, groupItem } from './items.ts';
import { GROUPINGS, type Grouping, type GroupNode, type PostureNode, postureTree } from './model.ts';
import { errors, groupedBy, groupingNames, labels } from './texts.ts';

const POSTURE_VIEW = `${SETTINGS_SECTION}.posture`;

/** Where the grouping is remembered. */
const GROUPING_KEY = 'posture.grouping';

/** Changes go on for this long, in ms, before the view asks again. */
const DELAY = 500;

export function registerPosture(
  client: BaseLanguageClient,
  updates: StatusUpdates,
  memory: Memento,
): Disposable[] {
  const view = new PostureView(client, memory);
  const command = (name: string, run: (node?: PostureNode) => unknown) =>
    commands.registerCommand(`${POSTURE_VIEW}.${name}`, run);
  return [
    view,
    commands.registerCommand(`${SETTINGS_SECTION}.showPosture`, () =>
      commands.executeCommand(`${POSTURE_VIEW}.focus`),
    ),
    command('groupBy', () => view.chooseGrouping()),
    command('filter', () => view.chooseFilter()),
    command('clearFilter', () => view.setFilter('')),
    command('refresh', () => view.refresh()),
    command('fix', (node) => (node ? fixNodes(client, [node]) : sayNodeIsGone())),
    updates.onChange((status) => view.follow(status)),
    languages.onDidChangeDiagnostics(() => view.refreshSoon()),
    client.onDidChangeState(() => view.refreshSoon()),
  ];
}

class PostureView implements TreeDataProvider<PostureNode>, Disposable {
  readonly #client: BaseLanguageClient;
  readonly #memory: Memento;
  readonly #changes = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #view: TreeView<PostureNode>;
  #grouping: Grouping;
  #filter = '';
  #posture: Posture | undefined;
  #tree: readonly GroupNode[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #request: CancellationTokenSource | undefined;
  /** Whether something may have changed since the last answer. */
  #isStale = true;

  constructor(client: BaseLanguageClient, memory: Memento) {
    this.#client = client;
    this.#memory = memory;
    const remembered = memory.get<Grouping>(GROUPING_KEY, 'safeguard');
    this.#grouping = GROUPINGS.includes(remembered) ? remembered : 'safeguard';
    this.#view = window.createTreeView(POSTURE_VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#view.onDidChangeVisibility(({ visible }) => {
      if (visible && this.#isStale) void this.refresh();
    });
    this.#show();
  }

  getTreeItem(node: PostureNode): TreeItem {
    const toUri = (uri: string): Uri => this.#client.protocol2CodeConverter.asUri(uri);
    return node.type === 'group' ? groupItem(node, toUri) : findingItem(node, toUri);
  }

  getChildren(node?: PostureNode): ProviderResult<PostureNode[]> {
    if (node === undefined) return [...this.#tree];
    return node.type === 'group' ? [...node.children] : [];
  }

  /** The container shows how many errors there are, also while the view is closed. */
  follow({ errors: count }: Status): void {
    this.#view.badge = count === 0 ? undefined : { value: count, tooltip: errors(count) };
    this.refreshSoon();
  }

  refreshSoon(): void {
    this.#isStale = true;
    if (!this.#view.visible) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), DELAY);
  }

  /** Asks the server, and gives up what was asked before. */
  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    this.#request?.cancel();
    if (this.#client.state !== State.Running) {
      this.#posture = undefined;
      this.#show();
      return;
    }
    const request = new CancellationTokenSource();
    this.#request = request;
    this.#isStale = false;
    try {
      const posture = await this.#client.sendRequest<Posture>(POSTURE_REQUEST, request.token);
      if (request.token.isCancellationRequested) return;
      // Most changes leave the findings as they are, and a tree that is read again has no nodes for a moment.
      if (JSON.stringify(posture) === JSON.stringify(this.#posture)) return;
      this.#posture = posture;
      this.#show();
    } catch (error) {
      if (request.token.isCancellationRequested) return;
      // The next change asks again.
      this.#isStale = true;
      this.#client.warn('The posture could not be read', error, false);
    }
  }

  async chooseGrouping(): Promise<void> {
    const names = groupingNames();
    const picks = GROUPINGS.map((grouping) => ({
      label: names[grouping],
      grouping,
      ...(grouping === this.#grouping && { description: t('current') }),
    }));
    const chosen = await window.showQuickPick(picks, { placeHolder: t('Group findings by') });
    if (chosen === undefined) return;
    this.#grouping = chosen.grouping;
    await this.#memory.update(GROUPING_KEY, chosen.grouping);
    this.#show();
  }

  /** The view follows what is typed; Escape takes it back. */
  chooseFilter(): void {
    const before = this.#filter;
    const input = window.createInputBox();
    input.value = before;
    input.placeholder = t('Words in a rule, a message, a file, a resource or a provision');
    input.prompt = t('Show findings with all of these words');
    let isAccepted = false;
    input.onDidChangeValue((value) => this.setFilter(value));
    input.onDidAccept(() => {
      isAccepted = true;
      input.hide();
    });
    input.onDidHide(() => {
      if (!isAccepted) this.setFilter(before);
      input.dispose();
    });
    input.show();
  }

  setFilter(filter: string): void {
    this.#filter = filter.trim();
    this.#show();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#request?.cancel();
    this.#view.dispose();
    this.#changes.dispose();
  }

  #show(): void {
    const [posture, grouping, filter] = [this.#posture, this.#grouping, this.#filter];
    this.#tree = posture === undefined ? [] : postureTree(posture, { grouping, filter, labels: labels() });
    const by = groupedBy(grouping);
    this.#view.description = filter === '' ? by : `${by} · “${filter}”`;
    const left = posture?.leftOut ?? 0;
    this.#view.message =
      left > 0 ? plural(left, '1 more finding is not shown.', '{0} more findings are not shown.') : '';
    void commands.executeCommand('setContext', `${POSTURE_VIEW}.isFiltered`, filter !== '');
    void commands.executeCommand('setContext', `${POSTURE_VIEW}.state`, this.#state());
    this.#changes.fire();
  }

  /** What an empty view has to explain. */
  #state(): 'off' | 'reading' | 'clean' | 'filtered' {
    if (this.#posture === undefined) return this.#client.state === State.Stopped ? 'off' : 'reading';
    return this.#filter === '' ? 'clean' : 'filtered';
  }
}
