import { element } from './dom';

/** Whether one of the servers is on the machine that the extension runs on. */
export function isOnThisMachine(servers: string): boolean {
  return /(^|[/@,\s])(localhost|127\.\d+\.\d+\.\d+|\[::1\])(?=[:,/\s]|$)/i.test(servers);
}

/** Says whose `localhost` it is. */
export function remoteHint(remote: string): HTMLElement {
  return element('p', {
    className: 'hint',
    text: `This window works on ${remote}: localhost is that machine, not the one you sit at.`,
  });
}
