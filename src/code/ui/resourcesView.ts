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
import type { UnnamedHandler, UnnamedService } from '../index/unnamedServices';
import type { Known, KnownService, Place, WorkspaceIndex } from '../index/workspaceIndex';
import { shownUnnamed, unnamedDescription, unnamedText } from '../naming/unnamedText';
import { serviceOf } from '../../res/pattern';
import type { ResetMessage } from '../../res/resetMessage';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Notifier } from '../../util/notifier';
import { commands as ids, contextKeys, internalCommands, views } from '../../shell/ids';
import type { NotConnected } from '../../connections/notConnected';
import { openPlace, placeText } from './places';
import type { ResetFlow } from '../../resets/resetFlow';
import type { Naming } from './serviceNames';

type Node =
  | { readonly kind: 'service'; readonly name: string; readonly service?: KnownService }
  | { readonly kind: 'known'; readonly known: Known }
  | { readonly kind: 'unnamed'; readonly service: UnnamedService }
  | { readonly kind: 'unnamedHandler'; readonly service: UnnamedService; readonly handler: UnnamedHandler };

type ServiceNode = Extract<Node, { kind: 'service' }>;

/** The sidebar's tree of what the code serves and uses: services, and below them patterns and names. */
export function registerResourcesView(deps: {
  index: WorkspaceIndex;
  flow: ResetFlow;
  naming: Naming;
  notConnected: NotConnected;
  notifier: Pick<Notifier, 'info'>;
}): Disposable {
  const { index, flow, naming, notifier, notConnected } = deps;
  const store = new DisposableStore();
  const changed = store.add(new EventEmitter<undefined>());
  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => {
      if (!node) return [...serviceNodes(index), ...index.unnamed().map(unnamedNode)];
      switch (node.kind) {
        case 'service':
          return knownNodes(index, node.name);
        case 'unnamed':
          return node.service.handlers.map((handler) => ({
            kind: 'unnamedHandler',
            service: node.service,
            handler,
          }));
        case 'known':
        case 'unnamedHandler':
          return [];
      }
    },
    getTreeItem: itemOf,
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
  store.listen(index.onDidChange, () => {
    changed.fire(undefined);
    describe();
  });
  store.add(notConnected.onDidChange(describe));
  describe();
  store.add(
    commands.registerCommand(ids.resetKnown, (node: Node) => {
      switch (node.kind) {
        case 'service':
          return flow.run(resetOfService(node), 'resources');
        case 'known':
          return flow.run(handlerReset({ pattern: node.known.pattern }), 'resources');
        case 'unnamedHandler':
          return naming.reset(node.service, node.handler, 'resources');
        case 'unnamed':
          return naming.name(node.service);
      }
    }),
  );
  store.add(commands.registerCommand(internalCommands.openPlace, openPlace));
  store.add(commands.registerCommand(ids.showHandler, () => showHandler(index, notifier)));
  return store;
}

/** Opens the code at a handler, above which there is a lens. */
async function showHandler(index: WorkspaceIndex, notifier: Pick<Notifier, 'info'>): Promise<void> {
  const { wild, concrete } = index.known();
  const known = [...wild, ...concrete].flatMap(({ handlers }) => handlers);
  const [place] = [...known, ...index.unnamed().flatMap(({ places }) => places)];
  if (place) await openPlace(place);
  else
    void notifier.info(
      l10n.t(
        'No handler was found in the code of this workspace yet. Open the folder of a RES service, or run RES: Reset resources.',
      ),
    );
}

function serviceNodes(index: WorkspaceIndex): Node[] {
  const services = new Map<string, ServiceNode>();
  for (const service of index.services())
    services.set(service.name, { kind: 'service', name: service.name, service });
  const { wild, concrete } = index.known();
  for (const { pattern } of [...wild, ...concrete]) {
    const name = serviceOf(pattern) ?? '';
    if (!services.has(name)) services.set(name, { kind: 'service', name });
  }
  // Services whose code is here come first.
  const isOwn = ({ service }: ServiceNode): number => Number(service !== undefined);
  return [...services.values()].sort((a, b) => isOwn(b) - isOwn(a) || (a.name < b.name ? -1 : 1));
}

function unnamedNode(service: UnnamedService): Node {
  return { kind: 'unnamed', service };
}

function knownNodes(index: WorkspaceIndex, service: string): Node[] {
  const { wild, concrete } = index.known();
  return [...wild, ...concrete]
    .filter(({ pattern }) => (serviceOf(pattern) ?? '') === service)
    .map((known) => ({ kind: 'known', known }));
}

function itemOf(node: Node): TreeItem {
  switch (node.kind) {
    case 'service':
      return serviceItem(node);
    case 'known':
      return knownItem(node.known);
    case 'unnamed':
      return unnamedItem(node.service);
    case 'unnamedHandler':
      return unnamedHandlerItem(node.handler);
  }
}

function serviceItem({ name, service }: ServiceNode): TreeItem {
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
  openOn(item, places);
  const name =
    known.handlers.length > 0 ? l10n.t('Handler {0}', known.pattern) : l10n.t('Resource {0}', known.pattern);
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  return item;
}

function unnamedItem({ source, places }: UnnamedService): TreeItem {
  const item = new TreeItem(l10n.t('name unknown'), TreeItemCollapsibleState.Expanded);
  item.iconPath = new ThemeIcon('server-process');
  item.description = unnamedDescription(source, placeText(places));
  item.contextValue = 'nameable';
  item.accessibilityInformation = { label: l10n.t('Service, name unknown, {0}', item.description) };
  item.tooltip = unnamedText(source);
  return item;
}

function unnamedHandlerItem({ pattern, places }: UnnamedHandler): TreeItem {
  const item = new TreeItem(shownUnnamed(pattern));
  item.iconPath = new ThemeIcon('symbol-interface');
  item.description = placeText(places);
  item.contextValue = 'resettable';
  openOn(item, places);
  item.accessibilityInformation = {
    label: l10n.t('Handler {0}, {1}', shownUnnamed(pattern), item.description),
  };
  return item;
}

/** Makes a click open the first place. */
function openOn(item: TreeItem, [first]: readonly Place[]): void {
  if (first)
    item.command = { command: internalCommands.openPlace, title: l10n.t('Open'), arguments: [first] };
}

function resetOfService({ name, service }: ServiceNode): ResetMessage {
  return serviceReset(service ?? { name, servesRoot: false, serves: new Set() });
}
