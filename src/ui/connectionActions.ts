import { commands, window } from 'vscode';
import type { TestDetails } from '../nats/connectionService';
import { serverLabel } from '../nats/connectionState';
import type { Redactor } from '../nats/redact';
import { problemText, type Problem, type Result } from '../util/problem';
import type { ToHost } from '../webview/messages';
import { readDraft } from './connectionDraft';
import { connectionsSetting, connectionView } from './connectionIds';
import type { StoredProfile } from './connectionStore';
import { connectTo, type Connecting } from './ensureConnected';

type FormRequest = Extract<ToHost, { request: number }>;
type PanelRequest = Exclude<ToHost, FormRequest | { type: 'ready' }>;

/** What can be done with connections, for the panel and the commands alike. */
export interface ConnectionActions {
  /** Saves or tests what was typed into the form; the answer is shown beside it. */
  form(request: FormRequest): Promise<{ readonly ok: boolean; readonly text: string }>;
  panel(request: PanelRequest): Promise<void>;
  /** Connects, and shows the problem if that fails. */
  connect(known: StoredProfile): Promise<void>;
  /** Asks, then removes. */
  remove(known: StoredProfile): Promise<void>;
  /** Tests a saved connection and shows what came of it. */
  test(known: StoredProfile): Promise<void>;
  focusPanel(): Promise<void>;
}

/** Creates the actions. */
export function createConnectionActions(
  deps: Connecting & { readonly redactor: Redactor },
): ConnectionActions {
  const { service, store, redactor } = deps;

  const connect = async (known: StoredProfile): Promise<void> => {
    const ensured = await connectTo(deps, known);
    if (ensured.kind === 'failed') await showProblem(ensured.problem);
  };
  const remove = async (known: StoredProfile): Promise<void> => {
    const question = `Remove the connection "${known.profile.name}"?`;
    const detail = 'It is taken out of the settings, and its secrets out of the secret storage.';
    if ((await window.showWarningMessage(question, { modal: true, detail }, 'Remove')) !== 'Remove') return;
    if (service.activeId === known.id) service.disconnect();
    const removed = await store.remove(known.id);
    if (!removed.ok) await showProblem(removed.problem);
  };
  const showProblem = async (problem: Problem): Promise<void> => {
    await window.showErrorMessage(redactor.redact(problemText(problem)));
  };
  const focusPanel = async (): Promise<void> => {
    await commands.executeCommand(`${connectionView}.focus`);
  };

  return {
    connect,
    remove,
    focusPanel,
    async form(request) {
      for (const secret of Object.values(request.secrets)) redactor.add(secret);
      const read = readDraft(request.draft, request.secrets);
      if (!read.ok) return refusal(read.problem, redactor);
      if (request.type === 'test') {
        const { profile, secrets } = read.value;
        return testAnswer(await service.test({ id: request.id ?? '', profile }, secrets), redactor);
      }
      const saved = await store.save(read.value, request.draft.scope, request.id);
      if (!saved.ok) return refusal(saved.problem, redactor);
      if (
        request.type === 'saveAndConnect' ||
        (request.id !== undefined && request.id === service.activeId)
      ) {
        // Not awaited: the panel shows how it goes, and the form is done with.
        void connectTo(deps, saved.value);
      }
      return { ok: true, text: `Saved "${saved.value.profile.name}".` };
    },
    async test(known) {
      const answer = testAnswer(await service.test(known), redactor);
      if (answer.ok) await window.showInformationMessage(answer.text);
      else await window.showErrorMessage(answer.text);
    },
    async panel(request) {
      if (request.type === 'disconnect') service.disconnect();
      else if (request.type === 'reconnect') service.reconnectNow();
      else if (request.type === 'openSettings') {
        const setting = `${connectionsSetting.section}.${connectionsSetting.name}`;
        await commands.executeCommand('workbench.action.openSettings', setting);
      } else {
        const known = store.find(request.id);
        if (!known) return;
        switch (request.type) {
          case 'connect':
            // The panel shows the problem itself.
            await connectTo(deps, known);
            return;
          case 'remove':
            await remove(known);
            return;
          case 'duplicate':
            await duplicate(known);
        }
      }
    },
  };

  async function duplicate(known: StoredProfile): Promise<void> {
    const names = new Set(store.profiles().map(({ profile }) => profile.name));
    let name = `${known.profile.name} copy`;
    for (let count = 2; names.has(name); count++) name = `${known.profile.name} copy ${count}`;
    const profile = { ...known.profile, name };
    const saved = await store.save({ profile, secrets: await store.secretsOf(known.id) }, known.scope);
    if (!saved.ok) await showProblem(saved.problem);
  }
}

function testAnswer(
  result: Result<TestDetails>,
  redactor: Redactor,
): { readonly ok: boolean; readonly text: string } {
  if (!result.ok) return refusal(result.problem, redactor);
  const { server, roundTripMs } = result.value;
  const cluster = server.cluster === undefined ? '' : `, cluster ${server.cluster}`;
  const tls = server.usesTls ? ', over TLS' : '';
  const text = `It works: ${serverLabel(server)}, nats-server ${server.version}${cluster}${tls}, round trip ${roundTripMs.toFixed(1)} ms.`;
  return { ok: true, text };
}

function refusal(problem: Problem, redactor: Redactor): { readonly ok: false; readonly text: string } {
  return { ok: false, text: redactor.redact(problemText(problem)) };
}
