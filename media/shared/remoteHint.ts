import { whoseLocalhost } from './localhost';
import { element } from './dom';

/** Says whose `localhost` it is. */
export function remoteHint(remote: string): HTMLElement {
  return element('p', { className: 'hint', text: whoseLocalhost(remote) });
}
