import './texts';
import {
  newDraft,
  type ConnectionDraft,
  type PanelProfiles,
  type ToHost,
  type ToPanel,
} from '../src/webview/messages';
import { parseDraft, parseToPanel } from '../src/webview/parseMessages';
import { rememberedDraft } from '../src/webview/rememberedDraft';
import { ConnectionForm } from './connectionForm';
import { ConnectionList } from './connectionList';
import { ConnectionStatus } from './connectionStatus';
import { element } from './dom';
import { personHere } from './person';
import { registerComponents } from './toolkit';
import { vscode } from './vscodeApi';

/** The form as it is remembered while the panel is hidden or the window reloads; never with secrets. */
interface RememberedForm {
  readonly id?: string;
  readonly draft: ConnectionDraft;
}

registerComponents();

let known: PanelProfiles | undefined;
let activeId: string | undefined;
let openForm = remembered();
// The form stands there unasked, because there is no connection, and nothing was typed into it yet.
let isOffer = false;
let requests = 0;
let savingRequest: number | undefined;

const send = (message: ToHost): void => {
  vscode.postMessage(message);
};
const status = new ConnectionStatus({
  disconnect: () => {
    send({ type: 'disconnect' });
  },
  reconnect: () => {
    send({ type: 'reconnect' });
  },
});
const list = new ConnectionList({
  send,
  add: () => {
    showForm({ draft: { ...newDraft, name: '' } }, true);
  },
  edit: ({ id, draft }) => {
    showForm({ id, draft }, true);
  },
});
const form = new ConnectionForm({
  submit(type, { draft, secrets }) {
    const request = ++requests;
    if (type !== 'test') savingRequest = request;
    send({ type, request, draft, secrets, ...(openForm?.id === undefined ? {} : { id: openForm.id }) });
  },
  change(draft) {
    isOffer = false;
    remember({ ...openForm, draft });
  },
  cancel() {
    closeForm(true);
  },
});
const main = element('main', {}, status.element, list.element, form.element);
document.body.append(main);
list.element.hidden = true;
form.element.hidden = true;

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = parseToPanel(event.data);
  if (message) receive(message);
});
send({ type: 'ready', person: personHere() });

function receive(message: ToPanel): void {
  switch (message.type) {
    case 'status':
      ({ activeId } = message.status);
      status.update(message.status.connection);
      if (known) list.update(known, activeId);
      return;
    case 'profiles': {
      const isFirst = known === undefined;
      const hadProfiles = known !== undefined && !isEmpty(known);
      known = message.profiles;
      list.update(known, activeId);
      if (isEmpty(known) && (isFirst || hadProfiles) && !openForm) offerFirst();
      else if (isOffer && !isEmpty(known)) closeForm(false);
      else if (isFirst && openForm) showForm(openForm, false);
      else if (!openForm) setEditing(false);
      return;
    }
    case 'openForm': {
      const profile = known?.profiles.find(({ id }) => id === message.id);
      // A half-filled form for the same connection is kept: opening it again must not lose what was typed.
      const isSame = openForm !== undefined && openForm.id === message.id;
      const fresh = profile ? { id: profile.id, draft: profile.draft } : { draft: { ...newDraft, name: '' } };
      if (isSame) form.focus();
      else showForm(fresh, true);
      return;
    }
    case 'answer':
      if (message.request === savingRequest && message.ok) closeForm(true);
      else if (message.request === requests) form.showAnswer(message.text, message.ok);
  }
}

function isEmpty({ profiles, unusable }: PanelProfiles): boolean {
  return profiles.length === 0 && unusable.length === 0;
}

function offerFirst(): void {
  showForm({ draft: newDraft }, false);
  // Nothing of it is a person's: it is not to come back when there are connections.
  vscode.setState({});
  isOffer = true;
}

function showForm(opened: RememberedForm, takeFocus: boolean): void {
  isOffer = false;
  remember(opened);
  const profiles = known?.profiles ?? [];
  form.open({
    ...opened,
    kept: profiles.find(({ id }) => id === opened.id)?.keptSecrets ?? [],
    hasWorkspace: known?.hasWorkspace ?? false,
    ...(known?.remote === undefined ? {} : { remote: known.remote }),
    isFirst: known === undefined || isEmpty(known),
  });
  setEditing(true);
  if (takeFocus) form.focus();
}

function closeForm(takeFocus: boolean): void {
  isOffer = false;
  remember(undefined);
  savingRequest = undefined;
  setEditing(false);
  if (takeFocus) list.element.querySelector<HTMLElement>('[data-key]')?.focus();
}

function setEditing(editing: boolean): void {
  main.classList.toggle('editing', editing);
  form.element.hidden = !editing;
  list.element.hidden = editing;
  window.scrollTo(0, 0);
}

function remember(value: RememberedForm | undefined): void {
  openForm = value;
  vscode.setState({ form: value && { ...value, draft: rememberedDraft(value.draft) } });
}

function remembered(): RememberedForm | undefined {
  const saved = vscode.getState();
  if (typeof saved !== 'object' || saved === null || !('form' in saved)) return undefined;
  const { form: value } = saved;
  if (typeof value !== 'object' || value === null || !('draft' in value)) return undefined;
  const draft = parseDraft(value.draft);
  if (!draft) return undefined;
  return 'id' in value && typeof value.id === 'string' ? { id: value.id, draft } : { draft };
}
