import { commands, env, window } from 'vscode';
import { copyAs, type CopyForm } from '../history/copyAs';
import { wholeMessage } from '../history/editMessage';
import { shellOf } from '../history/shellQuote';
import { DisposableStore, type Disposable } from '../util/disposable';
import { problemText } from '../util/problem';
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
  for (const { id, form, what } of forms) {
    store.add(
      commands.registerCommand(id, async (node?: unknown, selected?: unknown) => {
        const entries = await entriesFor(deps, node, selected, { title: `Copy as ${what}` });
        if (entries.length === 0) return;
        const shell = shellOf(env.shell);
        const lines: string[] = [];
        for (const { record } of entries) {
          const whole = wholeMessage(record);
          if (!whole.ok) {
            void window.showErrorMessage(`RES: Nothing was copied. ${problemText(whole.problem)}`);
            return;
          }
          lines.push(copyAs(whole.value, form, shell));
        }
        await env.clipboard.writeText(lines.join('\n'));
        window.setStatusBarMessage(`$(clippy) Copied as ${what}`, 4000);
      }),
    );
  }
  return store;
}
