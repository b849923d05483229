import assert from 'node:assert/strict';
import { LiveNames } from '../../../src/code/index/liveNames';
import { WorkspaceIndex } from '../../../src/code/index/workspaceIndex';
import { askService } from '../../../src/recovery/serviceQuestion';
import type { Answer } from '../../../src/recovery/followRestart';
import type { DisconnectReason } from '../../../src/resets/bus';
import { Emitter } from '../../../src/util/emitter';

describe('asking a service', () => {
  const live = new LiveNames();
  live.seeSubject('get.library.books', Date.now());
  const known = { index: new WorkspaceIndex(), live };
  const dropped = new Emitter<DisconnectReason>();
  const bus = { onDidDisconnect: dropped.event };
  const ask = (server: string | undefined, answers: () => boolean, service = 'library'): Promise<Answer> =>
    askService({ ...bus, server, ask: () => Promise.resolve(answers()) }, service, known);

  it('reports whether it answers', async () => {
    assert.equal(await ask('n1', () => true), true);
    assert.equal(await ask('n1', () => false), false);
    assert.equal(await ask('n1', () => true, 'unknown'), 'unaskable');
  });

  it('says nothing about the service where the own link is away, or is lost meanwhile', async () => {
    assert.equal(await ask(undefined, () => false), 'unlinked');
    const lost = await ask('n1', () => {
      dropped.fire('lost');
      return false;
    });
    assert.equal(lost, 'unlinked');
  });
});
