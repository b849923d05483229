import { Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import { webviewHtml } from './webviewHtml';

export const reportViewType = 'res.report';

/** Creates the panel of a report beside nothing: in the active group. */
export function createReportPanel(extensionUri: Uri, preserveFocus: boolean): WebviewPanel {
  return window.createWebviewPanel(
    reportViewType,
    'Reset report',
    { viewColumn: ViewColumn.Active, preserveFocus },
    { enableFindWidget: true, ...webviewOptions(extensionUri) },
  );
}

function webviewOptions(extensionUri: Uri): { enableScripts: true; localResourceRoots: Uri[] } {
  return {
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(extensionUri, 'dist'), Uri.joinPath(extensionUri, 'media')],
  };
}

/** Loads the page into a panel. */
export function loadReportPage(panel: WebviewPanel, extensionUri: Uri): void {
  panel.webview.options = webviewOptions(extensionUri);
  panel.webview.html = webviewHtml(panel.webview, {
    title: 'Reset report',
    script: Uri.joinPath(extensionUri, 'dist', 'report.js'),
    style: Uri.joinPath(extensionUri, 'media', 'report', 'report.css'),
  });
}
