import '../shared/texts';
import type { FromForm, RememberedForm, SubmitKind, ToForm } from '../../src/connections/formMessages';
import { element } from '../shared/dom';
import { personHere } from '../shared/person';
import { registerComponents } from '../shared/toolkit';
import { ConnectionForm } from './form';

interface VsCodeApi {
  postMessage(message: FromForm): void;
  setState(state: RememberedForm): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

registerComponents();
const vscode = acquireVsCodeApi();
const send = (message: FromForm): void => {
  vscode.postMessage(message);
};
let request = 0;
let asked: SubmitKind = 'save';
const form = new ConnectionForm({
  submit(type, content) {
    asked = type;
    send({ type, request: ++request, ...content });
  },
  keep(draft) {
    send({ type: 'keep', ...(draft && { draft }) });
  },
  close() {
    send({ type: 'close' });
  },
});
form.element.hidden = true;
document.body.append(element('main', {}, form.element));

window.addEventListener('message', ({ data }: MessageEvent<ToForm>) => {
  switch (data.type) {
    case 'open': {
      const { id } = data.content;
      vscode.setState(id === undefined ? {} : { id });
      form.element.hidden = false;
      form.open(data.content);
      return;
    }
    case 'answer':
      if (data.request === request) form.showAnswer(asked, data);
  }
});
send({ type: 'ready', person: personHere() });
