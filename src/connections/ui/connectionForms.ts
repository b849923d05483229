import { Uri, ViewColumn, env, window, type ExtensionContext, type WebviewPanel } from 'vscode';
import { keptFields } from '../profile/fields';
import { valuesOf } from '../profile/profile';
import { DisposableStore, type Disposable } from '../../util/disposable';
import * as l10n from '../../util/l10n';
import type { Logger } from '../../util/logger';
import type { PersonTime } from '../../util/personTime';
import {
  newDraft,
  parseFromForm,
  parseRememberedForm,
  type FormContent,
  type FromForm,
  type ToForm,
} from '../formMessages';
import type { ConnectionActions } from '../connectionActions';
import type { ConnectionDrafts } from '../store/connectionDrafts';
import type { ConnectionStore } from '../store/connectionStore';
import { webviewHtml, webviewOptions } from '../../shell/webviewHtml';

const formViewType = 'res.connectionForm';

/** What forms are made from. */
interface FormParts {
  readonly context: Pick<ExtensionContext, 'extensionUri'>;
  readonly drafts: ConnectionDrafts;
  readonly store: ConnectionStore;
  readonly actions: Pick<ConnectionActions, 'form'>;
  readonly logger: Logger;
  /** Knows the person's time zone once the page has reported it. */
  readonly time: PersonTime;
}

/** The forms for connections, in the editor area. */
export interface ConnectionForms extends Disposable {
  /** Shows the form for this connection, or for a new one, as it was left. */
  open(id?: string): void;
}

/** Registers the forms: one a connection, and one for a new connection. They come back after a reload of the window. */
export function registerConnectionForms(parts: FormParts): ConnectionForms {
  const disposables = new DisposableStore();
  const forms = new Set<OpenForm>();
  const add = (panel: WebviewPanel, id: string | undefined, isNew: boolean): void => {
    const form = new OpenForm(parts, panel, id, isNew);
    forms.add(form);
    panel.onDidDispose(() => forms.delete(form));
  };
  disposables.add(
    window.registerWebviewPanelSerializer(formViewType, {
      deserializeWebviewPanel(panel, state: unknown) {
        add(panel, parseRememberedForm(state).id, false);
        return Promise.resolve();
      },
    }),
  );
  return {
    open(id) {
      const form = [...forms].find((one) => one.id === id);
      if (form) form.reveal();
      else add(createPanel(parts.context.extensionUri), id, true);
    },
    dispose: () => {
      disposables.dispose();
      for (const form of forms) form.dispose();
    },
  };
}

function createPanel(extensionUri: Uri): WebviewPanel {
  return window.createWebviewPanel(formViewType, 'Connection', ViewColumn.Active, {
    // A password that was typed must still be there after a look into another tab; it is kept nowhere else.
    retainContextWhenHidden: true,
    ...webviewOptions(extensionUri),
  });
}

class OpenForm implements Disposable {
  readonly #parts: FormParts;
  readonly #panel: WebviewPanel;
  #takesFocus: boolean;
  #isClosed = false;
  /** The connection that is edited; undefined for a new one. */
  id: string | undefined;

  constructor(parts: FormParts, panel: WebviewPanel, id: string | undefined, takesFocus: boolean) {
    this.#parts = parts;
    this.#panel = panel;
    this.#takesFocus = takesFocus;
    this.id = id;
    panel.onDidDispose(() => {
      this.#isClosed = true;
    });
    panel.webview.onDidReceiveMessage((value: unknown) => void this.#receive(value));
    const { extensionUri } = parts.context;
    panel.webview.options = webviewOptions(extensionUri);
    panel.webview.html = webviewHtml(panel.webview, {
      title: l10n.t('Connection'),
      script: Uri.joinPath(extensionUri, 'dist', 'connectionForm.js'),
      style: Uri.joinPath(extensionUri, 'media', 'connectionForm', 'form.css'),
    });
    this.#setTitle();
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  async #receive(value: unknown): Promise<void> {
    const message = parseFromForm(value);
    if (!message) {
      this.#parts.logger.warn('The connection form sent something that is no message.');
      return;
    }
    switch (message.type) {
      case 'ready':
        if (message.person) this.#parts.time.know(message.person);
        await this.#show(this.#takesFocus);
        this.#takesFocus = false;
        return;
      case 'keep':
        await this.#parts.drafts.keep(this.id, message.draft);
        return;
      case 'close':
        this.dispose();
        return;
      default:
        await this.#submit(message);
    }
  }

  async #submit(message: Extract<FromForm, { request: number }>): Promise<void> {
    const { id } = this;
    const { ok, text, field, savedAs } = await this.#parts.actions.form({
      ...message,
      ...(id === undefined ? {} : { id }),
    });
    if (savedAs !== undefined) {
      await this.#parts.drafts.keep(id, undefined);
      this.id = savedAs;
      if (ok) {
        window.setStatusBarMessage(`$(check) ${text}`, 4000);
        this.dispose();
        return;
      }
      // The form goes on with the saved values; typed secrets are stored by now.
      await this.#show(false);
    }
    this.#post({ type: 'answer', request: message.request, ok, text, ...(field && { field }) });
  }

  async #show(takesFocus: boolean): Promise<void> {
    const content = await this.#content(takesFocus);
    this.#setTitle();
    this.#post({ type: 'open', content });
  }

  async #content(takesFocus: boolean): Promise<FormContent> {
    const { store } = this.#parts;
    const draft = this.#parts.drafts.get(this.id);
    const edited = store.findSaved(this.id);
    const isFirst = store.profiles().length === 0;
    const secrets = edited ? await store.secretsOf(edited) : {};
    return {
      ...(this.id === undefined ? {} : { id: this.id }),
      saved: edited
        ? { ...valuesOf(edited.written), scope: edited.source }
        : { ...newDraft, ...(isFirst ? {} : { name: '' }) },
      ...(draft && { draft }),
      kept: keptFields.filter((field) => secrets[field] !== undefined),
      hasWorkspace: store.hasWorkspace,
      ...(env.remoteName === undefined ? {} : { remote: env.remoteName }),
      isFirst,
      takesFocus,
    };
  }

  #setTitle(): void {
    const name = this.#parts.store.findSaved(this.id)?.profile.name;
    this.#panel.title = name === undefined ? l10n.t('Add connection') : l10n.t('Connection: {0}', name);
  }

  #post(message: ToForm): void {
    if (!this.#isClosed) void this.#panel.webview.postMessage(message);
  }
}
