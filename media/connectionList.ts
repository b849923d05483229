import type { PanelProfile, PanelState, ToHost } from '../src/webview/messages';
import { problemElement } from './connectionStatus';
import { element, icon, Rendered } from './dom';
import { createButton, createIconButton } from './toolkit';

/** What can be done from the list. */
export interface ListActions {
  readonly send: (message: ToHost) => void;
  readonly edit: (profile: PanelProfile) => void;
  readonly add: () => void;
}

/** Shows the saved connections. */
export class ConnectionList {
  readonly element = element('section', { attributes: { 'aria-label': 'Connections' } });
  readonly #rendered = new Rendered(this.element);
  readonly #actions: ListActions;

  constructor(actions: ListActions) {
    this.#actions = actions;
  }

  update({ profiles, problems, connection, activeId }: PanelState): void {
    this.#rendered.update([profiles, problems, connection.kind, activeId], () => {
      const list = element('ul', { className: 'connections' });
      for (const profile of profiles) list.append(this.#row(profile, profile.id === activeId));
      const add = createButton('Add connection', 'secondary', this.#actions.add);
      add.dataset['key'] = 'add';
      return [...this.#problems(problems), list, element('div', { className: 'buttons' }, add)];
    });
  }

  #row(profile: PanelProfile, isActive: boolean): HTMLElement {
    const { id, draft } = profile;
    const { send, edit } = this.#actions;
    const connect = createButton('Connect', 'secondary', () => {
      send({ type: 'connect', id });
    });
    connect.setAttribute('aria-label', `Connect to ${draft.name}`);
    const buttons = [
      // The active one is disconnected where its state is shown.
      ...(isActive ? [] : [connect]),
      createIconButton(`Edit ${draft.name}`, icon('edit'), () => {
        edit(profile);
      }),
      createIconButton(`Duplicate ${draft.name}`, icon('duplicate'), () => {
        send({ type: 'duplicate', id });
      }),
      createIconButton(`Remove ${draft.name}`, icon('remove'), () => {
        send({ type: 'remove', id });
      }),
    ];
    for (const button of buttons) button.dataset['key'] = `${id} ${button.getAttribute('aria-label') ?? ''}`;
    const row = element(
      'li',
      { className: `connection${isActive ? ' active' : ''}` },
      element(
        'div',
        { className: 'name' },
        element('span', { text: draft.name }),
        ...marks(profile, isActive),
      ),
      element('div', { className: 'servers', text: draft.servers }),
      element('div', { className: 'buttons' }, ...buttons),
    );
    if (draft.color !== '') row.dataset['color'] = draft.color;
    if (isActive) row.setAttribute('aria-current', 'true');
    return row;
  }

  #problems(problems: PanelState['problems']): Node[] {
    if (problems.length === 0) return [];
    const open = createButton('Open settings', 'secondary', () => {
      this.#actions.send({ type: 'openSettings' });
    });
    open.dataset['key'] = 'openSettings';
    return [...problems.map(problemElement), element('div', { className: 'buttons' }, open)];
  }
}

function marks({ draft }: PanelProfile, isActive: boolean): Node[] {
  const found: Node[] = isActive ? [mark('in use')] : [];
  if (draft.protected) found.push(mark('protected', icon('lock')));
  if (!draft.verify) found.push(mark('certificates not verified', icon('warning'), 'unsafe'));
  if (draft.scope === 'workspace') found.push(mark('workspace'));
  return found;
}

function mark(text: string, symbol?: Node, className = ''): HTMLElement {
  const label = element('span', { text });
  return element('span', { className: `mark ${className}`.trim() }, ...(symbol ? [symbol] : []), label);
}
