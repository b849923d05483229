import { MarkdownString, StatusBarAlignment, ThemeColor, commands, window } from 'vscode';
import type { ConnectionService } from '../nats/connectionService';
import { serverLabel, type ConnectionState } from '../nats/connectionState';
import type { ProfileIcon } from '../nats/profile';
import { DisposableStore, type Disposable } from '../util/disposable';
import { durationText } from '../util/duration';
import { problemText } from '../util/problem';
import { commands as ids, contextKeys, views } from './ids';

/** Shows the connection's profile and state in the status bar; a click switches. */
export function registerConnectionStatusBar(service: ConnectionService): Disposable {
  const disposables = new DisposableStore();
  const item = disposables.add(window.createStatusBarItem(views.connection, StatusBarAlignment.Left, 50));
  item.name = 'RES connection';
  item.command = ids.connect;
  const show = (): void => {
    const { state } = service;
    const profile = service.active?.profile;
    const marks = `${profile?.protected === true ? ' $(lock)' : ''}${profile?.tls.verify === false ? ' $(warning)' : ''}`;
    item.text = `${textOf(state, profile?.icon)}${marks}`;
    const isProtected = profile?.protected === true;
    const isUnsafe = profile?.tls.verify === false;
    const notes = [
      ...(isProtected ? ['Protected: every reset asks.'] : []),
      ...(isUnsafe ? [unverified] : []),
    ];
    item.accessibilityInformation = { label: `RES connection: ${[spoken(state), ...notes].join('. ')}` };
    item.tooltip = tooltipOf(state, notes);
    item.backgroundColor = backgroundOf(state, profile?.protected === true);
    void commands.executeCommand('setContext', contextKeys.connectionState, state.kind);
  };
  disposables.add(service.onDidChange(show));
  show();
  item.show();
  return disposables;
}

/** Said wherever a connection without verification is shown. */
export const unverified = 'Unsafe: the certificate of the server is not verified.';

function textOf(state: ConnectionState, icon?: ProfileIcon): string {
  const label = `RES: ${icon === undefined ? '' : `$(${icon}) `}`;
  switch (state.kind) {
    case 'disconnected':
      return state.reason
        ? `$(error) RES: ${state.profile ?? 'not connected'}`
        : '$(debug-disconnect) RES: not connected';
    case 'connecting':
      return `$(loading~spin) ${label}${state.profile}`;
    case 'connected':
      return `${state.lameDuck ? '$(watch)' : '$(plug)'} ${label}${state.profile}`;
    case 'reconnecting':
      return `$(sync~spin) ${label}${state.profile}`;
  }
}

function spoken(state: ConnectionState): string {
  switch (state.kind) {
    case 'disconnected':
      return state.reason ? `not connected. ${problemText(state.reason)}` : 'not connected';
    case 'connecting':
      return `connecting to ${state.profile}`;
    case 'connected':
      return `connected to ${state.profile}`;
    case 'reconnecting':
      return `reconnecting to ${state.profile}, attempt ${state.attempt}`;
  }
}

function tooltipOf(state: ConnectionState, notes: readonly string[]): MarkdownString {
  const tooltip = new MarkdownString();
  const paragraph = (text: string): void => {
    tooltip.appendText(text).appendMarkdown('\n\n');
  };
  if (state.kind === 'connected') {
    const { server, roundTripMs, lameDuck } = state;
    paragraph(`${state.profile}: connected to ${serverLabel(server)} (nats-server ${server.version})`);
    paragraph(`${server.url}, round trip ${durationText(roundTripMs)}`);
    if (lameDuck) paragraph('The server is about to shut down.');
  } else {
    paragraph(`RES: ${spoken(state)}`);
    if (state.kind === 'reconnecting') paragraph(problemText(state.reason));
  }
  for (const note of notes) paragraph(note);
  return tooltip;
}

function backgroundOf(state: ConnectionState, isProtected: boolean): ThemeColor | undefined {
  if (state.kind === 'disconnected' && state.reason) return new ThemeColor('statusBarItem.errorBackground');
  if (state.kind === 'reconnecting' || (state.kind === 'connected' && isProtected)) {
    return new ThemeColor('statusBarItem.warningBackground');
  }
  return undefined;
}
