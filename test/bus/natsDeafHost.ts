import { connect, type Socket } from 'node:net';
import { startProcess } from '../host/processes';

const listener = `
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log('port', server.address().port));
`;

/**
 * A port that answers no attempt to connect, as behind a firewall that drops them: whoever listens stands still, and the
 * few connections that the system accepts in its name are taken.
 */
export async function deafHost(): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  const host = await startProcess({
    name: 'the deaf host',
    command: process.execPath,
    args: ['-e', listener],
    ready: /port \d+/,
  });
  const port = Number(/port (\d+)/.exec(host.output())?.[1]);
  process.kill(host.pid, 'SIGSTOP');
  const sockets: Socket[] = [];
  let isTakenIn = true;
  while (isTakenIn) isTakenIn = await isTaken(port, sockets);
  return {
    port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      process.kill(host.pid, 'SIGCONT');
      await host.stop();
    },
  };
}

/** Tries one more connection; one that is not made in time never will be. */
function isTaken(port: number, sockets: Socket[]): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 500 });
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('connect', () => {
      resolve(true);
    });
    socket.once('timeout', () => {
      resolve(false);
    });
  });
}
