import assert from 'node:assert/strict';
import { Runs } from '../../../src/recovery/runs';

describe('what runs now', () => {
  const library = [{ service: 'library' }];
  const find = (): typeof library => library;

  it('is known from its start to its end', () => {
    const runs = new Runs();
    const key = {};
    assert.deepEqual(runs.sign('start', key, find), library);
    assert.deepEqual(runs.services, library);
    assert.deepEqual(
      runs.sign('end', key, () => []),
      library,
    );
    assert.deepEqual(runs.services, []);
  });

  it('is forgotten at its end where restarts are of no interest any more', () => {
    const runs = new Runs();
    const key = {};
    runs.sign('start', key, find);
    assert.deepEqual(runs.sign('end', key), []);
    assert.deepEqual(runs.services, []);
  });

  it('is not remembered where it is no service, or restarts are of no interest', () => {
    const runs = new Runs();
    assert.deepEqual(
      runs.sign('start', {}, () => []),
      [],
    );
    assert.deepEqual(runs.sign('start', {}), []);
    assert.deepEqual(runs.services, []);
  });
});
