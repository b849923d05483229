import { commands, env, window } from 'vscode';
import { copyAs, type CommandTarget, type CopyForm } from '../history/copyAs';
import { wholeMessage } from '../history/editMessage';
import { shellOf } from '../history/shellQuote';
import { DisposableStore, type Disposable } from '../util/disposable';
import { problemText, type Problem, type Result } from '../util/problem';
import { commandTarget } from './commandTarget';
import { entriesFor } from './historyEntryPick';
import type { HistoryDeps } from './historyView';
import { commands as ids } from './ids';

const forms: readonly { readonly id: string; readonly form: CopyForm; readonly what: string }[] = [
  { id: ids.copyMessage, form: 'message', what: 'message' },
  { id: ids.copyNatsPub, form: 'natsPub', what: 'nats pub command' },
  { id: ids.copyGoRes, form: 'goRes', what: 'go-res code' },
  { id: ids.copyCSharp, form: 'cSharp', what: 'C# code' },
  { id: ids.copyJavaScript, form: 'javaScript', what: 'JavaScript code' },
];

/** Copies resets as text that does the same elsewhere. */
export function registerHistoryCopies(deps: HistoryDeps): Disposable {
  const store = new DisposableStore();
  store.add(
    commands.registerCommand(ids.copyResetAs, async (node?: unknown, selected?: unknown) => {
      const entries = await entriesFor(deps, node, selected, { title: 'Copy reset as…' });
      if (entries.length === 0) return;
      const items = forms.map(({ id, what }) => ({ label: what, id }));
      const picked = await window.showQuickPick(items, {
        title: 'Copy reset as…',
        placeHolder: 'What to copy it as',
      });
      const nodes = entries.map(({ record }) => ({ kind: 'entry', id: record.id }));
      if (picked) await commands.executeCommand(picked.id, nodes[0], nodes);
    }),
  );
  for (const { id, form, what } of forms) {
    store.add(
      commands.registerCommand(id, async (node?: unknown, selected?: unknown) => {
        const entries = await entriesFor(deps, node, selected, { title: `Copy as ${what}` });
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
        window.setStatusBarMessage(`$(clippy) Copied as ${what}`, 4000);
      }),
    );
  }
  return store;
}

function refuse(problem: Problem): void {
  void window.showErrorMessage(`RES: Nothing was copied. ${problemText(problem)}`);
}
