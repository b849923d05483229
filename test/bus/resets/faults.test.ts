import assert from 'node:assert/strict';
import { runFaults } from '../../stress/faultRun';
import { runKills } from '../../stress/killRun';
import { resultText, type RunResult } from '../../stress/runResult';

/** A small part of `npm run stress`. */
describe('Resets are reported as the bus saw them', function () {
  this.timeout(120_000);

  const holds = (result: RunResult, ...ends: readonly string[]): void => {
    assert.equal(result.offences.length, 0, `\n${resultText(result)}`);
    for (const end of ends) assert.ok(result.counts[end], `no reset was ${end}:\n${resultText(result)}`);
  };

  it('when the server and the way to it fail while they are sent', async () => {
    holds(await runFaults({ seed: 4, resets: 100 }), 'published, complete', 'published, cutOff');
  });

  it('when the process that sends them is killed', async () => {
    const result = await runKills({ seed: 4, kills: 20 });
    holds(result, 'seen: published, complete', 'seen: failed, not known whether it arrived');
    assert.equal(result.counts['logs left'], 1, 'logs of the dead are left');
  });
});
