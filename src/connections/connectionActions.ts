import * as l10n from '../util/l10n';
import { problemText, type Problem } from '../util/problem';
import type { ConnectionController } from './connectionController';
import type { ConnectionService } from './connectionService';
import { fieldToMend } from './diagnosis/fieldToMend';
import { testAnswer } from './diagnosis/testText';
import type { FormField, FromForm } from './formMessages';
import type { ToHost } from './messages';
import { readDraft, relevantSecrets } from './profile/draft';
import { secretsInUse } from './profile/secrets';
import type { Answer, Prompts } from './prompts';
import type { Redactor } from './redaction/redact';
import type { ConnectionDrafts } from './store/connectionDrafts';
import type { StoredProfile } from './store/connectionSettings';
import type { ConnectionStore } from './store/connectionStore';

type FormRequest = Extract<FromForm, { request: number }> & { readonly id?: string };
type PanelRequest = Exclude<ToHost, { type: 'ready' | 'add' | 'edit' | 'openSettings' }>;

/** The result of saving or testing a form. */
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
  /** Connects, by the one in use or chosen if none is given, and shows the problem if that fails. */
  connect(known?: StoredProfile): Promise<void>;
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
export function createConnectionActions({
  service,
  store,
  redactor,
  controller,
  drafts,
  prompts,
}: {
  readonly service: Pick<ConnectionService, 'test'>;
  readonly store: ConnectionStore;
  readonly redactor: Redactor;
  readonly controller: ConnectionController<StoredProfile>;
  readonly drafts: ConnectionDrafts;
  readonly prompts: Pick<Prompts, 'confirmRemoval' | 'show'>;
}): ConnectionActions {
  const showProblem = (problem: Problem): Promise<void> =>
    prompts.show({ ok: false, text: problemText(problem) });
  const connect = async (known?: StoredProfile): Promise<void> => {
    const ensured = await controller.use(known?.id);
    if (ensured.kind === 'failed') await showProblem(ensured.problem);
  };
  const remove = async ({ id, profile }: StoredProfile): Promise<void> => {
    if (!(await prompts.confirmRemoval(profile.name))) return;
    controller.closeIfUsed(id);
    const removed = await store.remove(id);
    if (removed.ok) await drafts.keep(id, undefined);
    else await showProblem(removed.problem);
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
      const answer = await answered(request);
      return { ...answer, text: redactor.redact(answer.text) };
    },
    async test(known) {
      if (known.problem) {
        await showProblem(known.problem);
        return;
      }
      await prompts.show(testAnswer(await service.test(known)));
    },
    async panel(request) {
      if (request.type === 'disconnect') controller.close();
      else if (request.type === 'reconnect') controller.reconnectNow();
      else {
        const known = store.find(request.id);
        if (known) await ofKnown(request, known);
      }
    },
  };

  async function answered(request: FormRequest): Promise<FormAnswer> {
    const read = readDraft(request.draft, request.secrets);
    if (!read.ok) return refusal(read.problem);
    const place = store.placeOf(request.draft.scope, request.id);
    if (request.type === 'test') {
      const { profile: written, secrets } = read.value;
      const { problem, profile, ownSecrets } = store.place(place, written);
      if (problem) return refusal(problem);
      // With what is kept for the connection that is edited, as it stands now.
      const edited = store.findSaved(request.id) ?? { id: '' };
      const known = { ...edited, profile, ...(ownSecrets ? { ownSecrets } : {}) };
      const result = await service.test(known, secrets);
      const answer = testAnswer(result);
      return result.ok ? answer : { ...answer, field: fieldToMend(result.problem, profile) };
    }
    const draft = read.value;
    const saved = await controller.save(() => store.save(draft, place, request.id), {
      ...(request.id === undefined ? {} : { replacing: request.id }),
      connects: request.type === 'saveAndConnect',
      hasNewSecrets: Object.keys(draft.secrets).length > 0,
    });
    if (!saved.ok) return refusal(saved.problem);
    const { id: savedAs, profile } = saved.value;
    // A person who does not want to connect after all has saved it nevertheless.
    if (saved.used?.kind !== 'failed')
      return { ok: true, text: l10n.t('Saved "{0}".', profile.name), savedAs };
    const { problem } = saved.used;
    const text = l10n.t('Saved "{0}", but not connected.', profile.name);
    const field = fieldToMend(problem, profile);
    return { ok: false, text: `${text} ${problemText(problem)}`, field, savedAs };
  }

  async function ofKnown(
    request: Extract<PanelRequest, { readonly id: string }>,
    known: StoredProfile,
  ): Promise<void> {
    switch (request.type) {
      case 'connect':
        // The panel shows the problem itself.
        await controller.use(known.id);
        return;
      case 'remove':
        return remove(known);
      case 'duplicate':
      case 'import':
        return duplicate(known);
      case 'move':
        return move(known, request.by);
      case 'protect':
        return protect(known, request.on);
    }
  }

  async function duplicate(known: StoredProfile): Promise<void> {
    if (known.serverAuth) {
      await showProblem({
        what: l10n.msg('"{0}" can\'t be saved as a copy', known.profile.name),
        why: l10n.msg(
          'it uses several credentials at once, or different ones for its servers; a saved connection has one',
        ),
        remedy: l10n.msg('Use it as it is, or add a connection for each server.'),
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
    // As it stands in settings, with its variables.
    const original = saved ? { profile: saved.profile, ownSecrets: saved.entry.ownSecrets } : known;
    const secrets = relevantSecrets(profile, secretsInUse(original, await store.secretsOf(known)));
    const copied = await store.save({ profile, secrets }, saved ?? { source: 'user' });
    if (!copied.ok) await showProblem(copied.problem);
    else if (!saved)
      void prompts.show({
        ok: true,
        text: l10n.t('Imported the NATS CLI context "{0}" as "{1}".', known.profile.name, name),
      });
  }
}

function refusal(problem: Problem): FormAnswer {
  return { ok: false, text: problemText(problem), field: fieldToMend(problem) };
}
