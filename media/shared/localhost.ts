import * as l10n from '../../src/util/l10n';

/** Whether one of the servers is on the machine that the extension runs on. */
export function isOnThisMachine(servers: string): boolean {
  return /(^|[/@,\s])(localhost|127\.\d+\.\d+\.\d+|\[::1\])(?=[:,/\s]|$)/i.test(servers);
}

/** Whose `localhost` it is, for a window that works on another machine. */
export function whoseLocalhost(remote: string): string {
  // Behind a local address the server can run on the person's own machine, or at the other end of a tunnel.
  return isOnThisMachine(remote)
    ? l10n.t('Here, localhost is the machine on which the VS Code server runs.')
    : l10n.t('This window is connected to {0}: localhost is that machine, not yours.', remote);
}
