import assert from 'node:assert/strict';
import { runHostKills } from '../../stress/hostKillRun';
import { resultText } from '../../stress/runResult';

/** A small part of `npm run stress`. */
describe('Extension hosts that are killed while they send resets', function () {
  this.timeout(300_000);

  it('leave a history that tells what the bus saw', async () => {
    const result = await runHostKills({ seed: 4, kills: 4 });
    assert.equal(result.offences.length, 0, `\n${resultText(result)}`);
    assert.ok((result.counts['seen: published, not observed'] ?? 0) > 0, resultText(result));
  });
});
