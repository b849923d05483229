import { createServer } from 'node:net';

/** The port, if nobody listens at it on 127.0.0.1; otherwise undefined: let the operating system give one. */
export function preferredPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(port);
      });
    });
  });
}
