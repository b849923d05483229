import { connect, type NatsConnection } from 'nats';
import type { Workbench } from '../host/workbench';

/** Somebody on the bus who sees every reset, and stays when the server is away. */
export interface Witness {
  readonly bus: NatsConnection;
  readonly resets: string[];
}

/** Resolves when the server passes on resets to it. */
export async function startWitness(url: string): Promise<Witness> {
  const bus = await persistent(url);
  const resets: string[] = [];
  bus.subscribe('system.reset', { callback: (_error, message) => resets.push(message.string()) });
  await bus.flush();
  return { bus, resets };
}

/** A library service that is back at once when the server was away, and sends no reset then. */
export async function startLibrary(url: string): Promise<NatsConnection> {
  const bus = await persistent(url);
  bus.subscribe('get.library.>', {
    callback: (_error, message) => message.respond('{"result":{"collection":[]}}'),
  });
  await bus.flush();
  return bus;
}

/** Resolves when an item of the status bar says so, to a screen reader too. */
export async function untilStatus(workbench: Workbench, text: string): Promise<void> {
  await workbench.page
    .locator(`.statusbar-item [aria-label*=${JSON.stringify(text)}]`)
    .first()
    .waitFor({ timeout: 30_000 });
}

/** Changes a file in the editor and saves it. */
export async function changeAndSave(workbench: Workbench, file: string): Promise<void> {
  await workbench.openFile(file);
  await workbench.page.locator('.monaco-editor .view-lines').first().click();
  await workbench.typeInEditor(' ');
  await workbench.page.keyboard.press('ControlOrMeta+S');
  await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
}

function persistent(url: string): Promise<NatsConnection> {
  return connect({ servers: url, reconnectTimeWait: 50, maxReconnectAttempts: -1 });
}
