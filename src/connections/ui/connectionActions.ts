import { commands, window } from 'vscode';
import type { Redactor } from '../redaction/redact';
import * as l10n from '../../util/l10n';
import { problemText, type Problem } from '../../util/problem';
import type { FormField, FromForm } from '../formMessages';
import type { ToHost } from '../messages';
import { testAnswer, type Answer } from '../diagnosis/testText';
import { readDraft } from '../profile/draft';
import { relevantSecrets } from '../profile/secrets';
import type { ConnectionDrafts } from './connectionDrafts';
import { fieldToMend } from './fieldToMend';
import type { StoredProfile } from './storedProfile';
import { connectionsSetting, placeProfile } from './settingsProfiles';
import type { Connecting } from './ensureConnected';

type FormRequest = Extract<FromForm, { request: number }> & { readonly id?: string };
type PanelRequest = Exclude<ToHost, { type: 'ready' | 'add' | 'edit' }>;

/** What came of saving or testing what was typed into the form. */
export interface FormAnswer extends Answer {
  /** What to mend. */
  readonly field?: FormField | undefined;
  /** The connection as which it was saved, even if it can't connect. */
  readonly savedAs?: string;
}

/** What can be done with connections, for the panel and the commands alike. */
export interface ConnectionActions {
  /** Saves or tests what was typed into the form; the answer is shown beside it. */
  form(request: FormRequest): Promise<FormAnswer>;
  panel(request: PanelRequest): Promise<void>;
  /** Connects, and shows the problem if that fails. */
  connect(known: StoredProfile): Promise<void>;
  /** Asks, then removes. */
  remove(known: StoredProfile): Promise<void>;
  /** Saves a copy: beside the original, or of what comes from elsewhere. */
  duplicate(known: StoredProfile): Promise<void>;
  /** Moves it before or behind its neighbour. */
  move(known: StoredProfile, by: -1 | 1): Promise<void>;
  /** Makes every reset on it ask first, or no longer. */
  protect(known: StoredProfile, on: boolean): Promise<void>;
  /** Tests a saved connection and shows what came of it. */
  test(known: StoredProfile): Promise<void>;
}

/** Creates the actions. */
export function createConnectionActions(
  deps: Connecting & { readonly redactor: Redactor; readonly drafts: ConnectionDrafts },
): ConnectionActions {
  const { service, store, redactor, controller, drafts } = deps;

  const connect = async (known: StoredProfile): Promise<void> => {
    const ensured = await controller.use(known.id);
    if (ensured.kind === 'failed') await showProblem(ensured.problem);
  };
  const remove = async (known: StoredProfile): Promise<void> => {
    const question = l10n.t('Remove the connection "{0}"?', known.profile.name);
    const detail = l10n.t('This removes it from the settings, and its secrets from the secret storage.');
    if ((await window.showWarningMessage(question, { modal: true, detail }, 'Remove')) !== 'Remove') return;
    controller.closeIfUsed(known.id);
    const removed = await store.remove(known.id);
    if (removed.ok) await drafts.keep(known.id, undefined);
    else await showProblem(removed.problem);
  };
  const showProblem = async (problem: Problem): Promise<void> => {
    await window.showErrorMessage(redactor.redact(problemText(problem)));
  };
  const move = async ({ id }: StoredProfile, by: -1 | 1): Promise<void> => {
    const moved = await store.move(id, by);
    if (!moved.ok) await showProblem(moved.problem);
  };
  const protect = async ({ id }: StoredProfile, on: boolean): Promise<void> => {
    const changed = await store.protect(id, on);
    if (!changed.ok) await showProblem(changed.problem);
  };

  return {
    connect,
    remove,
    duplicate,
    move,
    protect,
    async form(request) {
      for (const secret of Object.values(request.secrets)) redactor.add(secret);
      const read = readDraft(request.draft, request.secrets);
      if (!read.ok) return refusal(read.problem, redactor);
      const place = store.placeOf(request.draft.scope, request.id);
      if (request.type === 'test') {
        const { profile: written, secrets } = read.value;
        const { problem, profile, ownSecrets } = placeProfile(place, written);
        if (problem) return refusal(problem, redactor);
        // With what is kept for the connection that is edited, as it stands now.
        const edited = store.findSaved(request.id) ?? { id: '' };
        const known = { ...edited, profile, ...(ownSecrets ? { ownSecrets } : {}) };
        const result = await service.test(known, secrets);
        const answer = testAnswer(result, redactor);
        return result.ok ? answer : { ...answer, field: fieldToMend(result.problem, profile) };
      }
      const draft = read.value;
      const saved = await controller.save(() => store.save(draft, place, request.id), {
        ...(request.id === undefined ? {} : { replacing: request.id }),
        connects: request.type === 'saveAndConnect',
        hasNewSecrets: Object.keys(draft.secrets).length > 0,
      });
      if (!saved.ok) return refusal(saved.problem, redactor);
      const { id: savedAs, profile } = saved.value;
      const text = l10n.t('Saved "{0}".', profile.name);
      if (request.type === 'save') return { ok: true, text, savedAs };
      const used = await controller.use(savedAs);
      // A person who does not want to connect after all has saved it nevertheless.
      if (used.kind !== 'failed') return { ok: true, text, savedAs };
      const field = fieldToMend(used.problem, profile);
      const why = redactor.redact(problemText(used.problem));
      return {
        ok: false,
        text: `${l10n.t('Saved "{0}", but not connected.', profile.name)} ${why}`,
        field,
        savedAs,
      };
    },
    async test(known) {
      if (known.problem) {
        await showProblem(known.problem);
        return;
      }
      const answer = testAnswer(await service.test(known), redactor);
      if (answer.ok) await window.showInformationMessage(answer.text);
      else await window.showErrorMessage(answer.text);
    },
    async panel(request) {
      if (request.type === 'disconnect') controller.close();
      else if (request.type === 'reconnect') controller.reconnectNow();
      else if (request.type === 'openSettings') {
        await commands.executeCommand('workbench.action.openSettings', connectionsSetting);
      } else {
        const known = store.find(request.id);
        if (!known) return;
        switch (request.type) {
          case 'connect':
            // The panel shows the problem itself.
            await controller.use(known.id);
            return;
          case 'remove':
            await remove(known);
            return;
          case 'duplicate':
          case 'import':
            await duplicate(known);
            return;
          case 'move':
            await move(known, request.by);
            return;
          case 'protect':
            await protect(known, request.on);
        }
      }
    },
  };

  async function duplicate(known: StoredProfile): Promise<void> {
    if (known.serverAuth) {
      await showProblem({
        what: l10n.t('"{0}" can\'t be saved as a copy', known.profile.name),
        why: l10n.t(
          'it uses several credentials at once, or different ones for its servers; a saved connection has one',
        ),
        remedy: l10n.t('Use it as it is, or add a connection for each server.'),
      });
      return;
    }
    const saved = store.findSaved(known.id);
    const names = new Set(store.saved().map(({ profile }) => profile.name));
    const { name: written } = saved?.written ?? known.profile;
    const base = saved ? l10n.t('{0} copy', written) : written;
    let name = base;
    for (let count = 2; names.has(name); count++) name = `${base} ${count}`;
    const profile = { ...(saved?.written ?? known.profile), name };
    const own = saved ? saved.entry.ownSecrets : known.ownSecrets;
    const secrets = relevantSecrets(profile, { ...own, ...(await store.secretsOf(known)) });
    const copied = await store.save({ profile, secrets }, saved ?? { source: 'user' });
    if (!copied.ok) await showProblem(copied.problem);
    else if (!saved)
      void window.showInformationMessage(
        l10n.t('Imported the NATS CLI context "{0}" as "{1}".', known.profile.name, name),
      );
  }
}

function refusal(problem: Problem, redactor: Redactor): FormAnswer {
  return { ok: false, text: redactor.redact(problemText(problem)), field: fieldToMend(problem) };
}
