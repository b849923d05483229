import { MarkdownString, StatusBarAlignment, ThemeColor, commands, window } from 'vscode';
import type { ConnectionService } from '../connectionService';
import { serverLabel, type ConnectionState } from '../connectionState';
import type { ProfileIcon } from '../profile/fields';
import { unverifiedText } from '../../resets/askReasons';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { durationText } from '../../util/duration';
import * as l10n from '../../util/l10n';
import { problemText } from '../../util/problem';
import { commands as ids, contextKeys, views } from '../../shell/ids';

/** Shows the connection's profile and state in the status bar; a click switches. */
export function registerConnectionStatusBar(service: ConnectionService): Disposable {
  const disposables = new DisposableStore();
  const item = disposables.add(window.createStatusBarItem(views.connection, StatusBarAlignment.Left, 50));
  item.name = l10n.t('RES connection');
  item.command = ids.connect;
  const show = (): void => {
    const { state } = service;
    const profile = service.active?.profile;
    const marks = `${profile?.protected === true ? ' $(lock)' : ''}${profile?.tls.verify === false ? ' $(warning)' : ''}`;
    item.text = `${textOf(state, profile?.icon)}${marks}`;
    const isProtected = profile?.protected === true;
    const isUnsafe = profile?.tls.verify === false;
    const notes = [
      ...(isProtected ? [l10n.t('Protected: asks before every reset.')] : []),
      ...(isUnsafe ? [unverifiedText()] : []),
    ];
    item.accessibilityInformation = {
      label: l10n.t('RES connection: {0}', [spoken(state), ...notes].join('. ')),
    };
    item.tooltip = tooltipOf(state, notes);
    item.backgroundColor = backgroundOf(state, profile?.protected === true);
    void commands.executeCommand('setContext', contextKeys.connectionState, state.kind);
  };
  disposables.add(service.onDidChange(show));
  show();
  item.show();
  return disposables;
}

function textOf(state: ConnectionState, icon?: ProfileIcon): string {
  const label = `RES: ${icon === undefined ? '' : `$(${icon}) `}`;
  switch (state.kind) {
    case 'disconnected':
      return state.reason
        ? `$(error) RES: ${state.profile ?? l10n.t('not connected')}`
        : `$(debug-disconnect) RES: ${l10n.t('not connected')}`;
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
      return state.reason
        ? `${l10n.t('not connected')}. ${problemText(state.reason)}`
        : l10n.t('not connected');
    case 'connecting':
      return l10n.t('connecting to {0}', state.profile);
    case 'connected':
      return l10n.t('connected to {0}', state.profile);
    case 'reconnecting':
      return l10n.t('reconnecting to {0}, attempt {1}', state.profile, state.attempt);
  }
}

function tooltipOf(state: ConnectionState, notes: readonly string[]): MarkdownString {
  const tooltip = new MarkdownString();
  const paragraph = (text: string): void => {
    tooltip.appendText(text).appendMarkdown('\n\n');
  };
  if (state.kind === 'connected') {
    const { server, roundTripMs, lameDuck } = state;
    paragraph(
      l10n.t('{0}: connected to {1} (nats-server {2})', state.profile, serverLabel(server), server.version),
    );
    paragraph(l10n.t('{0}, round trip {1}', server.url, durationText(roundTripMs)));
    if (lameDuck) paragraph(l10n.t('The server is about to shut down.'));
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
