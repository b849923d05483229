import { commands, window, type LogOutputChannel } from 'vscode';
import { DisposableStore, type Disposable } from '../util/disposable';
import { lateLogger, type Logger } from '../util/logger';
import { commands as ids } from './ids';

/** The log in the Output panel, its command, and the logger that writes to it: no secret passes there. */
export function createLog(
  redact: (text: string) => string,
): Disposable & { logger: Logger; show: () => void } {
  const store = new DisposableStore();
  let made: LogOutputChannel | undefined;
  // Making it takes longer than all else at the start: it waits until there is something to say.
  const channel = (): LogOutputChannel =>
    (made ??= store.add(window.createOutputChannel('RES', { log: true })));
  const show = (): void => {
    channel().show();
  };
  store.add(commands.registerCommand(ids.showLog, show));
  return {
    logger: lateLogger(channel, redact),
    show,
    dispose: () => {
      store.dispose();
    },
  };
}
