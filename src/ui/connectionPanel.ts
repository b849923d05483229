import { Uri, env, window, type ExtensionContext, type Webview, type WebviewView } from 'vscode';
import type { Redactor } from '../nats/redact';
import type { SecretField } from '../nats/secrets';
import { DisposableStore, type Disposable } from '../util/disposable';
import type { Logger } from '../util/logger';
import type { PersonTime } from '../util/personTime';
import { isSaved, type PanelProfile, type PanelProfiles, type ToPanel } from '../webview/messages';
import { parseToHost } from '../webview/parseMessages';
import type { ConnectionActions } from './connectionActions';
import { draftOf } from './connectionDraft';
import { views } from './ids';
import type { Connecting } from './ensureConnected';
import { PanelFeed, panelProblem } from './panelFeed';
import { webviewHtml } from './webviewHtml';

/** The panel as the commands see it. */
export interface ConnectionPanel extends Disposable {
  /** Shows the panel with the form open: for this connection, or for a new one. */
  openForm(id?: string): Promise<void>;
}

/** What the panel is made from. */
export interface PanelParts extends Connecting {
  readonly context: Pick<ExtensionContext, 'extensionUri'>;
  readonly actions: ConnectionActions;
  readonly logger: Logger;
  readonly redactor: Redactor;
  /** Knows the person's time zone once the page has told it. */
  readonly time: PersonTime;
}

/** Registers the webview view and keeps it current. */
export function registerConnectionPanel(parts: PanelParts): ConnectionPanel {
  const { service, store, logger } = parts;
  const disposables = new DisposableStore();
  let view: WebviewView | undefined;
  // What was to be shown before the page was there to show it.
  let waiting: ToPanel | undefined;
  // There while the page is there to show what it says.
  let feed: PanelFeed | undefined;

  const post = (message: ToPanel): void => {
    void view?.webview.postMessage(message);
  };
  const stopFeed = (): void => {
    feed?.dispose();
    feed = undefined;
  };
  const receive = async (value: unknown): Promise<void> => {
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
          profiles: () => panelProfiles(parts),
          onDidChangeProfiles: store.onDidChange,
          post,
        });
        await feed.start();
        if (waiting) post(waiting);
        waiting = undefined;
        return;
      case 'save':
      case 'saveAndConnect':
      case 'test': {
        const answer = await parts.actions.form(message);
        post({ type: 'answer', request: message.request, ...answer });
        return;
      }
      default:
        await parts.actions.panel(message);
    }
  };

  disposables.add({ dispose: stopFeed });
  disposables.add(
    window.registerWebviewViewProvider(views.connection, {
      resolveWebviewView(resolved) {
        view = resolved;
        stopFeed();
        setUp(resolved.webview, parts.context.extensionUri);
        resolved.webview.onDidReceiveMessage((value: unknown) => void receive(value));
        resolved.onDidDispose(() => {
          view = undefined;
          stopFeed();
        });
      },
    }),
  );
  return {
    async openForm(id) {
      const message: ToPanel = { type: 'openForm', ...(id === undefined ? {} : { id }) };
      waiting = message;
      await parts.actions.focusPanel();
      if (!feed) return;
      waiting = undefined;
      post(message);
    },
    dispose: () => {
      disposables.dispose();
    },
  };
}

function setUp(webview: Webview, extensionUri: Uri): void {
  webview.options = {
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(extensionUri, 'dist'), Uri.joinPath(extensionUri, 'media')],
  };
  webview.html = webviewHtml(webview, {
    title: 'RES connection',
    script: Uri.joinPath(extensionUri, 'dist', 'connectionPanel.js'),
    style: Uri.joinPath(extensionUri, 'media', 'connectionPanel.css'),
  });
}

async function panelProfiles({ store, cli, redactor }: PanelParts): Promise<PanelProfiles> {
  const profiles = await Promise.all(
    store.profiles().map(async (stored): Promise<PanelProfile> => {
      const { id, source, folder, description, profile, problem, written = profile } = stored;
      const secrets = await store.secretsOf(stored);
      const keptSecrets = (Object.keys(secrets) as SecretField[]).filter(
        (field) => secrets[field] !== undefined,
      );
      return {
        id,
        name: profile.name,
        source,
        ...(folder === undefined ? {} : { folder: folder.name }),
        ...(problem ? { problem: panelProblem(redactor.problem(problem)) } : {}),
        ...(description === undefined ? {} : { description: redactor.redact(description) }),
        ...(id === cli.selectedId ? { isSelected: true } : {}),
        draft: draftOf(written, isSaved(source) ? source : 'user'),
        keptSecrets,
      };
    }),
  );
  return {
    profiles,
    unusable: cli.unusable.map(({ name, problem }) => ({
      name,
      problem: panelProblem(redactor.problem(problem)),
    })),
    problems: store.problems().map(panelProblem),
    hasWorkspace: store.hasWorkspace,
    ...(env.remoteName === undefined ? {} : { remote: env.remoteName }),
  };
}
