import assert from 'node:assert/strict';
import { lateLogger, type Logger } from '../../../src/util/logger';

describe('A log that is made late', () => {
  const made: string[][] = [];
  const make = (): Logger => {
    const lines: string[] = [];
    made.push(lines);
    const write =
      (level: string) =>
      (message: string): void => {
        lines.push(`${level}: ${message}`);
      };
    return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  };

  it('is made by the first message, once, and holds all messages, without what is redacted', () => {
    const logger = lateLogger(make, (text) => text.replace('secret', '•••'));
    assert.equal(made.length, 0);
    for (const level of ['warn', 'debug', 'error', 'info'] as const) logger[level](`a secret ${level}`);
    assert.deepEqual(made, [
      ['warn: a ••• warn', 'debug: a ••• debug', 'error: a ••• error', 'info: a ••• info'],
    ]);
  });
});
