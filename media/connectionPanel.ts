import './texts';
import type { PanelProfiles, ToHost, ToPanel } from '../src/webview/messages';
import { parseToPanel } from '../src/webview/parseMessages';
import { ConnectionList } from './connectionList';
import { ConnectionStatus } from './connectionStatus';
import { element } from './dom';
import { personHere } from './person';
import { registerComponents } from './toolkit';

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
