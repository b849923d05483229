import '../shared/texts';
import { parseToPanel, type PanelProfiles, type ToHost, type ToPanel } from '../../src/connections/messages';
import { ConnectionList } from './connectionList';
import { ConnectionStatus } from './connectionStatus';
import { element } from '../shared/dom';
import { personHere } from '../shared/person';
import { registerComponents } from '../shared/toolkit';

interface VsCodeApi {
  postMessage(message: ToHost): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

registerComponents();

const vscode = acquireVsCodeApi();
let known: PanelProfiles | undefined;
let activeId: string | undefined;

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
const list = new ConnectionList(send);
document.body.append(element('main', {}, status.element, list.element));

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
      break;
    case 'profiles':
      known = message.profiles;
  }
  if (known) list.update(known, activeId);
}
