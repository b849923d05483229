import { randomBytes } from 'node:crypto';
import { Uri, env, l10n, type Webview } from 'vscode';

/** What a webview loads: one script and one style sheet of the extension. */
interface WebviewContent {
  readonly title: string;
  readonly script: Uri;
  readonly style: Uri;
}

/** A page may run scripts, and load files from these two folders alone. */
export function webviewOptions(extensionUri: Uri): { enableScripts: true; localResourceRoots: Uri[] } {
  return {
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(extensionUri, 'dist'), Uri.joinPath(extensionUri, 'media')],
  };
}

/** A page that may load these two files and nothing else, and has no inline script or style: its texts are data. */
export function webviewHtml(webview: Webview, { title, script, style }: WebviewContent): string {
  const nonce = randomBytes(18).toString('base64');
  const policy = [
    "default-src 'none'",
    // The nonce is for the component library, which asks with a style element of its own what the browser can do.
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!doctype html>
<html lang="${l10n.bundle ? env.language : 'en'}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta property="csp-nonce" content="${nonce}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="stylesheet" href="${webview.asWebviewUri(style).toString()}" />
  </head>
  <body>
    <script type="application/json" id="texts">${dataText(l10n.bundle)}</script>
    <script nonce="${nonce}" src="${webview.asWebviewUri(script).toString()}"></script>
  </body>
</html>`;
}

/** A value as the content of a script element, which it must not end. */
function dataText(value: unknown): string {
  return JSON.stringify(value ?? {}).replaceAll('<', String.raw`\u003c`);
}
