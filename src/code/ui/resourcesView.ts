import {
  EventEmitter,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  commands,
  window,
  type TreeDataProvider,
} from 'vscode';
import { handlerReset, serviceReset } from '../index/serviceReset';
import type { Known, KnownService, WorkspaceIndex } from '../index/workspaceIndex';
import { serviceOf } from '../../res/pattern';
import type { ResetMessage } from '../../res/resetMessage';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { commands as ids, contextKeys, internalCommands, views } from '../../shell/ids';
import type { NotConnected } from '../../connections/notConnected';
import { openPlace, placeText } from './places';
import type { ResetFlow } from '../../resets/resetFlow';

type Node =
  | { readonly kind: 'service'; readonly name: string; readonly service?: KnownService }
  | { readonly kind: 'known'; readonly known: Known };

/** The sidebar's tree of what the code serves and uses: services, and below them patterns and names. */
export function registerResourcesView(deps: {
  index: WorkspaceIndex;
  flow: ResetFlow;
  notConnected: NotConnected;
}): Disposable {
  const { index, flow, notConnected } = deps;
  const store = new DisposableStore();
  const changed = store.add(new EventEmitter<undefined>());
  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => {
      if (!node) return serviceNodes(index);
      return node.kind === 'service' ? knownNodes(index, node.name) : [];
    },
    getTreeItem: (node) => (node.kind === 'service' ? serviceItem(node) : knownItem(node.known)),
  };
  const view = store.add(window.createTreeView(views.resources, { treeDataProvider: provider }));
  let hadCode: boolean | undefined;
  const describe = (): void => {
    const hasCode = !index.isEmpty;
    // A message would stand in the place of what is said to an empty view.
    const message = hasCode ? notConnected.text : '';
    if (view.message !== message) view.message = message;
    if (hasCode === hadCode) return;
    hadCode = hasCode;
    void commands.executeCommand('setContext', contextKeys.hasCode, hasCode);
  };
  store.add(
    index.onDidChange(() => {
      changed.fire(undefined);
      describe();
    }),
  );
  store.add(notConnected.onDidChange(describe));
  describe();
  store.add(commands.registerCommand(ids.resetKnown, (node: Node) => flow.run(messageOf(node), 'resources')));
  store.add(commands.registerCommand(internalCommands.openPlace, openPlace));
  store.add(commands.registerCommand(ids.showHandler, () => showHandler(index)));
  return store;
}

/** Opens the code at a handler, above which there is a lens. */
async function showHandler(index: WorkspaceIndex): Promise<void> {
  const { wild, concrete } = index.known();
  const [place] = [...wild, ...concrete].flatMap(({ handlers }) => handlers);
  if (place) await openPlace(place);
  else
    void window.showInformationMessage(
      l10n.t(
        'RES: No handler was found in the code of this workspace yet. Open the folder of a RES service, or run RES: Reset resources.',
      ),
    );
}

function serviceNodes(index: WorkspaceIndex): Node[] {
  const services = new Map<string, Node>();
  for (const service of index.services())
    services.set(service.name, { kind: 'service', name: service.name, service });
  const { wild, concrete } = index.known();
  for (const { pattern } of [...wild, ...concrete]) {
    const name = serviceOf(pattern) ?? '';
    if (!services.has(name)) services.set(name, { kind: 'service', name });
  }
  return [...services.values()].sort(
    (a, b) => Number(isOwn(b)) - Number(isOwn(a)) || (labelOf(a) < labelOf(b) ? -1 : 1),
  );
}

/** Services whose code is here come first. */
function isOwn(node: Node): boolean {
  return node.kind === 'service' && node.service !== undefined;
}

function labelOf(node: Node): string {
  return node.kind === 'service' ? node.name : node.known.pattern;
}

function knownNodes(index: WorkspaceIndex, service: string): Node[] {
  const { wild, concrete } = index.known();
  return [...wild, ...concrete]
    .filter(({ pattern }) => (serviceOf(pattern) ?? '') === service)
    .map((known) => ({ kind: 'known', known }));
}

function serviceItem({ name, service }: Extract<Node, { kind: 'service' }>): TreeItem {
  const item = new TreeItem(
    name === '' ? l10n.t('(no service name)') : name,
    TreeItemCollapsibleState.Collapsed,
  );
  item.iconPath = new ThemeIcon(service ? 'server-process' : 'symbol-namespace');
  item.description = service ? placeText(service.places) : l10n.t('used here, served elsewhere');
  item.contextValue = name === '' && !service ? 'unnamed' : 'resettable';
  // Without it, a screen reader says the tooltip in the place of the name.
  const what = name === '' ? l10n.t('Resources without a service name') : l10n.t('Service {0}', name);
  item.accessibilityInformation = { label: `${what}, ${item.description}` };
  item.tooltip = service && l10n.t('Reset sends {0}', JSON.stringify(serviceReset(service)));
  return item;
}

function knownItem(known: Known): TreeItem {
  const item = new TreeItem(known.pattern);
  const places = [...known.handlers, ...known.references];
  item.iconPath = new ThemeIcon(known.handlers.length > 0 ? 'symbol-interface' : 'symbol-constant');
  item.description = known.handlers.length > 0 ? placeText(places) : l10n.t('used in {0}', placeText(places));
  item.contextValue = 'resettable';
  const name =
    known.handlers.length > 0 ? l10n.t('Handler {0}', known.pattern) : l10n.t('Resource {0}', known.pattern);
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  const [first] = places;
  if (first)
    item.command = { command: internalCommands.openPlace, title: l10n.t('Open'), arguments: [first] };
  return item;
}

function messageOf(node: Node): ResetMessage {
  if (node.kind === 'known') return handlerReset({ pattern: node.known.pattern });
  return serviceReset(node.service ?? { name: node.name, servesRoot: false, serves: new Set() });
}
