import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** So long an answer may take: the system gives it, however busy the process is. In milliseconds. */
const answerMs = 1000;

/**
 * A place in the system at which a process can be asked whether it lives: it goes with the process, as process ids do
 * not, which another process soon has again. It is known by an id.
 */
export class OwnerDoor {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Opens the door; none where the system has no place for it. */
  static open(id: string): Promise<OwnerDoor | undefined> {
    return new Promise((resolve) => {
      const server = createServer((socket) => socket.destroy());
      server.once('error', () => {
        resolve(undefined);
      });
      server.listen(placeOf(id), () => {
        server.on('error', () => undefined);
        resolve(new OwnerDoor(server));
      });
      server.unref();
    });
  }

  close(): void {
    this.#server.close();
  }
}

/** What is behind a door: its process, `gone` where that has died, or `unknown`: nobody was ever there, or out of reach. */
export function knock(id: string): Promise<'lives' | 'gone' | 'unknown'> {
  return new Promise((resolve) => {
    const socket = connect(placeOf(id));
    const answer = (found: 'lives' | 'gone' | 'unknown'): void => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(answerMs, () => {
      answer('lives');
    });
    socket.once('connect', () => {
      answer('lives');
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) => {
      // Too many ask at once.
      if (code === 'EAGAIN') answer('lives');
      else answer(code === 'ECONNREFUSED' ? 'gone' : 'unknown');
    });
  });
}

/** Clears away what the door of a process that has died has left. */
export async function clearDoor(id: string): Promise<void> {
  if (process.platform !== 'win32') await rm(placeOf(id), { force: true }).catch(() => undefined);
}

function placeOf(id: string): string {
  const name = `res-history-${id}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(tmpdir(), `${name}.sock`);
}
