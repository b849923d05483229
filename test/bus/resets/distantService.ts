/** A service in a process of its own, which answers late: `distantService.ts NATS_URL BOOKS DELAY FILE` */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'nats';
import { startService } from '../../host/service';

/** A service that goes on while this process does nothing. */
export interface DistantService {
  /** Keeps this thread from everything until so many answers to requests for a book have passed the bus. */
  readonly blockUntilAnswered: (count: number) => void;
  readonly stop: () => void;
}

/** Starts a service of that many books, each of which it answers after so many milliseconds. */
export async function startDistantService(
  natsUrl: string,
  { books, delay }: { readonly books: number; readonly delay: number },
): Promise<DistantService> {
  const folder = mkdtempSync(path.join(tmpdir(), 'distant-service-'));
  const answers = path.join(folder, 'answers');
  writeFileSync(answers, '');
  const service = fork(
    path.join(import.meta.dirname, 'distantService.ts'),
    [natsUrl, String(books), String(delay), answers],
    { execArgv: ['--import', 'tsx'] },
  );
  await once(service, 'message');
  const answered = (): number => statSync(answers).size;
  const nap = new Int32Array(new SharedArrayBuffer(4));
  return {
    blockUntilAnswered(count) {
      const wanted = answered() + count;
      const limit = performance.now() + 10_000;
      while (answered() < wanted) {
        if (performance.now() > limit)
          throw new Error(`${wanted - answered()} of ${count} answers are missing.`);
        Atomics.wait(nap, 0, 0, 2);
      }
    },
    stop: () => {
      service.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

async function main([
  natsUrl = '',
  count = '0',
  delay = '0',
  answers = '',
]: readonly string[]): Promise<void> {
  const ids = Array.from({ length: Number(count) }, (_, index) => String(index + 1));
  const books = Object.fromEntries(ids.map((id) => [id, { title: `Book ${id}`, author: 'Somebody' }]));
  const service = await startService({ natsUrl, books });
  for (const id of ids) service.delays.set(`library.book.${id}`, { milliseconds: Number(delay) });
  const tap = await connect({ servers: natsUrl });
  tap.subscribe('_INBOX.*', {
    callback: (_error, { data }) => {
      // One byte for each.
      if (new TextDecoder().decode(data).includes('"title"')) appendFileSync(answers, '.');
    },
  });
  await tap.flush();
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

if (process.argv[1] === import.meta.filename) void main(process.argv.slice(2));
