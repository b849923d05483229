import { Uri, commands, env, window, type ExtensionContext, type Webview } from 'vscode';
import { views } from '../../shell/ids';
import { settings } from '../../shell/settings';
import { webviewHtml, webviewOptions } from '../../shell/webviewHtml';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Logger } from '../../util/logger';
import type { PersonTime } from '../../util/personTime';
import type { ConnectionActions } from '../connectionActions';
import type { ConnectionService } from '../connectionService';
import type { CliConnections } from '../contexts/cliConnections';
import { parseToHost } from '../messages';
import { PanelFeed, panelProfiles } from '../panelFeed';
import type { Redactor } from '../redaction/redact';
import type { ConnectionStore } from '../store/connectionStore';
import type { ConnectionForms } from './connectionForms';

/** What the panel is made from. */
interface PanelParts {
  readonly service: ConnectionService;
  readonly store: ConnectionStore;
  readonly cli: CliConnections;
  readonly context: Pick<ExtensionContext, 'extensionUri'>;
  readonly actions: ConnectionActions;
  readonly forms: ConnectionForms;
  readonly logger: Logger;
  readonly redactor: Redactor;
  /** Knows the person's time zone once the page has reported it. */
  readonly time: PersonTime;
}

/** Registers the webview view and keeps it current. */
export function registerConnectionPanel(parts: PanelParts): Disposable {
  const { service, store, logger, forms } = parts;
  const disposables = new DisposableStore();
  // There while the page is there to show what it says.
  let feed: PanelFeed | undefined;
  const stopFeed = (): void => {
    feed?.dispose();
    feed = undefined;
  };
  const receive = async (webview: Webview, value: unknown): Promise<void> => {
    const message = parseToHost(value);
    if (!message) {
      logger.warn('The connection panel sent something that is no message.');
      return;
    }
    switch (message.type) {
      case 'ready':
        if (message.person) parts.time.know(message.person);
        // What the NATS CLI knows is part of the first picture.
        await parts.cli.reload();
        stopFeed();
        feed = new PanelFeed({
          service,
          profiles: () => panelProfiles(parts, env.remoteName),
          onDidChangeProfiles: store.onDidChange,
          redact: parts.redactor.redact,
          post: (sent) => void webview.postMessage(sent),
        });
        return;
      case 'add':
        forms.open();
        return;
      case 'edit':
        forms.open(message.id);
        return;
      case 'openSettings':
        await commands.executeCommand('workbench.action.openSettings', settings.connections.id);
        return;
      default:
        await parts.actions.panel(message);
    }
  };

  disposables.add({ dispose: stopFeed });
  disposables.add(
    window.registerWebviewViewProvider(views.connection, {
      resolveWebviewView({ webview, onDidDispose }) {
        stopFeed();
        const { extensionUri } = parts.context;
        webview.options = webviewOptions(extensionUri);
        webview.html = webviewHtml(webview, {
          title: l10n.t('RES connection'),
          script: Uri.joinPath(extensionUri, 'dist', 'connectionPanel.js'),
          style: Uri.joinPath(extensionUri, 'media', 'connectionPanel', 'connectionPanel.css'),
        });
        webview.onDidReceiveMessage((value: unknown) => void receive(webview, value));
        onDidDispose(stopFeed);
      },
    }),
  );
  return disposables;
}
