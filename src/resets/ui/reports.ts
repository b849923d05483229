import { window, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { parseRememberedReport } from '../messages';
import type { OpenReport, ReportDeps } from './openReport';
import { createReportPanel, reportViewType } from './reportPanel';

/** The reports that are open. */
export interface Reports extends Disposable {
  /** Shows an entry of the history; the focus stays where it is unless it is asked for. */
  show(id: string, options?: { readonly takeFocus?: boolean }): void;
}

/** Shows what came of a reset in the editor area: in the page that is open, unless that is to be kept. */
export function registerReports(deps: ReportDeps): Reports {
  const store = new DisposableStore();
  const open = new Set<OpenReport>();
  const add = async (panel: WebviewPanel, id: string, isKept: boolean): Promise<void> => {
    const { OpenReport } = await import('./openReport');
    const report = new OpenReport(deps, panel, id, isKept);
    open.add(report);
    panel.onDidDispose(() => {
      open.delete(report);
    });
  };
  // One after the other: the next is to find the page that the one before has opened.
  let shown = Promise.resolve();
  store.listen(deps.history.onDidChange, (change) => {
    for (const report of open) report.follow(change?.id);
  });
  store.add(
    window.registerWebviewPanelSerializer(reportViewType, {
      async deserializeWebviewPanel(panel, state: unknown) {
        await deps.history.load();
        const remembered = parseRememberedReport(state);
        if (remembered) await add(panel, remembered.id, remembered.isKept);
        else panel.dispose();
      },
    }),
  );
  return {
    show(id, { takeFocus = false } = {}) {
      deps.onShow();
      const showIt = async (): Promise<void> => {
        const reused = [...open].find((report) => !report.isKept);
        if (reused) reused.show(id, takeFocus);
        else await add(createReportPanel(deps.extensionUri, !takeFocus), id, false);
      };
      shown = shown.then(showIt, showIt);
    },
    dispose: () => {
      store.dispose();
      for (const report of open) report.dispose();
    },
  };
}
