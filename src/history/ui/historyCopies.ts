import { commands, env, window } from 'vscode';
import { copyAs, type CommandTarget, type CopyForm } from '../copyAs';
import { wholeMessage } from '../editMessage';
import { shellOf } from '../shellQuote';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import { problemText, type Problem, type Result } from '../../util/problem';
import { commandTarget } from './commandTarget';
import { entriesFor } from './historyEntryPick';
import type { HistoryDeps } from './historyDeps';
import { commands as ids } from '../../shell/ids';

function forms(): readonly { readonly id: string; readonly form: CopyForm; readonly what: string }[] {
  return [
    { id: ids.copyMessage, form: 'message', what: l10n.t('message') },
    { id: ids.copyNatsPub, form: 'natsPub', what: l10n.t('nats pub command') },
    { id: ids.copyGoRes, form: 'goRes', what: l10n.t('go-res code') },
    { id: ids.copyCSharp, form: 'cSharp', what: l10n.t('C# code') },
    { id: ids.copyJavaScript, form: 'javaScript', what: l10n.t('JavaScript code') },
  ];
}

/** Copies resets as text that does the same elsewhere. */
export function registerHistoryCopies(deps: HistoryDeps): Disposable {
  const store = new DisposableStore();
  store.add(
    commands.registerCommand(ids.copyResetAs, async (node?: unknown, selected?: unknown) => {
      const entries = await entriesFor(deps, node, selected, { title: l10n.t('Copy reset as…') });
      if (entries.length === 0) return;
      const items = forms().map(({ id, what }) => ({ label: what, id }));
      const picked = await window.showQuickPick(items, {
        title: l10n.t('Copy reset as…'),
        placeHolder: l10n.t('Choose a format'),
      });
      const nodes = entries.map(({ record }) => ({ kind: 'entry', id: record.id }));
      if (picked) await commands.executeCommand(picked.id, nodes[0], nodes);
    }),
  );
  for (const { id, form, what } of forms()) {
    store.add(
      commands.registerCommand(id, async (node?: unknown, selected?: unknown) => {
        const entries = await entriesFor(deps, node, selected, { title: l10n.t('Copy as {0}', what) });
        if (entries.length === 0) return;
        const shell = shellOf(env.shell);
        const lines: string[] = [];
        for (const entry of entries) {
          const whole = wholeMessage(entry.record);
          if (!whole.ok) {
            refuse(whole.problem);
            return;
          }
          const target: Result<CommandTarget> =
            form === 'natsPub'
              ? commandTarget(entry, (name) => deps.connections.findByName(name))
              : { ok: true, value: {} };
          if (!target.ok) {
            refuse(target.problem);
            return;
          }
          lines.push(copyAs(whole.value, form, shell, target.value));
        }
        await env.clipboard.writeText(lines.join('\n'));
        window.setStatusBarMessage(`$(clippy) ${l10n.t('Copied as {0}', what)}`, 4000);
      }),
    );
  }
  return store;
}

function refuse(problem: Problem): void {
  void window.showErrorMessage(`RES: ${l10n.t('Nothing was copied.')} ${problemText(problem)}`);
}
