import type { ToHost } from '../src/webview/messages';

interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The one connection to the host; VS Code hands it out only once. */
export const vscode = acquireVsCodeApi();
