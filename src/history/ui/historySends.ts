import { commands, window } from 'vscode';
import { checkMessage, wholeMessage } from '../editMessage';
import { lastSent, type HistoryEntry } from '../historyEntry';
import { cancelled, type ResetOutcome } from '../../resets/resetOutcome';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { editMessage } from './historyEdit';
import { entriesFor, entryFor } from './historyEntryPick';
import type { HistoryDeps } from './historyDeps';
import { commands as ids } from '../../shell/ids';

/** Send again, edit and send, repeat the last reset: each with the questions that any reset asks. */
export function registerHistorySends(deps: HistoryDeps): Disposable {
  const { history, flow } = deps;
  const store = new DisposableStore();

  const send = (entry: HistoryEntry, connection: string | undefined): Promise<ResetOutcome> => {
    const checked = checkMessage(entry.record);
    if (!checked.ok) return Promise.resolve(flow.refuse(checked.problem));
    return flow.send(checked.value, 'history', connection);
  };
  store.add(
    commands.registerCommand(ids.sendAgain, async (node?: unknown, selected?: unknown) => {
      const entries = await entriesFor(deps, node, selected, { title: l10n.t('Send again') });
      let outcome = cancelled();
      let sent = 0;
      // In the order in which they were sent, each watched to its end: of two at once nobody could tell which did what.
      for (const entry of [...entries].sort((a, b) => a.record.time - b.record.time)) {
        outcome = await send(entry, connectionFor(entry));
        if (outcome.state !== 'published') break;
        sent++;
      }
      if (entries.length > 1 && sent < entries.length) tellRest(sent, entries.length);
      return outcome;
    }),
  );
  store.add(
    commands.registerCommand(ids.editAndSend, async (node?: unknown) => {
      const entry = await entryFor(deps, node, { title: l10n.t('Edit and send') });
      if (!entry) return cancelled();
      const whole = wholeMessage(entry.record);
      if (!whole.ok) return flow.refuse(whole.problem);
      const connection = connectionFor(entry);
      const edited = await editMessage(whole.value, deps.placeOf(connection));
      if (!edited) return cancelled(entry.record.message);
      return edited.ok ? flow.send(edited.value, 'history', connection) : flow.refuse(edited.problem);
    }),
  );
  store.add(
    commands.registerCommand(ids.repeatLastReset, async (): Promise<ResetOutcome> => {
      await history.stored();
      const last = lastSent(history.entries());
      if (last) return send(last, undefined);
      const reason = l10n.t('Nothing to repeat: no reset was sent from this workspace.');
      void offerReset(reason);
      return { ...cancelled(), reason };
    }),
  );
  return store;
}

function tellRest(sent: number, count: number): void {
  const text = l10n.t(
    'Sent {0} of {1} resets again. The next one was not published, so the rest were not sent.',
    sent,
    count,
  );
  void window.showWarningMessage(`RES: ${text}`);
}

/** The connection that it was sent on. In a file from elsewhere the same name can stand for another system. */
function connectionFor({ record, isImported }: HistoryEntry): string | undefined {
  return isImported ? undefined : record.connection;
}

async function offerReset(reason: string): Promise<void> {
  const chosen = await window.showInformationMessage(`RES: ${reason}`, l10n.t('Reset Resources…'));
  if (chosen !== undefined) await commands.executeCommand(ids.resetResources);
}
