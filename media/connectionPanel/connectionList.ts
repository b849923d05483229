import * as l10n from '../../src/util/l10n';
import { isOnThisMachine } from '../shared/localhost';
import { isSaved, type PanelProfile, type PanelProfiles, type ToHost } from '../../src/connections/messages';
import { problemElement } from './connectionStatus';
import { element, icon, Rendered } from '../shared/dom';
import { remoteHint } from '../shared/remoteHint';
import { createButton, createIconButton } from '../shared/toolkit';

const intro = (): string =>
  l10n.t(
    'RES resets resources through NATS. Add a connection to your NATS server, or enter its address with the first reset.',
  );

/** Shows the connections: the saved ones, and those of the NATS CLI. */
export class ConnectionList {
  readonly element = element('section', { attributes: { 'aria-label': l10n.t('Connections') } });
  readonly #rendered = new Rendered(this.element);
  readonly #send: (message: ToHost) => void;

  constructor(send: (message: ToHost) => void) {
    this.#send = send;
  }

  update({ profiles, unusable, problems, remote }: PanelProfiles, activeId: string | undefined): void {
    this.#rendered.update([profiles, unusable, problems, activeId], () => {
      const saved = profiles.filter(({ source }) => isSaved(source));
      const cli = profiles.filter(({ source }) => !isSaved(source));
      const isFirst = profiles.length + unusable.length === 0;
      const add = createButton(l10n.t('Add connection'), isFirst ? 'primary' : 'secondary', () => {
        this.#send({ type: 'add' });
      });
      add.dataset['key'] = 'add';
      const isLocal = profiles.some(({ values }) => isOnThisMachine(values.servers));
      const hint = remote === undefined || !isLocal ? [] : [remoteHint(remote)];
      return [
        ...this.#problems(problems),
        ...(isFirst ? [element('p', { className: 'intro', text: intro() })] : []),
        ...(saved.length === 0 ? [] : [this.#list(saved, activeId)]),
        element('div', { className: 'buttons' }, add),
        ...(cli.length + unusable.length === 0
          ? []
          : [element('h2', { text: 'NATS CLI', className: 'group' })]),
        ...(cli.length === 0 ? [] : [this.#list(cli, activeId)]),
        ...unusable.map(({ problem }) => problemElement(problem)),
        ...hint,
      ];
    });
  }

  #list(profiles: readonly PanelProfile[], activeId: string | undefined): HTMLElement {
    const list = element('ul', { className: 'connections' });
    profiles.forEach((profile, index) => {
      const neighbours = {
        before: isNeighbour(profile, profiles[index - 1]),
        behind: isNeighbour(profile, profiles[index + 1]),
      };
      list.append(this.#row(profile, profile.id === activeId, neighbours));
    });
    return list;
  }

  #row(
    profile: PanelProfile,
    isActive: boolean,
    neighbours: { readonly before: boolean; readonly behind: boolean },
  ): HTMLElement {
    const { id, name, values, description, problem, source } = profile;
    const send = this.#send;
    const connect = createButton(l10n.t('Connect'), 'secondary', () => {
      send({ type: 'connect', id });
    });
    connect.setAttribute('aria-label', l10n.t('Connect to {0}', name));
    const buttons = [
      // The active one is disconnected where its state is shown.
      ...(isActive || problem ? [] : [connect]),
      ...(isSaved(source) ? this.#editButtons(profile, neighbours) : this.#cliButtons(profile)),
    ];
    for (const button of buttons) button.dataset['key'] = `${id} ${button.getAttribute('aria-label') ?? ''}`;
    const row = element(
      'li',
      { className: `connection${isActive ? ' active' : ''}` },
      element(
        'div',
        { className: 'name' },
        ...(values.icon === '' ? [] : [icon(values.icon)]),
        element('span', { text: name, className: 'title' }),
        ...marks(profile, isActive),
      ),
      element('div', { className: 'servers', text: values.servers }),
      ...(description === undefined ? [] : [element('div', { className: 'servers', text: description })]),
      ...(problem === undefined ? [] : [problemElement(problem)]),
      element('div', { className: 'buttons' }, ...buttons),
    );
    if (values.color !== '') row.dataset['color'] = values.color;
    if (isActive) row.setAttribute('aria-current', 'true');
    return row;
  }

  #editButtons(
    profile: PanelProfile,
    { before, behind }: { readonly before: boolean; readonly behind: boolean },
  ): HTMLElement[] {
    const { id, name } = profile;
    const send = this.#send;
    const button = (label: string, symbol: Parameters<typeof icon>[0], onClick: () => void): HTMLElement =>
      createIconButton(label, icon(symbol), onClick);
    const move = (label: string, symbol: 'up' | 'down', by: -1 | 1): HTMLElement =>
      button(label, symbol, () => {
        send({ type: 'move', id, by });
      });
    return [
      button(l10n.t('Edit {0}', name), 'edit', () => {
        send({ type: 'edit', id });
      }),
      button(l10n.t('Duplicate {0}', name), 'duplicate', () => {
        send({ type: 'duplicate', id });
      }),
      ...(before ? [move(l10n.t('Move {0} up', name), 'up', -1)] : []),
      ...(behind ? [move(l10n.t('Move {0} down', name), 'down', 1)] : []),
      button(l10n.t('Remove {0}', name), 'remove', () => {
        send({ type: 'remove', id });
      }),
    ];
  }

  #cliButtons({ id, values }: PanelProfile): HTMLElement[] {
    const on = !values.protected;
    const label = on ? l10n.t('Protect {0}', values.name) : l10n.t('Unprotect {0}', values.name);
    const protect = createIconButton(label, icon(on ? 'lock' : 'unlock'), () => {
      this.#send({ type: 'protect', id, on });
    });
    const button = createButton(l10n.t('Import'), 'secondary', () => {
      this.#send({ type: 'import', id });
    });
    button.setAttribute('aria-label', l10n.t('Import {0} as a copy', values.name));
    button.title = l10n.t('Save a copy that can be edited here');
    return [button, protect];
  }

  #problems(problems: PanelProfiles['problems']): Node[] {
    if (problems.length === 0) return [];
    const open = createButton(l10n.t('Open settings'), 'secondary', () => {
      this.#send({ type: 'openSettings' });
    });
    open.dataset['key'] = 'openSettings';
    return [...problems.map(problemElement), element('div', { className: 'buttons' }, open)];
  }
}

function isNeighbour({ source, folder }: PanelProfile, other: PanelProfile | undefined): boolean {
  return other?.source === source && other.folder === folder;
}

function marks({ values, source, folder, isSelected }: PanelProfile, isActive: boolean): Node[] {
  const found: Node[] = isActive ? [mark(l10n.t('in use'))] : [];
  if (values.protected) found.push(mark(l10n.t('protected'), icon('lock')));
  if (!values.verify) found.push(mark(l10n.t('certificates not verified'), icon('warning'), 'unsafe'));
  if (source === 'workspace') found.push(mark(l10n.t('workspace')));
  if (folder !== undefined) found.push(mark(l10n.t('folder {0}', folder)));
  if (source === 'context')
    found.push(mark(isSelected === true ? l10n.t('selected context') : l10n.t('context')));
  if (source === 'environment') found.push(mark(l10n.t('environment variables')));
  return found;
}

function mark(text: string, symbol?: Node, className = ''): HTMLElement {
  const label = element('span', { text });
  return element('span', { className: `mark ${className}`.trim() }, ...(symbol ? [symbol] : []), label);
}
