import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { between, seeded } from '../bench/random';
import { temporaryFolder } from '../host/cache';
import { startNatsServer } from '../host/natsServer';
import { packageHelper, packageUnderTest } from '../host/packageExtension';
import { openWorkbench } from '../host/workbench';
import { makeWorkspace } from '../host/workspace';
import { judgeHistories } from './judgeHistories';
import type { RunResult } from './runResult';
import { Timeline } from './timeline';
import { startWitness } from './witness';

/** Kills extension hosts while resets are sent in them, and holds the history that is left against the bus. */
export async function runHostKills(options: {
  readonly seed: number;
  readonly kills: number;
}): Promise<RunResult> {
  const random = seeded(options.seed);
  const timeline = new Timeline();
  const nats = await startNatsServer();
  const witness = await startWitness(nats.url);
  const workspace = await makeWorkspace({
    settings: {
      'res.connections': [{ name: 'local', servers: [nats.url] }],
      // Nobody reacts here: waiting for it would only make fewer resets.
      'res.verify.enabled': false,
      'res.history.limit': 100_000,
    },
  });
  const packages = await temporaryFolder('stress-sender-');
  const source = path.join(import.meta.dirname, 'hostSender');
  const sender = await packageHelper(source, 'sender.ts', path.join(packages.path, 'sender.vsix'));
  const workbench = await openWorkbench({ workspace, vsix: [await packageUnderTest(), sender] });
  try {
    for (let kills = 1; kills <= options.kills; kills++) {
      await witness.more(between(random, 1, 60));
      await pause(between(random, 0, 50));
      timeline.note('the extension host is killed');
      await workbench.killExtensionHosts();
    }
    await workspace.write('stop', '');
    // The window that is there now tells no reset as under way for ever.
    await workbench.openContainer('RES');
    await workbench.treeRow('History', 'stress.').first().waitFor();
    await workbench
      .treeRow('History', /sending|requested/)
      .first()
      .waitFor({ state: 'detached' });
    await witness.catchUp();
    return await judgeHistories(await workbench.workspaceDataWith(/^history-.*\.jsonl$/), witness, timeline);
  } finally {
    await workbench.close();
    await packages.remove();
    await workspace.remove();
    await witness.stop();
    await nats.stop();
  }
}
