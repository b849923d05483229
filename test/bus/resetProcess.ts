import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { FileHistoryStorage } from '../../src/history/fileHistoryStorage';
import { History } from '../../src/history/history';
import { ResetService } from '../../src/reset/resetService';
import { silentLogger } from '../../src/util/logger';
import { createService, profileOf } from './natsSetup';

/**
 * A process that sends resets without end, by the real code, until it is killed.
 *
 * Arguments: the history's folder, the URL of a NATS server, what its patterns begin with, how many are sent at once (3
 * by default). Prints a JSON line, before anything else happens, for each state that a person would be shown of a reset:
 * `{"id", "pattern", "state"}`; and `{"problem"}` for what the history could not do.
 */
const [folder = '', url = '', prefix = 'killed', atOnce = '3'] = process.argv.slice(2);

const show = (value: object): void => void writeSync(1, `${JSON.stringify(value)}\n`);

const history = new History({
  storage: new FileHistoryStorage(folder),
  logger: silentLogger,
  limit: () => 1_000_000,
  onProblem: (problem) => {
    show({ problem });
  },
});
const resets = new ResetService({
  newId: randomUUID,
  now: Date.now,
  observe: () => undefined,
  recorded: () => history.written(),
});
resets.onDidChange((record) => {
  history.put(record);
  const { id, message, state } = record;
  show({ id, pattern: 'resources' in message ? message.resources?.[0] : undefined, state: state.kind });
});

const connected = await createService().connect(profileOf({ servers: [url] }));
if (!connected.ok) throw new Error(JSON.stringify(connected.problem));
// As in a window: what others have left is taken over while resets are sent.
void history.load();
let count = 0;
const sendOn = async (): Promise<never> => {
  for (;;) {
    const message = { resources: [`${prefix}.${count++}`] };
    await (
      await resets.send({ message, origin: 'command' }, connected.value)
    ).observed;
  }
};
await Promise.all(Array.from({ length: Number(atOnce) }, sendOn));
