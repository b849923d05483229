import { Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import * as l10n from '../../util/l10n';
import { webviewHtml, webviewOptions } from '../../shell/webviewHtml';

export const reportViewType = 'res.report';

/** Creates the panel of a report beside nothing: in the active group. */
export function createReportPanel(extensionUri: Uri, preserveFocus: boolean): WebviewPanel {
  return window.createWebviewPanel(
    reportViewType,
    l10n.t('Reset report'),
    { viewColumn: ViewColumn.Active, preserveFocus },
    { enableFindWidget: true, ...webviewOptions(extensionUri) },
  );
}

/** Loads the page into a panel. */
export function loadReportPage(panel: WebviewPanel, extensionUri: Uri): void {
  panel.webview.options = webviewOptions(extensionUri);
  panel.webview.html = webviewHtml(panel.webview, {
    title: l10n.t('Reset report'),
    script: Uri.joinPath(extensionUri, 'dist', 'report.js'),
    style: Uri.joinPath(extensionUri, 'media', 'report', 'report.css'),
  });
}
